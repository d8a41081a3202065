import type { Stores } from "../../database/stores"
import { forecastsByHand, type ForecastByHand } from "../../database/forecasts-by-hand"
import { addDays, daysBetween } from "../../domain/day"
import type { Day } from "../../domain/day"
import { DEFAULT_SEED } from "../../domain/default-seed"
import { addPaths } from "../../domain/demand/demand-paths"
import { createPathDraws } from "../../domain/demand/path-draws"
import { quantileIndex } from "../../domain/demand/select-quantile"
import type { ItemUsage } from "../../shop/item-usage"

/** Past weeks of one item at one location, and the weeks ahead. */
export interface DemandChart {
  /** `units` is `null` where nothing could be sold all week. */
  history: { periodStart: Day; units: number | null }[]
  forecast: { periodStart: Day; mean: number; q10: number; q50: number; q90: number }[]
}

const HISTORY_WEEKS = 26
const PATHS = 400

/** Charts by `<item>@<location>`: sales of all variants that use the item, in units of the item. Weeks are those of the forecast, so that the two halves meet. */
export async function demandCharts(stores: Pick<Stores, "demand" | "forecasts" | "demandOverrides" | "stock">, usages: readonly ItemUsage[], today: Day): Promise<Map<string, DemandChart>> {
  const variantIds = [...new Set(usages.flatMap((usage) => usage.uses.map((use) => use.variantId)))]
  if (variantIds.length === 0) return new Map()
  const forecasts = await forecastsByHand(stores, variantIds, today)
  const firstAhead = forecasts.reduce((latest, forecast) => (forecast.firstDay > latest ? forecast.firstDay : latest), "") || today
  const range = { fromDay: addDays(firstAhead, -7 * HISTORY_WEEKS), toDay: addDays(firstAhead, -1) }
  const [rows, stock] = await Promise.all([
    stores.demand.rowsForPanel({ ...range, variantIds }),
    stores.stock.range({ ...range, inventoryItemIds: usages.map((usage) => usage.inventoryItemId) }),
  ])
  const weekOf = (day: Day) => Math.floor(daysBetween(range.fromDay, day) / 7)
  const charts = new Map<string, DemandChart>()
  for (const usage of usages) {
    const required = new Map(usage.uses.map((use) => [use.variantId, use.requiredQuantity]))
    for (const { locationId } of usage.levels) {
      const units = new Array<number>(HISTORY_WEEKS).fill(0)
      for (const row of rows) {
        const quantity = row.locationId === locationId ? required.get(row.variantId) : undefined
        if (quantity !== undefined) units[weekOf(row.day)] = (units[weekOf(row.day)] ?? 0) + quantity * row.units
      }
      const emptyDays = new Array<number>(HISTORY_WEEKS).fill(0)
      for (const day of stock) {
        if (day.inventoryItemId === usage.inventoryItemId && day.locationId === locationId && day.inStockFraction === 0) emptyDays[weekOf(day.day)] = (emptyDays[weekOf(day.day)] ?? 0) + 1
      }
      charts.set(`${usage.inventoryItemId}@${locationId}`, {
        history: units.map((sold, week) => ({ periodStart: addDays(range.fromDay, 7 * week), units: (emptyDays[week] ?? 0) >= 7 && sold === 0 ? null : sold })),
        forecast: weeksAhead(
          forecasts.filter((forecast) => forecast.locationId === locationId && required.has(forecast.variantId)),
          required
        ),
      })
    }
  }
  return charts
}

/** Distribution of each week's sum over the variants, drawn jointly since quantiles do not add up. */
function weeksAhead(forecasts: readonly ForecastByHand[], required: ReadonlyMap<string, number>): DemandChart["forecast"] {
  const [first] = forecasts
  if (!first) return []
  const draws = createPathDraws({ paths: PATHS, seed: DEFAULT_SEED })
  const weeks = first.horizon
  const paths = new Float64Array(weeks * PATHS)
  const mean = new Float64Array(weeks)
  for (const [stream, forecast] of forecasts.entries()) {
    const scale = required.get(forecast.variantId) ?? 1
    const own = { seriesId: forecast.variantId, mean: Float64Array.from(forecast.mean), quantiles: Float64Array.from(forecast.quantiles) }
    addPaths(own, weeks, forecast.correlation, draws, stream, scale, paths)
    for (let week = 0; week < weeks; week++) mean[week] = (mean[week] ?? 0) + scale * (forecast.mean[week] ?? 0)
  }
  return Array.from(mean, (expected, week) => {
    const sums = paths.slice(week * PATHS, (week + 1) * PATHS).sort()
    const at = (level: number) => sums[quantileIndex(PATHS, level)] ?? 0
    return { periodStart: addDays(first.firstDay, 7 * week), mean: expected, q10: at(0.1), q50: at(0.5), q90: at(0.9) }
  })
}
