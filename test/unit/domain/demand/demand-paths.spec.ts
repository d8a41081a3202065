import { addPaths, isZeroForecast, sumQuantiles, zeroForecast } from "../../../../src/domain/demand/demand-paths"
import { createPathDraws } from "../../../../src/domain/demand/path-draws"
import { aSureForecast, aUniformForecast } from "../../../support/demand-builders"

const draws = createPathDraws({ paths: 2000, seed: 1 })

describe("sumQuantiles()", () => {
  it("adds sure periods up and repeats the last one beyond the horizon", () => {
    expect([...sumQuantiles(aSureForecast([1, 2]), 4, 0.5, draws, [0.1, 0.9])]).toEqual([7, 7]) // 1 + 2 + 2 + 2
  })

  // Sum of two independent uniforms on [0, 2]: P(S ≤ s) = s² / 8 for s ≤ 2, so its 0.1 quantile is √0.8 and by symmetry its 0.9 quantile 4 − √0.8
  it("meets the triangular distribution of two independent uniform periods", () => {
    const [low, middle, high] = sumQuantiles(aUniformForecast([1, 1]), 2, 0, draws, [0.1, 0.5, 0.9])
    expect(Math.abs((low ?? 0) - Math.sqrt(0.8))).toBeLessThan(0.08)
    expect(Math.abs((middle ?? 0) - 2)).toBeLessThan(0.08)
    expect(Math.abs((high ?? 0) - (4 - Math.sqrt(0.8)))).toBeLessThan(0.08)
  })

  it("spreads more the more the periods go together", () => {
    const width = (rho: number) => {
      const [low, high] = sumQuantiles(aUniformForecast([1, 1, 1, 1]), 4, rho, draws, [0.1, 0.9])
      return (high ?? 0) - (low ?? 0)
    }
    expect(width(0.25)).toBeGreaterThan(1.1 * width(0))
    expect(width(0.75)).toBeGreaterThan(1.1 * width(0.25))
  })
})

describe("addPaths()", () => {
  it("adds scaled futures to those that are there", () => {
    const into = new Float64Array(2 * draws.paths).fill(1)
    addPaths(aSureForecast([5, 6]), 2, 0, draws, 0, 2, into)
    expect([into[0], into[draws.paths]]).toEqual([11, 13])
  })
})

describe("isZeroForecast()", () => {
  it("tells nothing at all from something", () => {
    expect(isZeroForecast(zeroForecast("id", 3))).toBe(true)
    expect(isZeroForecast(aSureForecast([0, 0.1]))).toBe(false)
  })
})
