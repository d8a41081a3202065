import { createAdviceActivities, type AdviceActivityDeps } from "../../../activities/advice"
import type { AdviceRow } from "../../../src/database/stores/advice-store"
import type { DemandOverride } from "../../../src/database/stores/demand-override-store"
import type { StoredForecast } from "../../../src/database/stores/forecast-store"
import { QUANTILE_LEVELS } from "../../../src/domain/demand/types"
import type { ReplenishmentSettings } from "../../../src/domain/replenishment/types"
import type { ShopInventoryItem, ShopStockLevel, ShopVariant } from "../../../src/shop/shop-reader"
import { activityContext } from "../../support/activity-context"
import { level, shopReader, variant } from "../../support/shop-builders"

const defaults: ReplenishmentSettings = { leadTimeDays: 14, leadTimeSdDays: 0, reviewDays: 7, serviceLevel: 0.95, coverDays: 14, moq: 0, packSize: 0 }
const item = (own: Partial<ShopInventoryItem> = {}): ShopInventoryItem => ({ id: "iitem_1", sku: "CUP", title: "Cup S", thumbnail: null, uses: [{ inventoryItemId: "iitem_1", variantId: "variant_1", requiredQuantity: 1 }], ...own })

/** Every week surely 7 units: each future is the same, so that the numbers can be checked by hand. */
const forecast = (own: Partial<StoredForecast> = {}): StoredForecast => ({
  variantId: "variant_1",
  locationId: "sloc_1",
  firstDay: "2026-03-15",
  frequency: "week",
  horizon: 8,
  mean: Array<number>(8).fill(7),
  quantiles: Array<number>(8 * QUANTILE_LEVELS.length).fill(7),
  correlation: 0,
  historyWeeks: 52,
  reasons: null,
  modelVersionId: "version-1",
  computedAt: new Date("2026-03-15T02:00:00Z"),
  ...own,
})

async function adviceOf({ items = [item()], variants = [variant()], levels = [level({ stocked: 10, reserved: 0, incoming: 0 })], forecasts = [forecast()], overrides = [], levelsOf = async () => levels, now = () => new Date("2026-03-15T03:00:00Z") }: { items?: ShopInventoryItem[]; variants?: ShopVariant[]; levels?: ShopStockLevel[]; forecasts?: StoredForecast[]; overrides?: DemandOverride[]; levelsOf?: () => Promise<ShopStockLevel[]>; now?: () => Date }) {
  const rows: AdviceRow[] = []
  const stores = {
    forecasts: { ofVariants: async () => forecasts },
    demandOverrides: { active: async () => overrides },
    demand: { rowsForPanel: async () => [] },
    stock: { inStockByWeekday: async () => [1, 1, 1, 1, 1, 1, 1] },
    settings: { of: async () => [{ inventoryItemId: "iitem_1", locationId: "sloc_1", settings: { packSize: 6 } }] },
    outlooks: { upsert: async () => 1 },
    advice: { upsert: async (written: readonly AdviceRow[]) => rows.push(...written) },
  } as unknown as AdviceActivityDeps["stores"]
  const reader = shopReader({ inventoryItemsPage: async () => ({ rows: items, next: null }), variantsOf: async () => variants, levelsOf })
  const context = activityContext()
  const activities = createAdviceActivities({ stores, reader, defaults, seed: 42, today: () => "2026-03-15", now, context: () => context })
  return { page: await activities.adviseNextItems({}), rows, warnings: context.warnings }
}

