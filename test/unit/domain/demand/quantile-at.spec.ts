import { quantileAt } from "../../../../src/domain/demand/quantile-at"
import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import fc from "../../../support/properties"

describe("quantileAt()", () => {
  const hundredfold = Float64Array.from([...QUANTILE_LEVELS, ...QUANTILE_LEVELS], (level, at) => 100 * level + (at < QUANTILE_LEVELS.length ? 0 : 1000))

  it("gives stored levels as they are", () => {
    QUANTILE_LEVELS.forEach((level) => expect(quantileAt(hundredfold, 0, level)).toBe(100 * level))
    expect(quantileAt(hundredfold, 1, 0.5)).toBe(1050)
  })
  it("interpolates between neighbours", () => expect(quantileAt(hundredfold, 0, 0.55)).toBeCloseTo(55, 9))
  it("goes on below the lowest level, never below 0", () => {
    expect(quantileAt(hundredfold, 0, 0.005)).toBeCloseTo(0.5, 9)
    expect(quantileAt(Float64Array.from(QUANTILE_LEVELS, (_, at) => at * 10), 0, 0.001)).toBe(0)
  })
  it("follows an exponential tail above the highest", () => {
    // 0.975 → 97.5, 0.99 → 99: a decade of the tail's chance costs 1.5 · ln 10 / ln 2.5
    expect(quantileAt(hundredfold, 0, 0.999)).toBeCloseTo(99 + (1.5 * Math.log(10)) / Math.log(2.5), 9)
  })
  it("rises with the level", () => {
    const row = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: QUANTILE_LEVELS.length, maxLength: QUANTILE_LEVELS.length })
    const level = fc.double({ min: 0.001, max: 0.999, noNaN: true })
    fc.assert(
      fc.property(row, level, level, (values, a, b) => {
        const quantiles = Float64Array.from(values).sort()
        const [low, high] = [quantileAt(quantiles, 0, Math.min(a, b)), quantileAt(quantiles, 0, Math.max(a, b))]
        return low >= 0 && high >= low - 1e-6 * high
      })
    )
  })
})
