import { correlationOfSum } from "../../../../src/domain/demand/correlation-of-sum"
import { sumQuantiles } from "../../../../src/domain/demand/demand-paths"
import { createPathDraws } from "../../../../src/domain/demand/path-draws"
import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import { aSureForecast, aUniformForecast } from "../../../support/demand-builders"

const draws = createPathDraws({ paths: 200, seed: 1 })
const weeks = aUniformForecast([10, 10, 10, 10])
/** The sum of four weeks as it is where they go together so much, from draws of another seed. */
const sumOf = (correlation: number, shift = 0) => {
  const quantiles = sumQuantiles(weeks, 4, correlation, createPathDraws({ paths: 2000, seed: 7 }), QUANTILE_LEVELS).map((value) => value + shift)
  return [{ periods: 4, mean: 40, quantiles }]
}

describe("correlationOfSum()", () => {
  it.each([0, 0.25, 0.5, 0.75])("finds again that periods go together by %d, however high the sum is", (correlation) => {
    expect(correlationOfSum({ ...weeks, sums: sumOf(correlation) }, 4, draws)).toBe(correlation)
    expect(correlationOfSum({ ...weeks, sums: sumOf(correlation, 5) }, 4, draws)).toBe(correlation)
  })
  it("is 0.25 where nothing tells of it: no such sum, a sum of one period, or nothing that varies", () => {
    expect(correlationOfSum(weeks, 4, draws)).toBe(0.25)
    expect(correlationOfSum({ ...weeks, sums: [{ periods: 1, mean: 10, quantiles: weeks.quantiles.slice(0, 15) }] }, 1, draws)).toBe(0.25)
    const sure = aSureForecast([3, 3])
    expect(correlationOfSum({ ...sure, sums: [{ periods: 2, mean: 6, quantiles: new Float64Array(15).fill(6) }] }, 2, draws)).toBe(0.25)
  })
})
