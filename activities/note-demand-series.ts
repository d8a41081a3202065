import type { Stores } from "../src/database/stores"
import type { DemandSeriesRow } from "../src/database/stores/demand-series-store"
import { HISTORY_LEVELS, type PastForecast } from "../src/database/stores/forecast-history-store"
import type { StoredForecast } from "../src/database/stores/forecast-store"
import { addDays, daysBetween, type Day } from "../src/domain/day"
import { classOf, type DemandPanel } from "../src/domain/demand"
import { seriesPlace } from "../src/domain/demand/series-place"
import { QUANTILE_LEVELS } from "../src/domain/demand/types"
import type { ShopReader } from "../src/shop/shop-reader"

/** Weeks of demand kept with a series: a year and the weeks that a year ago is compared with. */
const KEPT_WEEKS = 60
/** Weeks ahead kept of a past forecast. */
const PAST_HORIZON = 4
/** Weeks for which past forecasts are kept. */
const PAST_WEEKS = 26
const ROWS_AT_ONCE = 500

/** Writes each series as the run saw it, so that the admin lists and adds up series without asking the shop about thousands of variants.
 * Safe to retry: variant and location key the row.
 * @param note Called before each write. */
export async function noteSeries(
  { stores, reader }: { stores: Pick<Stores, "demandSeries">; reader: Pick<ShopReader, "variantsOf"> },
  panel: DemandPanel,
  computedAt: Date,
  note: () => void
): Promise<void> {
  const origin = panel.periods.length
  const from = Math.max(0, origin - KEPT_WEEKS)
  const retired = new Set(panel.retired)
  const all = [...panel.series, ...retired]
  for (let start = 0; start < all.length; start += ROWS_AT_ONCE) {
    note()
    const series = all.slice(start, start + ROWS_AT_ONCE).flatMap((one) => {
      const place = seriesPlace(one.seriesId)
      return place ? [{ ...place, one }] : []
    })
    const variants = new Map((await reader.variantsOf(series.map(({ variantId }) => variantId))).map((variant) => [variant.id, variant]))
    await stores.demandSeries.upsert(
      series.flatMap(({ variantId, locationId, one }): DemandSeriesRow[] => {
        const variant = variants.get(variantId)
        if (!variant) return []
        const { productId, categoryId, categoryIds, sku, title, productTitle, thumbnail, manageInventory, allowBackorder, items } = variant
        const inventoryItemIds = manageInventory && !allowBackorder ? items.map(({ inventoryItemId }) => inventoryItemId) : []
        const history = { firstWeek: panel.periods[from] ?? "", demand: [...one.units.subarray(from)] }
        const labels = { productId, categoryId, categoryIds, sku, variantTitle: title, productTitle, thumbnail }
        return [{ variantId, locationId, ...labels, inventoryItemIds, demandClass: retired.has(one) ? "dying" : classOf(one, origin), ...history, computedAt }]
      })
    )
  }
  await stores.demandSeries.removeBefore(computedAt)
}

/** Keeps the run's forecasts for a later look, once a week and all series on the same day, so that past weeks do not overlap;
 * a retry and a second run of the same day overwrite. Forgets those older than half a year. */
export async function keepForecasts(
  stores: Pick<Stores, "forecastHistory">,
  forecasts: readonly StoredForecast[],
  firstDay: Day,
  note: () => void
): Promise<void> {
  const last = await stores.forecastHistory.lastDay()
  const since = last === null ? Infinity : daysBetween(last, firstDay)
  if (since !== 0 && since < 7) return
  const columns = HISTORY_LEVELS.map((level) => QUANTILE_LEVELS.indexOf(level))
  for (let start = 0; start < forecasts.length; start += ROWS_AT_ONCE) {
    note()
    await stores.forecastHistory.keep(
      forecasts.slice(start, start + ROWS_AT_ONCE).flatMap(({ variantId, locationId, frequency, mean, quantiles, modelVersionId, computedAt }): PastForecast[] => {
        if (frequency !== "week" || mean.length === 0) return []
        const weeks = Math.min(PAST_HORIZON, mean.length)
        const kept = Array.from({ length: weeks }, (_, week) => columns.map((column) => quantiles[week * QUANTILE_LEVELS.length + column] ?? 0)).flat()
        return [{ variantId, locationId, firstDay, mean: mean.slice(0, weeks), quantiles: kept, modelVersionId, computedAt }]
      })
    )
  }
  await stores.forecastHistory.removeBefore(addDays(firstDay, -7 * PAST_WEEKS))
}
