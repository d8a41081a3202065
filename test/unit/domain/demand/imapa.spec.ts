import { imapaLevels } from "../../../../src/domain/demand/imapa"
import { agreesWithThePublished, toHalfAThousandth, treatsPeriodsAsAMember } from "../../../support/level-member-cases"

describe("imapaLevels()", () => {
  // IMAPA() of statsforecast 2.1.1; its search for α stops a little earlier
  agreesWithThePublished(
    imapaLevels,
    [
      ["smooth", 15.2077],
      ["trend", 37.0985],
      ["intermittent", 0.92717],
      ["lumpy", 5.87999],
      ["season", 28.60619],
      ["shift", 19.13232],
      ["falling", 9.07489],
      ["zeros", 0],
      ["one", 7],
    ],
    toHalfAThousandth
  )
  treatsPeriodsAsAMember(imapaLevels)
})
