import { promotedSpansOf } from "../../../src/database/promoted-spans"
import type { ListedPrice } from "../../../src/domain/demand/promoted-spans"
import { promotion as shopPromotion } from "../../support/shop-builders"

const between = { from: "2026-01-01", to: "2026-12-31", timeZone: "UTC" }
const variants = [
  { variantId: "v1", productId: "prod_1", categoryIds: ["pcat_1"] },
  { variantId: "v2", productId: "prod_2", categoryIds: ["pcat_0", "pcat_2"] },
]
const promotion = (own: Parameters<typeof shopPromotion>[0] = {}) => {
  const { id: promotionId, createdAt: activeFrom, ...one } = shopPromotion(own)
  return { promotionId, activeFrom, withdrawnAt: null, ...one }
}
const sale = (own: Partial<ListedPrice & { variantId: string }> = {}) => ({
  variantId: "v2",
  priceId: "price_1",
  recordedAt: new Date("2026-02-01T00:00:00Z"),
  validFrom: new Date("2026-02-02T00:00:00Z"),
  validTo: new Date("2026-02-05T00:00:00Z"),
  isOffer: true,
  ...own,
})

const reached = async (promotions: ReturnType<typeof promotion>[], prices: ReturnType<typeof sale>[] = []) => {
  const found = await promotedSpansOf({ promotions: { seenBetween: async () => promotions }, prices: { listed: async (ids) => prices.filter(({ variantId }) => ids.includes(variantId)) } }, variants, between)
  return Object.fromEntries([...found].map(([variantId, spans]) => [variantId, spans.map(({ fromDay, toDay }) => `${fromDay} ${toDay}`)]))
}
const targets = (attribute: string, value: string) => [{ attribute, operator: "in", values: [value] }]
const april = "2026-04-01 2026-04-07"

describe("promotedSpansOf()", () => {
  it("finds promotions of a product, of any of its categories and of everything", async () => {
    expect(await reached([promotion()])).toEqual({ v1: [april] })
    expect(await reached([promotion({ targets: targets("items.product.categories.id", "pcat_2") })])).toEqual({ v2: [april] })
    expect(await reached([promotion({ targets: [] })])).toEqual({ v1: [april], v2: [april] })
  })

  it.each([
    ["for nobody knows whom", { targets: targets("customer.groups.id", "cusgroup_1") }],
    ["a code without dates", { startsAt: null, endsAt: null }],
    ["for the shipping", { targetType: "shipping_methods", targets: [] }],
  ])("leaves promotions out that are %s", async (_case, own) => expect(await reached([promotion(own)])).toEqual({}))

  it("finds sale prices, those of one variant alone", async () => expect(await reached([promotion()], [sale()])).toEqual({ v1: [april], v2: ["2026-02-02 2026-02-04"] }))

  it("forgets sales that were over before", async () => expect(await reached([], [sale({ validFrom: new Date("2025-02-02T00:00:00Z"), validTo: new Date("2025-02-05T00:00:00Z") })])).toEqual({}))
})
