import { plannedPromotionShare } from "../../../../src/modules/foresight/planned-promotions"
import type { PictureSeries } from "../../../../src/modules/foresight/demand-picture"
import { promotion as shopPromotion } from "../../../support/shop-builders"

const FIRST_DAY = "2026-04-06"
const member = (mean: number[]) => ({ variantId: "v", productId: "prod_1", categoryId: null, categoryIds: [], firstDay: FIRST_DAY, frequency: "week", mean }) as unknown as PictureSeries
const share = (startsAt: string, endsAt: string, weeks: number, members = [member([10, 30])]) => {
  const { id: promotionId, createdAt: activeFrom, ...one } = shopPromotion({ startsAt: new Date(`${startsAt}T00:00:00Z`), endsAt: new Date(`${endsAt}T00:00:00Z`) })
  const stores = { promotions: { seenBetween: async () => [{ ...one, promotionId, activeFrom, withdrawnAt: null }] }, prices: { listed: async () => [] } }
  return plannedPromotionShare(stores as unknown as Parameters<typeof plannedPromotionShare>[0], members, weeks, "UTC")
}

describe("plannedPromotionShare()", () => {
  // 10 units in the first week, 30 in the second and in all that follow
  it("weighs the days by what is expected of their weeks", async () => {
    expect(await share("2026-04-13", "2026-04-20", 2)).toBe(0.75)
    expect(await share("2026-04-13", "2026-04-20", 3)).toBeCloseTo(30 / 70, 12)
    expect(await share("2026-04-06", "2026-04-08", 1)).toBeCloseTo(2 / 7, 12)
  })

  it("counts all places of a variant", async () => expect(await share("2026-04-13", "2026-04-20", 2, [member([10, 30]), member([40, 0])])).toBe(30 / 80))

  it("is 0 without a promotion in these weeks, and where nothing is expected", async () => {
    expect(await share("2026-05-13", "2026-05-20", 2)).toBe(0)
    expect(await share("2026-04-06", "2026-05-20", 2, [member([0, 0])])).toBe(0)
  })
})
