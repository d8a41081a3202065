import { crostonSba } from "../../../../src/domain/demand/croston-sba"
import { aPanel, aSeries } from "../../../support/demand-builders"
import { memberAgreesWithThePublished } from "../../../support/level-member-cases"

describe("crostonSba", () => {
  // CrostonSBA() of statsforecast 2.1.1
  memberAgreesWithThePublished(crostonSba, [
    ["smooth", 13.78092],
    ["trend", 26.7934],
    ["intermittent", 1.01497],
    ["lumpy", 6.79892],
    ["season", 22.91981],
    ["shift", 13.03245],
    ["falling", 19.8488],
    ["zeros", 0],
    ["one", 6.65],
  ])
  // z: 4 → 3.8 → 4.02; p: 2 → 2.1 → 2.09; rate = 0.95 · z / p
  it("forecasts the last rate, less its bias, for every period ahead", () => {
    const [forecast] = crostonSba.forecast(aPanel([aSeries([0, 4, 0, 0, 2, 0, 6])]), 7, 3)
    expect([...(forecast?.mean ?? [])].map((mean) => mean.toFixed(6))).toEqual(["1.827273", "1.827273", "1.827273"])
  })
})
