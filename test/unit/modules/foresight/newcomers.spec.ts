import type { NewcomerRow } from "../../../../src/database/stores/newcomer-store"
import { Newcomers } from "../../../../src/modules/foresight/newcomers"
import { someSettings } from "../../../support/demand-builders"
import { variant } from "../../../support/shop-builders"

const row = (variantId: string, own: Partial<NewcomerRow> = {}): NewcomerRow => ({
  ...{ variantId, productId: "prod_1", sku: null, title: variantId, thumbnail: null, inventoryItemIds: [`item of ${variantId}`], knownWeeks: 0 },
  ...{ mean: 7, between: 12, dispersion: 0.5, hasCategory: true, ofCategory: 6, ofPrice: 2, ofTitle: [], computedAt: new Date("2026-03-02T02:00:00Z") },
  ...own,
})
const NOTHING = { leadTimeDays: null, leadTimeSdDays: null, reviewDays: null, serviceLevel: null, coverDays: null, moq: null, packSize: null }
const itemSettings = (inventoryItemId: string, locationId: string, leadTimeDays: number) => ({ inventoryItemId, locationId, settings: { ...NOTHING, leadTimeDays } })

const pageOf = async (rows: NewcomerRow[], gone: string[] = []) => {
  const stores = {
    newcomers: { page: async () => ({ rows, count: rows.length }) },
    settings: { of: async () => [itemSettings("item of b", "home", 28), itemSettings("item of a", "elsewhere", 90), itemSettings("one", "home", 90)] },
  } as unknown as ConstructorParameters<typeof Newcomers>[0]
  const newcomers = new Newcomers(stores, someSettings(), () => ({
    frame: async () => ({ locations: [], salesChannels: [], defaultLocationId: "home", defaultSalesChannelId: null }),
    variantsOf: async (ids) => ids.filter((id) => !gone.includes(id)).map((id) => variant({ id, isPublished: id !== "draft" })),
  }))
  return newcomers.page({} as Parameters<typeof newcomers.page>[0], { limit: 20, offset: 0 })
}

describe("Newcomers", () => {
  it("expects of the first days as many as lead time and review have, by an item's own settings where it has some at the default location", async () => {
    const { newcomers } = await pageOf([row("a"), row("b"), row("kit", { inventoryItemIds: ["one", "two"] })])
    // seven a week; 14 + 7 days by default, 28 + 7 by b's own
    expect(newcomers.map(({ variantId, firstOrder: { days, isOwn, mean } }) => [variantId, days, isOwn, mean])).toEqual([
      ["a", 21, false, 21],
      ["b", 35, true, 35],
      ["kit", 21, false, 21],
    ])
  })

  it("leaves out what the shop does not offer any more", async () => {
    const { newcomers, count } = await pageOf([row("a"), row("deleted"), row("draft")], ["deleted"])
    expect([newcomers.map(({ variantId }) => variantId), count]).toEqual([["a"], 3])
  })

  it("says with whom it is compared", async () => {
    const { newcomers } = await pageOf([row("a", { ofTitle: [{ variantId: "v", title: "Owl cup", sku: null }] })])
    expect(newcomers[0]?.sentence).toMatch(/^Not sold yet: 6 others of its category were new before it, 2 of them at a similar price\. .+ Most alike by name: Owl cup\.$/)
  })
})
