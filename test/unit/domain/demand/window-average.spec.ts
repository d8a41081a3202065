import { windowLevels } from "../../../../src/domain/demand/window-average"
import { aSeries } from "../../../support/demand-builders"
import { agreesWithThePublished, treatsPeriodsAsAMember } from "../../../support/level-member-cases"
import { REFERENCE_SERIES } from "../../../support/reference-series"

describe("windowLevels()", () => {
  // WindowAverage(13) of statsforecast 2.1.1
  agreesWithThePublished(windowLevels, [
    ["smooth", 15],
    ["trend", 31.15385],
    ["intermittent", 0.84615],
    ["lumpy", 4.38462],
    ["season", 25.61538],
    ["shift", 14.46154],
    ["falling", 18.23077],
  ])
  treatsPeriodsAsAMember(windowLevels)
  it("takes the mean of all that is known without a window", () => {
    // HistoricAverage() of statsforecast 2.1.1
    expect(windowLevels(aSeries(REFERENCE_SERIES.lumpy), 24, null, Infinity)[24]).toBeCloseTo(5.95833, 4)
  })
})