describe("adviseNextItems()", () => {
  it("advises by the forecast, the shop's own settings and the stock at hand", async () => {
    const { page, rows } = await adviceOf({})
    expect(page).toEqual({ advised: 1, skipped: 0, startedAt: "2026-03-15T03:00:00.000Z" })
    // lead time + review = 3 weeks of 7: s = 21; cover 2 weeks: S = 35; 35 − 10 = 25 → packs of 6 → 30
    expect(rows[0]).toMatchObject({ advice: { reorderPoint: 21, orderUpTo: 35, orderQuantity: 30, status: "order", modelVersionId: "version-1" }, title: "Cup – Small", sku: "CUP", locationName: "Main", productIds: ["prod_1"] })
    expect(rows[0]?.advice.assumed).toContain("leadTimeDays")
    expect(rows[0]?.advice.assumed).not.toContain("packSize")
  })

  it("follows a forecast that was set by hand and says by whom", async () => {
    const by = { id: "o", variantId: "variant_1", locationId: "sloc_1", note: null, forecastUnits: 0, overrideUnits: 0, createdBy: "user_7", createdAt: new Date(), endedBy: null, endedAt: null, endedOn: null }
    const doubled = { ...by, fromDay: "2026-03-15", toDay: "2026-04-04", unitsPerWeek: 14, factor: null }
    const elsewhere = { ...by, locationId: "sloc_2", fromDay: "2026-03-15", toDay: "2026-04-04", unitsPerWeek: 900, factor: null }
    const { rows } = await adviceOf({ overrides: [doubled, elsewhere] })
    // 3 weeks of 14 instead of 7: s = 42; the two weeks of cover are the model's again: S = 56; 56 − 10 = 46 → packs of 6 → 48
    expect(rows[0]?.advice).toMatchObject({ reorderPoint: 42, orderUpTo: 56, orderQuantity: 48, overriddenBy: ["user_7"] })
    expect(rows[0]?.advice.reason).toContain("Forecast overridden by user_7.")
  })

  it("adds up the variants that use an item, each by its required quantity", async () => {
    const uses = [{ inventoryItemId: "iitem_1", variantId: "variant_1", requiredQuantity: 1 }, { inventoryItemId: "iitem_1", variantId: "variant_2", requiredQuantity: 2 }]
    const { rows } = await adviceOf({ items: [item({ uses })], variants: [variant(), variant({ id: "variant_2", productId: "prod_2" })], forecasts: [forecast(), forecast({ variantId: "variant_2" })] })
    expect(rows[0]?.advice.expectedDemand).toBe(63) // 3 weeks of 7 + 2 · 7
    expect(rows[0]?.productIds).toEqual(["prod_1", "prod_2"])
  })

  it.each([["not stocked", { manageInventory: false }], ["a gift card", { isGiftCard: true }], ["unpublished", { isPublished: false }]])("gives no advice for what is %s", async (_, own) => {
    expect((await adviceOf({ variants: [variant(own)] })).page).toMatchObject({ advised: 0, skipped: 1 })
  })

  it("gives no advice for an item whose variants are deleted", async () => expect((await adviceOf({ variants: [] })).page).toMatchObject({ advised: 0, skipped: 1 }))

  it("advises what may be backordered like everything else", async () =>
    expect((await adviceOf({ variants: [variant({ allowBackorder: true })], levels: [level({ stocked: -4, reserved: 0, incoming: 0 })] })).rows[0]?.advice.orderQuantity).toBe(42)) // 35 + 4 = 39 → packs of 6 → 42

  it("says that sales are too few where there is no forecast", async () => expect((await adviceOf({ forecasts: [] })).rows[0]?.advice.status).toBe("too_few_sales"))

  it("goes on after an item that cannot be advised, and tells it", async () => {
    const { page, warnings } = await adviceOf({ forecasts: [forecast({ firstDay: "2026-03-20" })] }) // begins after today
    expect(page).toMatchObject({ advised: 0, skipped: 1 })
    expect(warnings).toEqual([["no advice for an item", expect.objectContaining({ inventoryItemId: "iitem_1", code: "invalid_series" })]])
  })

  it("dates its rows before it reads the stock, so that a change meanwhile is newer", async () => {
    let minute = 0
    const levelsOf = async () => {
      minute += 1
      return [level()]
    }
    const { rows } = await adviceOf({ levelsOf, now: () => new Date(Date.UTC(2026, 2, 15, 3, minute)) })
    expect(rows.map(({ computedAt }) => computedAt)).toEqual([new Date("2026-03-15T03:00:00Z")])
  })

  it("names an assumed stock", async () => expect((await adviceOf({ levels: [level({ isAssumed: true })] })).rows[0]?.advice.assumed).toContain("openingStock"))
})
