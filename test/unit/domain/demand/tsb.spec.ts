import { tsbLevels } from "../../../../src/domain/demand/tsb"
import { aSeries } from "../../../support/demand-builders"
import { REFERENCE_SERIES, type ReferenceName } from "../../../support/reference-series"

describe("tsbLevels()", () => {
  // TSB(0.1, 0.1) of statsforecast 2.1.1
  it.each<[ReferenceName, number]>([
    ["smooth", 14.50623],
    ["trend", 28.20358],
    ["intermittent", 0.91608],
    ["lumpy", 6.32998],
    ["season", 24.12612],
    ["shift", 13.71837],
    ["falling", 20.89348],
    ["zeros", 0],
    ["one", 7],
  ])("says of the %s series what the published implementation says", (name, expected) => {
    const units = REFERENCE_SERIES[name]
    const level = tsbLevels(aSeries(units), units.length)[units.length] ?? NaN
    expect(level).toBeCloseTo(expected, 4)
  })

  it("keeps the level over unknown periods", () => {
    const known = tsbLevels(aSeries([4, 0, 3, 0, 0, 5]), 6)[6]
    expect(tsbLevels(aSeries([4, 0, NaN, 3, NaN, NaN, 0, 0, 5]), 9)[9]).toBe(known)
  })
  it("divides by the season", () => expect(tsbLevels(aSeries([5, 20, 5, 20]), 4, Float64Array.of(0.5, 2, 0.5, 2))[4]).toBeCloseTo(10, 10))
  it("says nothing before anything is known", () => expect(tsbLevels(aSeries([NaN, NaN, 3]), 3)[1]).toBeNaN())
  it("fades while nothing is sold", () => {
    // chance 1 → 0.9³; size 10
    expect(tsbLevels(aSeries([10, 0, 0, 0]), 4)[4]).toBeCloseTo(7.29, 10)
  })
})
