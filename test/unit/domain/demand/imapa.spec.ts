import { imapaLevels } from "../../../../src/domain/demand/imapa"
import { aSeries } from "../../../support/demand-builders"
import { REFERENCE_SERIES, type ReferenceName } from "../../../support/reference-series"

describe("imapaLevels()", () => {
  // IMAPA() of statsforecast 2.1.1; its search for α stops a little earlier
  it.each<[ReferenceName, number]>([
    ["smooth", 15.2077],
    ["trend", 37.0985],
    ["intermittent", 0.92717],
    ["lumpy", 5.87999],
    ["season", 28.60619],
    ["shift", 19.13232],
    ["falling", 9.07489],
    ["zeros", 0],
    ["one", 7],
  ])("says of the %s series what the published implementation says", (name, expected) => {
    const units = REFERENCE_SERIES[name]
    const level = imapaLevels(aSeries(units), units.length)[units.length] ?? NaN
    expect(Math.abs(level - expected)).toBeLessThanOrEqual(0.0005 * expected)
  })

  it("keeps the level over unknown periods", () => {
    const known = imapaLevels(aSeries([4, 0, 3, 0, 0, 5]), 6)[6]
    expect(imapaLevels(aSeries([4, 0, NaN, 3, NaN, NaN, 0, 0, 5]), 9)[9]).toBe(known)
  })
  it("divides by the season", () => expect(imapaLevels(aSeries([5, 20, 5, 20]), 4, Float64Array.of(0.5, 2, 0.5, 2))[4]).toBeCloseTo(10, 10))
  it("says nothing before anything is known", () => expect(imapaLevels(aSeries([NaN, NaN, 3]), 3)[1]).toBeNaN())
})
