import { weightedQuantile } from "../../../../src/domain/boosting/weighted-quantile"
import fc from "../../../support/properties"

const pinball = (values: number[], weights: number[], level: number, at: number) =>
  values.reduce((sum, value, row) => sum + weights[row]! * (value >= at ? level * (value - at) : (1 - level) * (at - value)), 0)

describe("weightedQuantile()", () => {
  // cumulative weights of 1, 2, 5, 9: 1, 2, 5, 10 of 10
  it.each([
    [0.05, 1],
    [0.1, 1],
    [0.11, 2],
    [0.2, 2],
    [0.5, 5],
    [0.51, 9],
    [0.99, 9],
  ])("at level %d is the first value with that share of the weight at or below it: %d", (level, expected) => {
    expect(weightedQuantile(Float64Array.of(9, 1, 5, 2), Float64Array.of(5, 1, 3, 1), 4, level)).toBe(expected)
  })

  it("looks at the first values only, and is 0 for none", () => {
    expect(weightedQuantile(Float64Array.of(3, 1, 2, -9, -9), null, 3, 0.5)).toBe(2)
    expect(weightedQuantile(new Float64Array(0), null, 0, 0.5)).toBe(0)
  })

  it("has the least pinball loss of all values, with many equal ones among them", () => {
    const row = fc.record({ value: fc.integer({ min: -4, max: 4 }), weight: fc.integer({ min: 1, max: 9 }) })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 19 }), (rows, twentieths) => {
        const [values, weights, level] = [rows.map(({ value }) => value), rows.map(({ weight }) => weight), twentieths / 20]
        const found = weightedQuantile(Float64Array.from(values), Float64Array.from(weights), rows.length, level)
        const least = Math.min(...values.map((value) => pinball(values, weights, level, value)))
        expect(pinball(values, weights, level, found)).toBeCloseTo(least, 9)
      })
    )
  })
})
