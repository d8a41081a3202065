import { tsbLevels } from "../../../../src/domain/demand/tsb"
import { aSeries } from "../../../support/demand-builders"
import { agreesWithThePublished, toFourDecimals, treatsPeriodsAsAMember } from "../../../support/level-member-cases"

describe("tsbLevels()", () => {
  // TSB(0.1, 0.1) of statsforecast 2.1.1
  agreesWithThePublished(
    tsbLevels,
    [
      ["smooth", 14.50623],
      ["trend", 28.20358],
      ["intermittent", 0.91608],
      ["lumpy", 6.32998],
      ["season", 24.12612],
      ["shift", 13.71837],
      ["falling", 20.89348],
      ["zeros", 0],
      ["one", 7],
    ],
    toFourDecimals
  )
  treatsPeriodsAsAMember(tsbLevels)
  it("fades while nothing is sold", () => {
    // chance 1 → 0.9³; size 10
    expect(tsbLevels(aSeries([10, 0, 0, 0]), 4)[4]).toBeCloseTo(7.29, 10)
  })
})
