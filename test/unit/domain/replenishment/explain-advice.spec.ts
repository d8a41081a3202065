import { advise } from "../../../../src/domain/replenishment/advise"
import { SUM_LEVELS } from "../../../../src/domain/replenishment/types"
import { anOutlook, someSettings } from "../../../support/demand-builders"

const reason = (settings: Parameters<typeof someSettings>[0], onHand: number, reserved = 0, incoming = 0) =>
  advise(anOutlook({ settings: someSettings(settings) }), { onHand, reserved, incoming }).reason

describe("explainAdvice()", () => {
  it("tells the sum, the rounding and the risk of an order", () => {
    expect(reason({ packSize: 12 }, 20, 0, 12)).toBe(
      "Expected sales in 21 days 42 + buffer for 95% service 17 + 14 more days of sales 28 − on hand 20 − arriving in time 12 = 55; rounded to packs of 12 → 60. " +
        "Without ordering: 20% chance of running out before 27 Oct 2026."
    )
  })
  it("names the smallest order where that made the quantity", () => {
    expect(reason({ moq: 100, packSize: 12 }, 32)).toContain("= 55; rounded to the smallest order of 100 and packs of 12 → 108.")
    expect(reason({ moq: 100 }, 32)).toContain("= 55; rounded to the smallest order of 100 → 100.")
  })
  it("does not speak of rounding where there was none", () => expect(reason({}, 32)).toContain("− on hand 32 = 55. Without"))
  it("takes an empty shelf off like any other", () => expect(reason({}, 0)).toContain("− on hand 0 = 87."))
  it("says what keeps an order from being due, and by when it is", () => {
    expect(reason({}, 70, 15, 5)).toBe(
      "Nothing to order yet: 60 available (on hand 70 − reserved 15 + arriving in time 5), reorder point 59. Order by 20 Oct 2026. Without ordering: 0% chance of running out before 27 Oct 2026."
    )
  })
  it("says what a surplus is measured by", () => {
    expect(reason({}, 400)).toContain("Nothing to order: 400 available (on hand 400) is more than the order-up-to level 87.")
  })
  it("does not round a small chance to none nor a large one to certainty", () => {
    const chanceOf = (onHand: number) => advise(anOutlook({ leadTimeQuantiles: SUM_LEVELS.map((level) => 40 * level) }), { onHand, reserved: 0, incoming: 0 }).reason
    expect(chanceOf(39.8)).toContain("under 1% chance") // 0.005
    expect(chanceOf(0.2)).toContain("over 99% chance") // 0.995
    expect(chanceOf(0)).toContain("100% chance")
  })
})
