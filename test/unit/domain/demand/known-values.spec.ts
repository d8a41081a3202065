import { knownValues, levelsAt } from "../../../../src/domain/demand/known-values"
import { aSeries } from "../../../support/demand-builders"

describe("knownValues()", () => {
  it("leaves out gaps and what lies before the series, and says how many were known when", () => {
    const { values, seen } = knownValues(aSeries([NaN, 3, NaN, 5, 9]), 4)
    expect([[...values], [...seen]]).toEqual([
      [3, 5],
      [0, 0, 1, 1, 2],
    ])
  })
  it("divides by the season, but never by less than a tenth", () => {
    expect([...knownValues(aSeries([3, 1]), 2, Float64Array.of(1.5, 0.001)).values]).toEqual([2, 10])
  })
})

describe("levelsAt()", () => {
  it("repeats what was said after so many values", () => expect([...levelsAt(Int32Array.of(0, 1, 1, 2), [99, 7, 8])]).toEqual([NaN, 7, 7, 8]))
})
