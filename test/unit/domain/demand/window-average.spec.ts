import { windowLevels } from "../../../../src/domain/demand/window-average"
import { aSeries } from "../../../support/demand-builders"
import { REFERENCE_SERIES, type ReferenceName } from "../../../support/reference-series"

describe("windowLevels()", () => {
  // WindowAverage(13) of statsforecast 2.1.1
  it.each<[ReferenceName, number]>([
    ["smooth", 15],
    ["trend", 31.15385],
    ["intermittent", 0.84615],
    ["lumpy", 4.38462],
    ["season", 25.61538],
    ["shift", 14.46154],
    ["falling", 18.23077],
  ])("says of the %s series what the published implementation says", (name, expected) => {
    const units = REFERENCE_SERIES[name]
    const level = windowLevels(aSeries(units), units.length)[units.length] ?? NaN
    expect(level).toBeCloseTo(expected, 4)
  })

  it("keeps the level over unknown periods", () => {
    const known = windowLevels(aSeries([4, 0, 3, 0, 0, 5]), 6)[6]
    expect(windowLevels(aSeries([4, 0, NaN, 3, NaN, NaN, 0, 0, 5]), 9)[9]).toBe(known)
  })
  it("divides by the season", () => expect(windowLevels(aSeries([5, 20, 5, 20]), 4, Float64Array.of(0.5, 2, 0.5, 2))[4]).toBeCloseTo(10, 10))
  it("says nothing before anything is known", () => expect(windowLevels(aSeries([NaN, NaN, 3]), 3)[1]).toBeNaN())
  it("takes the mean of all that is known without a window", () => {
    // HistoricAverage() of statsforecast 2.1.1
    expect(windowLevels(aSeries(REFERENCE_SERIES.lumpy), 24, null, Infinity)[24]).toBeCloseTo(5.95833, 4)
  })
})
