import { notePriceResponses } from "../../../activities/note-price-responses"
import type { StoredPriceResponse } from "../../../src/database/stores/price-response-store"
import type { PromotionPeriod } from "../../../src/database/stores/promotion-store"
import { aPanel, aSeries } from "../../support/demand-builders"
import { shopReader, variant } from "../../support/shop-builders"

const computedAt = new Date("2023-07-03T02:00:00Z")
const promotion = (own: Partial<PromotionPeriod> = {}): PromotionPeriod & { firstSeenAt: Date } => ({
  promotionId: "promo_1",
  code: "SALE",
  status: "active",
  isAutomatic: true,
  campaignId: null,
  campaignName: null,
  startsAt: new Date("2023-02-06T00:00:00Z"), // the sixth week of the panel
  endsAt: new Date("2023-02-12T12:00:00Z"),
  type: "standard",
  valueType: "percentage",
  value: 20,
  currencyCode: null,
  targetType: "items",
  targets: [{ attribute: "items.product.id", operator: "in", values: ["prod_1"] }],
  firstSeenAt: computedAt,
  ...own,
})
/** Half a year, three times as much in the sixth and the nineteenth week. */
const units = Array.from({ length: 26 }, (_, week) => (week % 13 === 5 ? 300 : 100))

const noted = async (promotions: ReturnType<typeof promotion>[], panel = aPanel([aSeries(units)])) => {
  const written: StoredPriceResponse[] = []
  const removed: Date[] = []
  const stores = {
    priceResponses: { upsert: async (rows: readonly StoredPriceResponse[]) => written.push(...rows), removeBefore: async (before: Date) => removed.push(before) },
    promotions: { seenBetween: async () => promotions },
  }
  const reader = shopReader({ variantsOf: async (ids) => ids.map((id) => variant({ id })) })
  await notePriceResponses({ stores: stores as unknown as Parameters<typeof notePriceResponses>[0]["stores"], reader, timeZone: "UTC" }, panel, computedAt, () => undefined)
  return { written, removed }
}
const later = { startsAt: new Date("2023-05-08T00:00:00Z"), endsAt: new Date("2023-05-14T00:00:00Z"), promotionId: "promo_2" }

describe("notePriceResponses()", () => {
  it("keeps a row a variant, and forgets those of earlier runs", async () => {
    const { written, removed } = await noted([])
    expect(written).toMatchObject([{ variantId: "variant0", weeks: 26, usualPrice: 10, elasticity: null, promotionEffect: null, promotionWeeks: 0, computedAt }])
    expect(removed).toEqual([computedAt])
  })

  it("learns from promotions that reached the product", async () => {
    const [row] = (await noted([promotion(), promotion(later)])).written
    expect(row?.promotionWeeks).toBe(2)
    expect(row?.promotionEffect).toBeCloseTo(Math.log(3), 2)
  })

  it.each([
    ["for others", promotion({ targets: [{ attribute: "items.product.id", operator: "in", values: ["prod_2"] }] })],
    ["for nobody knows whom", promotion({ targets: [{ attribute: "customer.groups.id", operator: "in", values: ["cusgroup_1"] }] })],
    ["without a period", promotion({ startsAt: null, endsAt: null })],
    ["for the shipping", promotion({ targetType: "shipping_methods", targets: [] })],
  ])("leaves promotions out that are %s", async (_case, one) => expect((await noted([one, { ...one, ...(one.startsAt && later) }])).written).toMatchObject([{ promotionEffect: null, promotionWeeks: 0 }]))

  it("has nothing to write of an empty shop, and still forgets what was", async () => expect(await noted([promotion()], aPanel([]))).toEqual({ written: [], removed: [computedAt] }))
})
