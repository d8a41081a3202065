import { naive } from "../../../../src/domain/demand/naive"
import { aPanel, aSeries } from "../../../support/demand-builders"
import { memberAgreesWithThePublished } from "../../../support/level-member-cases"

describe("naive", () => {
  // Naive() of statsforecast 2.1.1
  memberAgreesWithThePublished(naive, [
    ["smooth", 15],
    ["intermittent", 1],
    ["lumpy", 0],
    ["shift", 19],
    ["falling", 3],
    ["one", 7],
  ])
  it("repeats the last known period", () => {
    const [forecast] = naive.forecast(aPanel([aSeries([3, 8, NaN])]), 3, 2, [2])
    expect([...(forecast?.mean ?? [])]).toEqual([8, 8])
    expect(forecast?.sums?.[0]?.mean).toBe(16)
  })
})
