import { linearScore, logisticRegression } from "../../../../src/domain/demand/logistic-regression"
import { REGRESSION_ROWS } from "../../../support/reference-regression"

describe("logisticRegression()", () => {
  it("gives the weights of sklearn 1.9.1's LogisticRegression(C=1/0.7)", () => {
    const { intercept, weights } = logisticRegression(REGRESSION_ROWS, 2, Float64Array.of(0, 0, 1, 0, 0, 1, 0, 1, 1, 1), 0.7)
    expect(intercept).toBeCloseTo(-2.87151817, 6)
    expect([...weights].map((value) => value.toFixed(6))).toEqual(["0.517256", "0.098177"])
  })
  it("stays finite where all answers are alike", () => {
    const rule = logisticRegression(REGRESSION_ROWS, 2, new Float64Array(10).fill(1), 1)
    expect(linearScore(rule, REGRESSION_ROWS, 2, 0)).toBeGreaterThan(5)
    expect(Number.isFinite(rule.intercept)).toBe(true)
  })
})
