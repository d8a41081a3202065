import { quantileRegression } from "../../../../src/domain/demand/quantile-regression"
import { REGRESSION_ROWS, REGRESSION_TARGET } from "../../../support/reference-regression"

describe("quantileRegression()", () => {
  // The linear program of Koenker & Bassett by scipy 1.17.1's linprog
  it.each([
    [0.25, [0.2, 1.5, 0.75]],
    [0.5, [0, 1.6, 1]],
    [0.9, [0.15345912, 1.63396226, 0.85534591]],
  ])("at level %p meets the exact solution", (level, expected) => {
    const { intercept, weights } = quantileRegression(REGRESSION_ROWS, 2, REGRESSION_TARGET, level, 0)
    ;[intercept, ...weights].forEach((value, at) => expect(Math.abs(value - (expected[at] ?? 0))).toBeLessThan(5e-4))
  })
  it("is exact where there is no error", () => {
    const { intercept, weights } = quantileRegression(Float64Array.of(1, 2, 3), 1, Float64Array.of(3, 5, 7), 0.9, 0)
    expect([intercept, weights[0] ?? NaN].map((value) => value.toFixed(6))).toEqual(["1.000000", "2.000000"])
  })
})
