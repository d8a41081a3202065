import { promotedSpansOf } from "../src/database/promoted-spans"
import type { Stores } from "../src/database/stores"
import { variantShare } from "../src/domain/cleaning/availability"
import { addDays, dayInZone, type Day } from "../src/domain/day"
import {
  buildWeeklyPanel,
  calendarSpan,
  chainOf,
  holidayColumns,
  inheritHistory,
  standingReplacements,
  weekdayProfilesUntil,
  type DemandDayRow,
  type DemandPanel,
  type DemandSeries,
  type Holiday,
  type Replacement,
  type SeriesMeta,
} from "../src/domain/demand"
import { promotionColumn } from "../src/domain/demand/promotion-column"
import { seriesVariant } from "../src/domain/demand/series-place"
import { itemWords } from "../src/domain/insight/item-title"
import type { ShopReader, ShopVariant } from "../src/shop/shop-reader"
import { allPages } from "./all-pages"

/** Weeks of history that are learned from. */
const PANEL_WEEKS = 156
const VARIANTS_AT_ONCE = 500
/** Weeks ahead whose holidays and promotions are told: more than any forecast reaches. */
const WEEKS_AHEAD = 27

export interface DemandPanelDeps {
  stores: Pick<Stores, "demand" | "stock" | "replacements" | "promotions" | "prices">
  reader: ShopReader
  timeZone: string
  /** Holidays of the shop's country; none where the shop names no country. */
  holidays: (from: Day, to: Day) => Holiday[]
}

/** Demand per week of everything that was ever sold and still exists, up to `asOf`, the last full day. Read in pages, so that the process stays awake.
 * What took another's place inherits its history; what was replaced is kept apart (`retired`).
 * @param pulse Called after each page. */
export async function loadDemandPanel({ stores, reader, timeZone, holidays }: DemandPanelDeps, asOf: Day, pulse: () => void): Promise<DemandPanel> {
  const range = { fromDay: addDays(asOf, -7 * PANEL_WEEKS), toDay: asOf }
  const [{ defaultLocationId }, links] = await Promise.all([reader.frame(), stores.replacements.active()])
  const rows: DemandDayRow[] = []
  const meta = new Map<string, SeriesMeta>()
  const offered = new Map<string, { variantId: string; productId: string; categoryIds: string[] }>()
  const collect = async (found: readonly ShopVariant[], held: readonly Replacement[] = []) => {
    const variants = new Map(found.map((variant) => [variant.id, variant]))
    // what was replaced may be gone from the shop; its sales are not
    const variantIds = [...new Set([...variants.keys(), ...held.map(({ replacedVariantId }) => replacedVariantId)])]
    const demand = variantIds.length > 0 ? await stores.demand.rowsForPanel({ ...range, variantIds }) : []
    pulse()
    const sold = demand.map(({ variantId, locationId, day, units, unitPrice }) => {
      return { variantId, locationId: locationId || (defaultLocationId ?? ""), day, units, unitPrice }
    })
    const since = new Map(held.map(({ replacedVariantId, fromDay }) => [replacedVariantId, fromDay]))
    for (const { variantId, locationId } of sold) {
      for (const id of chainOf(held, variantId)) {
        const variant = variants.get(id)
        const key = `${id}@${locationId}`
        if (!variant || meta.has(key)) continue
        const createdDay = since.get(id) ?? dayInZone(variant.createdAt, timeZone)
        meta.set(key, { variantId: id, locationId, category: variant.categoryId, title: itemWords(variant.productTitle, variant.title), createdDay })
        offered.set(id, { variantId: id, productId: variant.productId, categoryIds: variant.categoryIds })
      }
    }
    const short = (await shortDays(stores, found, range)).filter((row) => meta.has(`${row.variantId}@${row.locationId}`))
    for (const row of inheritHistory([...sold, ...short], held)) rows.push(row)
    pulse()
  }
  const linkedIds = [...new Set(links.flatMap((link) => [link.variantId, link.replacedVariantId]))]
  const linked = new Map((linkedIds.length > 0 ? await reader.variantsOf(linkedIds) : []).map((variant) => [variant.id, variant]))
  const held = standingReplacements(links, (id) => linked.has(id))
  if (held.length > 0) await collect([...linked.values()], held)
  for await (const page of allPages((after) => reader.variantsPage(after, VARIANTS_AT_ONCE))) {
    await collect(held.length > 0 ? page.filter(({ id }) => !linked.has(id)) : page)
  }
  const { series: all, ...calendar } = buildWeeklyPanel(rows, [...meta.values()], asOf, PANEL_WEEKS, weekdayProfilesUntil(rows, asOf))
  const replaced = new Set(held.map(({ replacedVariantId }) => replacedVariantId))
  const isRetired = ({ seriesId }: DemandSeries) => replaced.has(seriesVariant(seriesId))
  const retired = all.filter(isRetired)
  const panel: DemandPanel = { ...calendar, series: all.filter((one) => !isRetired(one)), ...(retired.length > 0 && { retired }) }
  const span = calendarSpan(panel, WEEKS_AHEAD)
  if (!span) return panel
  const promoted = await promotedSpansOf(stores, [...offered.values()], { ...span, timeZone }, pulse)
  const promotion = promotionColumn(panel, WEEKS_AHEAD, panel.series.map(({ seriesId }) => promoted.get(seriesVariant(seriesId)) ?? []))
  const known = [...holidayColumns(panel, WEEKS_AHEAD, holidays(span.from, span.to)), ...(promotion ? [promotion] : [])]
  return known.length > 0 ? { ...panel, known } : panel
}

/** Days on which a variant could not be sold all day at a location, because one of its items had run out. Variants sold without stock never run out. */
async function shortDays(stores: DemandPanelDeps["stores"], variants: readonly ShopVariant[], range: { fromDay: Day; toDay: Day }): Promise<DemandDayRow[]> {
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
