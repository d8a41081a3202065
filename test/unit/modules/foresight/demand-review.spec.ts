import type { PastWeek } from "../../../../src/database/stores/forecast-history-store"
import type { SeenPromotion } from "../../../../src/database/stores/promotion-store"
import { DemandReview } from "../../../../src/modules/foresight/demand-review"
import { promotion } from "../../../support/shop-builders"

const TODAY = new Date("2026-03-10T12:00:00Z")
const at = (day: string) => new Date(`${day}T12:00:00Z`)
/** A week, 2 to 8 March, in which ten times as much was sold as expected. */
const week = { variantId: "v", productId: "prod_1", categoryIds: [], demandClass: "smooth", firstDay: "2026-03-02", mean: 2, q90: 4, sold: 20, outOfStock: 0 } as unknown as PastWeek

/** The code of the promotion that is told as the reason, else the other reason. */
const reasonWith = async (own: Partial<SeenPromotion>) => {
  const { id: promotionId, createdAt: _createdAt, ...rest } = promotion({ code: "SPRING", targets: [] })
  const seen = { promotionId, ...rest, startsAt: at("2026-03-03"), endsAt: at("2026-03-20"), activeFrom: at("2026-03-03"), withdrawnAt: null, ...own }
  const stores = {
    forecastHistory: { weeksOver: async () => [week.firstDay], firstDay: async () => "2026-01-05", worst: async () => [week], outside: async () => ({ weeks: [], count: 0 }) },
    demandWeeks: { largestOrders: async () => [] },
    promotions: { seenBetween: async () => [seen] },
  } as unknown as ConstructorParameters<typeof DemandReview>[0]
  const [miss] = (await new DemandReview(stores, "UTC", () => TODAY).surprises(null)).misses
  return miss?.promotion ?? miss?.reason
}

describe("DemandReview.surprises()", () => {
  it.each<[string, Partial<SeenPromotion>, string]>([
    ["began in the week, planned that day", {}, "SPRING"],
    ["asks for no code and was made without dates", { startsAt: null, endsAt: null, isAutomatic: true }, "SPRING"],
    ["was withdrawn in the week", { withdrawnAt: at("2026-03-05") }, "SPRING"],
    ["was known before the forecast was made", { activeFrom: at("2026-02-20") }, "unexplained"],
    ["began after it", { startsAt: at("2026-03-09"), activeFrom: at("2026-03-05") }, "unexplained"],
    ["was withdrawn before it began", { withdrawnAt: at("2026-03-03"), activeFrom: at("2026-03-02") }, "unexplained"],
    ["is a code without dates", { startsAt: null, endsAt: null }, "unexplained"],
    ["is for shipping", { targetType: "shipping_methods" }, "unexplained"],
  ])("looks whether a promotion that %s explains what sold more than expected", async (_case, own, expected) => expect(await reasonWith(own)).toBe(expected))
})
