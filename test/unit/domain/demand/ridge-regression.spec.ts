import { ridgeRegression } from "../../../../src/domain/demand/ridge-regression"
import { REGRESSION_ROWS, REGRESSION_TARGET } from "../../../support/reference-regression"

describe("ridgeRegression()", () => {
  it("gives the weights of sklearn 1.9.1's Ridge(alpha=1.5)", () => {
    const { intercept, weights } = ridgeRegression(REGRESSION_ROWS, 2, REGRESSION_TARGET, 1.5)
    expect(intercept).toBeCloseTo(0.1887187969924824, 10)
    expect([...weights].map((value) => value.toFixed(8))).toEqual(["1.55053835", "0.81106767"])
  })
  it("counts a row of weight 2 as two rows", () => {
    const twice = ridgeRegression(Float64Array.of(1, 2, 2, 4), 1, Float64Array.of(1, 3, 3, 4), 0.5)
    const weighted = ridgeRegression(Float64Array.of(1, 2, 4), 1, Float64Array.of(1, 3, 4), 0.5, Float64Array.of(1, 2, 1))
    expect(weighted.weights[0]).toBeCloseTo(twice.weights[0] ?? NaN, 10)
  })
  it("gives a column that never changes no weight", () => {
    const { intercept, weights } = ridgeRegression(Float64Array.of(3, 3, 3), 1, Float64Array.of(1, 2, 6), 0)
    expect(intercept).toBeCloseTo(3, 10)
    expect(weights[0]).toBe(0)
  })
})
