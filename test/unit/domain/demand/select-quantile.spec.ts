import { quantileIndex, selectQuantile } from "../../../../src/domain/demand/select-quantile"
import fc from "../../../support/properties"

describe("quantileIndex()", () => {
  it.each([
    [1000, 0.95, 949], // the 950th of 1000: 95% are at or below it
    [10, 0.5, 4],
    [10, 0.51, 5],
    [10, 0.001, 0],
  ])("of %d values at %d is %d", (length, level, index) => expect(quantileIndex(length, level)).toBe(index))
})

describe("selectQuantile()", () => {
  it("agrees with sorting, ties and all", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 20 }), { minLength: 1, maxLength: 60 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (values, level) => {
        const sorted = [...values].sort((a, b) => a - b)
        expect(selectQuantile(Float64Array.from(values), level)).toBe(sorted[quantileIndex(values.length, level)])
      })
    )
  })
})
