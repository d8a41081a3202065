import { simulateShop, type ShopScale } from "../../demo/simulator"
import { addDays, daysBetween } from "../../src/domain/day"
import { buildWeeklyPanel, type DemandDayRow, type SeriesMeta } from "../../src/domain/demand/panel"
import { promotionColumn, type PromotedSpan } from "../../src/domain/demand/promotion-column"
import type { DemandPanel, KnownAhead } from "../../src/domain/demand/types"
import { weekdayProfilesUntil } from "../../src/domain/demand/weekday-profile"

const AS_OF = "2026-11-21"
const MOST_WEEKS = 156

export interface SimulatedPanel {
  /** As training sees it: sold, made up for stock-outs. */
  panel: DemandPanel
  /** What was really asked for: the same series and weeks. */
  wanted: DemandPanel
  /** The shop's price drops as its panel would have them, had it planned them as promotions half a year ahead. */
  promotion: KnownAhead | null
  /** Product of each series, in the panel's order. */
  products: string[]
}

/** The simulated shop's demand, week by week. */
export function simulatedPanel({ seed, scale }: { seed: number; scale?: Partial<ShopScale> }): SimulatedPanel {
  const shop = simulateShop({ seed, asOf: AS_OF, ...(scale && { scale }) })
  const { truth } = shop
  const days = truth.days
  const calendar = Array.from({ length: days }, (_, index) => addDays(truth.firstDay, index))
  const category = new Map(shop.products.flatMap(({ variants, categories }) => variants.map(({ sku }) => [sku, categories[0] ?? null] as const)))
  const product = new Map(shop.products.flatMap(({ variants, handle }) => variants.map(({ sku }) => [sku, handle] as const)))
  const sold = new Map<string, { units: Float64Array; money: Float64Array }>()
  for (const { sku, location, quantity, ordered_at, status, unit_price, discount } of shop.orders()) {
    if (status === "canceled") continue
    const key = `${sku}@${location}`
    const known = sold.get(key) ?? { units: new Float64Array(days), money: new Float64Array(days) }
    const day = daysBetween(truth.firstDay, ordered_at.slice(0, 10))
    known.units[day] = (known.units[day] ?? 0) + quantity
    known.money[day] = (known.money[day] ?? 0) + quantity * unit_price - discount
    sold.set(key, known)
  }
  const rows: DemandDayRow[] = []
  const asked: DemandDayRow[] = []
  const meta: SeriesMeta[] = []
  for (const [variant, variantId] of truth.skus.entries()) {
    for (const [location, { name: locationId }] of shop.locations.entries()) {
      const known = sold.get(`${variantId}@${locationId}`)
      const first = known?.units.findIndex((units) => units > 0) ?? -1
      if (!known || first < 0) continue
      for (let index = first; index < days; index++) {
        const [units, lost, day] = [known.units[index] ?? 0, truth.lostUnits(variant, location, index), calendar[index] ?? ""]
        const inStock = truth.unitsAtOpening(variant, location, index) === 0 ? 0 : lost > 0 ? units / (units + lost) : 1
        const unitPrice = units > 0 ? (known.money[index] ?? 0) / units : null
        rows.push({ variantId, locationId, day, units, unitPrice, inStock })
        asked.push({ variantId, locationId, day, units: units + lost, unitPrice })
      }
      meta.push({ variantId, locationId, category: category.get(variantId) ?? null, createdDay: null })
    }
  }
  const panel = buildWeeklyPanel(rows, meta, AS_OF, MOST_WEEKS, weekdayProfilesUntil(rows, AS_OF))
  const skuOf = (seriesId: string) => seriesId.slice(0, seriesId.lastIndexOf("@"))
  const spans = new Map<string, PromotedSpan[]>()
  for (const { sku, from, to } of truth.promotions) {
    const own = { fromDay: calendar[from] ?? null, toDay: calendar[to] ?? null, knownDay: addDays(truth.firstDay, from - 182) }
    spans.set(sku, [...(spans.get(sku) ?? []), own])
  }
  const promotion = promotionColumn(panel, 0, panel.series.map(({ seriesId }) => spans.get(skuOf(seriesId)) ?? []))
  const products = panel.series.map(({ seriesId }) => product.get(skuOf(seriesId)) ?? "")
  return { panel, wanted: buildWeeklyPanel(asked, meta, AS_OF, MOST_WEEKS), promotion, products }
}
