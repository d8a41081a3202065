import { forecastWithSums } from "./ensemble"
import { partsOfModel } from "./explain/demand-parts"
import type { DemandForecast, DemandModel, DemandPanel } from "./types"

/** The same model, which keeps its last forecasts: asked again for the same panel, origin, horizon and sums it answers at once. For models that are parts of
 * several others in a backtest, which goes from origin to origin. Whoever gets them must not change them. */
export function rememberForecasts(model: DemandModel): DemandModel {
  let last: { panel: DemandPanel; origin: number; horizon: number; sums: string; forecasts: DemandForecast[] } | null = null
  return {
    name: model.name,
    explain: (panel, origin, horizon, { periods, which }) => {
      const isKnown = last?.panel === panel && last.origin === origin && last.horizon === horizon
      return partsOfModel(model, panel, origin, horizon, { periods, which, ...(isKnown && { forecasts: last?.forecasts ?? [] }) })
    },
    forecast(panel, origin, horizon, sums = []) {
      const asked = sums.join()
      if (last?.panel === panel && last.origin === origin && last.horizon === horizon && last.sums === asked) return last.forecasts
      const forecasts = forecastWithSums(model, panel, origin, horizon, sums)
      last = { panel, origin, horizon, sums: asked, forecasts }
      return forecasts
    },
  }
}
