import { tsbLevels } from "../../../../src/domain/demand/tsb"
import { aSeries } from "../../../support/demand-builders"
import { behavesAsAMemberForGaps } from "../../../support/level-member-cases"

describe("tsbLevels()", () => {
  // TSB(0.1, 0.1) of statsforecast 2.1.1
  behavesAsAMemberForGaps(tsbLevels, "fixed", [["intermittent", 0.91608], ["lumpy", 6.32998]])
  it("fades while nothing is sold", () => {
    // chance 1 → 0.9³; size 10
    expect(tsbLevels(aSeries([10, 0, 0, 0]), 4)[4]).toBeCloseTo(7.29, 10)
  })
})
