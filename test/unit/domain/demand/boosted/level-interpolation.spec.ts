import { interpolateLevels, meanOfQuantiles } from "../../../../../src/domain/demand/boosted/level-interpolation"
import { QUANTILE_LEVELS } from "../../../../../src/domain/demand/types"

const column = (level: number) => QUANTILE_LEVELS.indexOf(level as 0.5)
const ones = new Float64Array(QUANTILE_LEVELS.length).fill(1)
const filled = (known: number[], levels: number[], tails = ones) => {
  const out = new Float64Array(QUANTILE_LEVELS.length)
  interpolateLevels(Float64Array.from(known), levels, tails, out, 0)
  return (level: number) => out[column(level)] ?? NaN
}

describe("interpolateLevels()", () => {
  it("gives back a normal distribution from three of its quantiles", () => {
    // mean 100, deviation 10: z of 0.9 is 1.28155, of 0.8 0.84162 (published table)
    const at = filled([100 - 12.8155, 100, 100 + 12.8155], [0.1, 0.5, 0.9])
    expect(at(0.8)).toBeCloseTo(108.4162, 4)
    expect(at(0.2)).toBeCloseTo(91.5838, 4)
    expect(at(0.5)).toBe(100)
  })

  it("sorts crossing levels and follows the outermost by factors", () => {
    const tails = ones.map((_, at) => (at === column(0.99) ? 1.5 : at === column(0.01) ? 0.5 : 1))
    const at = filled([7, 5, 9], [0.1, 0.5, 0.9], tails)
    expect([at(0.01), at(0.1), at(0.5), at(0.9), at(0.95), at(0.99)]).toEqual([2.5, 5, 7, 9, 9, 13.5])
  })
})

describe("meanOfQuantiles()", () => {
  it("is the area under the quantiles", () => {
    // uniform on 0 … 2: flat at 0.02 below 0.01 and at 1.98 above 0.99; 0.01 · 0.02 + 0.98 · 1 + 0.01 · 1.98 = 1
    expect(meanOfQuantiles(Float64Array.from(QUANTILE_LEVELS, (level) => 2 * level), 0)).toBeCloseTo(1, 12)
    expect(meanOfQuantiles(ones.map(() => 4), 0)).toBeCloseTo(4, 12)
  })
})
