import { levelForecaster, smoothedLevels } from "./exponential-smoothing"
import { pooledForecasts } from "./pooled-quantiles"
import { seasonalIndexes } from "./seasonal-index"
import type { DemandModel } from "./types"

/** Exponential smoothing of deseasonalised demand times the season pooled over the category: single items are too thin for a season of their
 * own. Without a season and some overlap it is plain exponential smoothing.
 */
export const seasonalSmoothing: DemandModel = {
  name: "seasonal-smoothing",
  forecast: (panel, origin, horizon) => {
    const indexes = seasonalIndexes(panel, origin, horizon)
    const point = panel.series.map((series) => {
      const index = indexes?.get(series.category ?? "") ?? null
      return levelForecaster(series, smoothedLevels(series, origin, index), origin, index)
    })
    return pooledForecasts(panel, origin, horizon, point)
  },
}
