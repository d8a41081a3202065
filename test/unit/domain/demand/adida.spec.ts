import { adidaLevels } from "../../../../src/domain/demand/adida"
import { agreesWithThePublished, toHalfAThousandth, treatsPeriodsAsAMember } from "../../../support/level-member-cases"

describe("adidaLevels()", () => {
  // ADIDA() of statsforecast 2.1.1; its search for α stops a little earlier
  agreesWithThePublished(
    adidaLevels,
    [
      ["smooth", 15.2077],
      ["trend", 37.0985],
      ["intermittent", 0.92456],
      ["lumpy", 6.97558],
      ["season", 28.60619],
      ["shift", 19.13232],
      ["falling", 9.07489],
      ["zeros", 0],
      ["one", 7],
    ],
    toHalfAThousandth
  )
  treatsPeriodsAsAMember(adidaLevels)
})
