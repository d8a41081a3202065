import { crostonLevels } from "../../../../src/domain/demand/croston"
import { agreesWithThePublished, toFourDecimals, treatsPeriodsAsAMember } from "../../../support/level-member-cases"

describe("crostonLevels()", () => {
  // CrostonClassic() of statsforecast 2.1.1
  agreesWithThePublished(
    crostonLevels,
    [
      ["smooth", 14.50623],
      ["trend", 28.20358],
      ["intermittent", 1.06839],
      ["lumpy", 7.15676],
      ["season", 24.12612],
      ["shift", 13.71837],
      ["falling", 20.89348],
      ["zeros", 0],
      ["one", 7],
    ],
    toFourDecimals
  )
  treatsPeriodsAsAMember(crostonLevels)
})
