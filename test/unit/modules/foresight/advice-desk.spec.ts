import { createAdviceActivities } from "../../../../activities/advice"
import type { Stores } from "../../../../src/database/stores"
import { DEFAULT_SEED } from "../../../../src/domain/default-seed"
import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import type { Advice, DemandOutlook } from "../../../../src/domain/replenishment/types"
import { AdviceDesk } from "../../../../src/modules/foresight/advice-desk"
import type { ShopQuery } from "../../../../src/shop/shop-query"
import { activityContext } from "../../../support/activity-context"
import { anOutlook, someSettings } from "../../../support/demand-builders"
import { level as levelOf, shopReader, variant as variantOf } from "../../../support/shop-builders"

/** A desk over one variant of one item with stock at two locations, only the first of which has an outlook. Each reading of the shop takes a second. */
function setUp({ published = true }: { published?: boolean } = {}) {
  const start = Date.UTC(2026, 2, 15, 10)
  let time = start
  const product = { id: "prod_1", title: "Cup", thumbnail: null, status: published ? "published" : "draft", is_giftcard: false }
  const variant = { id: "variant_1", title: "Cup", sku: "CUP", product_id: "prod_1", created_at: "2026-01-01T00:00:00Z", manage_inventory: true, allow_backorder: false, product }
  const level = (location_id: string) => ({ inventory_item_id: "iitem_1", location_id, stocked_quantity: 20, reserved_quantity: 0, incoming_quantity: 12 })
  const shop: Record<string, unknown[]> = {
    variant: [{ ...variant, inventory_items: [{ inventory_item_id: "iitem_1", required_quantity: 1 }] }],
    inventory_item: [{ id: "iitem_1", sku: "CUP", title: "Cup", location_levels: [level("sloc_1"), level("sloc_2")] }],
    product_variant_inventory_item: [{ inventory_item_id: "iitem_1", variant_id: "variant_1", required_quantity: 1, variant }],
    inventory_level: [{ id: "ilev_1", ...level("sloc_1"), metadata: null, updated_at: "2026-03-01T00:00:00Z" }],
  }
  const query = {
    graph: async ({ entity }: { entity: string }) => {
      time += 1000
      return { data: shop[entity] ?? [] }
    },
  } as unknown as ShopQuery
  const advised: { advice: Advice; computedAt: Date }[] = []
  const outlook = anOutlook({ inventoryItemId: "iitem_1", locationId: "sloc_1" })
  const stores = {
    outlooks: { get: async (_: string, locationId: string) => (locationId === "sloc_1" ? outlook : null) },
    advice: { recompute: async (advice: Advice, computedAt: Date) => advised.push({ advice, computedAt }) },
  } as unknown as Stores
  return { desk: new AdviceDesk(stores, someSettings(), "UTC", () => new Date(time)), query, advised, start }
}

describe("AdviceDesk.stockOfVariantsChanged()", () => {
  it("works the advice of the variants' items out anew where there is an outlook, as of before their stock was read", async () => {
    const { desk, query, advised, start } = setUp()
    await desk.stockOfVariantsChanged(query, ["variant_1"])
    // order-up-to 87 − (20 + 12) = 55, as in advise.spec.ts
    expect(advised).toMatchObject([{ advice: { locationId: "sloc_1", orderQuantity: 55 }, computedAt: new Date(start) }])
    expect(advised).toHaveLength(1)
  })

  it("leaves alone what is not advised on", async () => {
    const { desk, query, advised } = setUp({ published: false })
    await desk.stockOfVariantsChanged(query, ["variant_1"])
    expect(advised).toEqual([])
  })
})

describe("AdviceDesk.stockChanged()", () => {
  it("works the place's own row out anew, as of before its stock was read, and nothing where no forecast is", async () => {
    const { desk, query, advised, start } = setUp()
    await desk.stockChanged(query, { inventoryItemId: "iitem_1", locationId: "sloc_1" })
    expect(advised).toMatchObject([{ advice: { inventoryItemId: "iitem_1", locationId: "sloc_1" }, computedAt: new Date(start) }])
    await desk.stockChanged(query, { inventoryItemId: "iitem_1", locationId: "sloc_2" })
    expect(advised).toHaveLength(1)
  })
})

describe("AdviceDesk.setSettings()", () => {
  const quantiles = Array.from({ length: 8 }, () => QUANTILE_LEVELS.map((quantile) => 30 * quantile)).flat()
  const forecast = { variantId: "variant_1", locationId: "sloc_1", firstDay: "2026-03-15", frequency: "week", horizon: 8, mean: Array<number>(8).fill(15), quantiles, correlation: 0.3, historyWeeks: 40, modelVersionId: "version-2" }
  // more on Mondays, once in halves: both patterns must reach the outlook
  const sales = [{ variantId: "variant_1", locationId: "sloc_1", day: "2026-03-09", units: 8.5, unitPrice: 1 }, { variantId: "variant_1", locationId: "sloc_1", day: "2026-01-12", units: 9, unitPrice: 1 }]
  const own = { leadTimeDays: 5, leadTimeSdDays: 2, reviewDays: null, serviceLevel: null, coverDays: null, moq: null, packSize: 6 }

  it("draws the same outlook as the night, from the same rows", async () => {
    const written: DemandOutlook[] = []
    const stores = {
      forecasts: { ofVariants: async () => [forecast] },
      demandOverrides: { active: async () => [] },
      demand: { rowsForPanel: async () => sales },
      stock: { range: async () => [], inStockByWeekday: async () => [1, 1, 1, 1, 1, 1, 1] },
      settings: { set: async () => own, of: async () => [{ inventoryItemId: "iitem_1", locationId: "sloc_1", settings: own }] },
      outlooks: { get: async () => anOutlook({ assumed: ["openingStock"] }), ofItems: async () => [], upsert: async (outlooks: DemandOutlook[]) => written.push(...outlooks) },
      advice: { recompute: async () => 1, ofItems: async () => [], upsert: async () => 1 },
    } as unknown as Stores
    const { query } = setUp()
    const now = () => new Date("2026-03-17T10:00:00Z")
    await new AdviceDesk(stores, someSettings(), "UTC", now).setSettings(query, "iitem_1", "sloc_1", { leadTimeDays: 5 })
    const reader = shopReader({
      inventoryItemsPage: async () => ({ rows: [{ id: "iitem_1", sku: "CUP", title: "Cup", thumbnail: null, uses: [{ inventoryItemId: "iitem_1", variantId: "variant_1", requiredQuantity: 1 }] }], next: null }),
      variantsOf: async () => [variantOf()],
      levelsOf: async () => [levelOf({ isAssumed: true })],
    })
    await createAdviceActivities({ stores, reader, defaults: someSettings(), seed: DEFAULT_SEED, today: () => "2026-03-17", now, context: activityContext }).adviseNextItems({})
    expect(written).toHaveLength(2)
    expect(written[0]).toEqual(written[1])
    expect(written[0]).toMatchObject({ day: "2026-03-17", settings: { leadTimeDays: 5, packSize: 6 }, historyWeeks: 40, modelVersionId: "version-2" })
    expect(written[0]?.protectionQuantiles.every(Number.isInteger)).toBe(false)
  })
})
