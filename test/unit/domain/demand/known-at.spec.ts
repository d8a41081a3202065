import { knownAt } from "../../../../src/domain/demand/known-at"

describe("knownAt()", () => {
  const values = [Float64Array.of(0, 0.5, NaN, 1)]

  it("is the column's own value where nobody says when it became known", () => expect([1, 2, 3].map((period) => knownAt({ values }, 0, period, 0))).toEqual([0.5, NaN, 1]))

  it("is nothing before it was planned", () =>
    expect([1, 2, 3].map((origin) => knownAt({ values, since: [Int32Array.of(0, 0, 0, 2)] }, 0, 3, origin))).toEqual([0, 1, 1]))

  it("is unknown beyond the column, and for a series it does not have", () => {
    expect(knownAt({ values }, 0, 4, 0)).toBeNaN()
    expect(knownAt({ values }, 1, 0, 0)).toBeNaN()
  })
})
