import type { Stores } from "../src/database/stores"
import { variantShare } from "../src/domain/cleaning/availability"
import { addDays, dayInZone, type Day } from "../src/domain/day"
import { buildWeeklyPanel, calendarSpan, holidayColumns, weekdayProfile, type DemandDayRow, type DemandPanel, type Holiday, type SeriesMeta } from "../src/domain/demand"
import type { ShopReader, ShopVariant } from "../src/shop/shop-reader"

/** Weeks of history that are learned from. */
const PANEL_WEEKS = 156
const VARIANTS_AT_ONCE = 500
/** Weeks ahead whose holidays are told: more than any forecast reaches. */
const WEEKS_AHEAD = 27

export interface PanelSource {
  stores: Pick<Stores, "demand" | "stock">
  reader: ShopReader
  timeZone: string
  /** Holidays of the shop's country; none where the shop names no country. */
  holidays: (from: Day, to: Day) => Holiday[]
}

/** Demand per week of everything that was ever sold and still exists, up to `asOf`, the last full day. Read in pages, so that the process stays awake.
 * @param pulse Called after each page. */
export async function loadDemandPanel({ stores, reader, timeZone, holidays }: PanelSource, asOf: Day, pulse: () => void): Promise<DemandPanel> {
  const fromDay = addDays(asOf, -7 * PANEL_WEEKS)
  const { defaultLocationId } = await reader.frame()
  const rows: DemandDayRow[] = []
  const meta = new Map<string, SeriesMeta>()
  for (let after: string | null = null, last = false; !last; ) {
    const page = await reader.variantsPage(after, VARIANTS_AT_ONCE)
    after = page.next
    last = page.next === null
    const variants = new Map(page.rows.map((variant) => [variant.id, variant]))
    const demand = variants.size > 0 ? await stores.demand.rowsForPanel({ fromDay, toDay: asOf, variantIds: [...variants.keys()] }) : []
    pulse()
    for (const { variantId, day, units, unitPrice, ...row } of demand) {
      const locationId = row.locationId || (defaultLocationId ?? "")
      const variant = variants.get(variantId)
      if (!variant) continue
      rows.push({ variantId, locationId, day, units, unitPrice })
      const key = `${variantId}@${locationId}`
      if (!meta.has(key)) meta.set(key, { variantId, locationId, category: variant.categoryId, createdDay: dayInZone(variant.createdAt, timeZone) })
    }
    for (const row of await shortDays(stores, [...variants.values()], { fromDay, toDay: asOf })) {
      if (meta.has(`${row.variantId}@${row.locationId}`)) rows.push(row)
    }
    pulse()
  }
  const panel = buildWeeklyPanel(rows, [...meta.values()], asOf, PANEL_WEEKS, weekdayProfile(rows))
  const span = calendarSpan(panel, WEEKS_AHEAD)
  const known = span ? holidayColumns(panel, WEEKS_AHEAD, holidays(span.from, span.to)) : []
  return known.length > 0 ? { ...panel, known } : panel
}

/** Days on which a variant could not be sold all day at a location, because one of its items had run out. Variants sold without stock never run out. */
async function shortDays(stores: PanelSource["stores"], variants: readonly ShopVariant[], range: { fromDay: Day; toDay: Day }): Promise<DemandDayRow[]> {
  const stocked = variants.filter(({ manageInventory, allowBackorder }) => manageInventory && !allowBackorder)
  const inventoryItemIds = [...new Set(stocked.flatMap(({ items }) => items.map(({ inventoryItemId }) => inventoryItemId)))]
  if (inventoryItemIds.length === 0) return []
  /** Place and day → item → share; items that were there all day, or nobody looked at, have none. */
  const short = new Map<string, { locationId: string; day: Day; shares: Map<string, number> }>()
  for (const { inventoryItemId, locationId, day, inStockFraction } of await stores.stock.range({ ...range, inventoryItemIds, short: true })) {
    if (inStockFraction === null || inStockFraction >= 1) continue
    const key = `${locationId} ${day}`
    const place = short.get(key) ?? { locationId, day, shares: new Map<string, number>() }
    place.shares.set(inventoryItemId, inStockFraction)
    short.set(key, place)
  }
  const rows: DemandDayRow[] = []
  for (const { locationId, day, shares } of short.values()) {
    for (const { id, items } of stocked) {
      if (!items.some(({ inventoryItemId }) => shares.has(inventoryItemId))) continue
      const inStock = variantShare(items.map(({ inventoryItemId }) => shares.get(inventoryItemId) ?? 1))
      rows.push({ variantId: id, locationId, day, units: 0, unitPrice: null, inStock })
    }
  }
  return rows
}
