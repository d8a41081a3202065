import type { DemandModel, DemandPanel } from "../types"
import { demandParts, distanceOf, restGoesTo } from "./demand-parts"

/** Seasonal factors by which a model multiplies its level, shape `[≥ origin + horizon]` per series of the panel; `null` for none. */
export type SeasonOf = (panel: DemandPanel, origin: number, horizon: number) => readonly Float64Array[] | null

/** The model with the parts of one that says a level, perhaps with a trend, times a season: with expectation `m` and seasonal factor `f` of each period
 * ahead, the season adds `Σ m·(1 − 1/f)`; the rest, `Σ m/f` beside the long-run demand, is how the level stands and moves. */
export function explainedByLevel(model: DemandModel, seasonOf: SeasonOf = () => null): DemandModel {
  return {
    ...model,
    explain: (panel, origin, horizon, { periods, which, forecasts: known }) => {
      const indexes = seasonOf(panel, origin, horizon)
      const forecasts = known ?? model.forecast(panel, origin, horizon)
      return which.map((at) => {
        const [series, own] = [panel.series[at], forecasts[at]]
        if (!series || !own) return demandParts({})
        let season = 0
        for (let ahead = 0; ahead < periods; ahead++) {
          const factor = indexes?.[at]?.[origin + ahead] ?? 1
          if (factor > 0) season += (own.mean[ahead] ?? 0) * (1 - 1 / factor)
        }
        return restGoesTo("trend", distanceOf(own, series, origin, panel.frequency, periods), { season })
      })
    },
  }
}
