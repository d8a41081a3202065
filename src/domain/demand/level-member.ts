import { explainedBySeason } from "./explain/explained-by-season"
import { levelForecaster } from "./exponential-smoothing"
import { chooseSeason } from "./season-choice"
import { spreadForecasts } from "./spread-forecasts"
import type { DemandModel, DemandSeries } from "./types"

/** Level of a series before each period, shape `[origin + 1]`; the last is the forecast from `origin` on. Demand is divided by `index` where there is one. */
export type LevelsOf = (series: DemandSeries, origin: number, index: Float64Array | null) => Float64Array

/** A member that says one level for all periods ahead, times the season where a year is known (`chooseSeason`), with the quantiles that fit the panel. */
export function levelMember(name: string, levelsOf: LevelsOf): DemandModel {
  return explainedBySeason({
    name,
    forecast: (panel, origin, horizon, sums) => {
      const indexes = chooseSeason(panel, origin, horizon)
      const point = panel.series.map((series, at) => {
        const index = indexes?.[at] ?? null
        return levelForecaster(series, levelsOf(series, origin, index), origin, index)
      })
      return spreadForecasts(panel, origin, horizon, point, sums)
    },
  })
}
