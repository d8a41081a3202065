import { partsOfModel } from "./explain/demand-parts"
import type { DemandForecast, DemandModel, DemandPanel } from "./types"

/** The same model, which keeps its last forecasts: asked again for the same panel, origin and horizon it answers at once. For models that are parts of several
 * others in a backtest, which goes from origin to origin. Forecasts with sums are not kept. Whoever gets them must not change them. */
export function rememberForecasts(model: DemandModel): DemandModel {
  let last: { panel: DemandPanel; origin: number; horizon: number; forecasts: DemandForecast[] } | null = null
  return {
    name: model.name,
    explain: (panel, origin, horizon, { periods, which }) => {
      const isKnown = last?.panel === panel && last.origin === origin && last.horizon === horizon
      return partsOfModel(model, panel, origin, horizon, { periods, which, ...(isKnown && { forecasts: last?.forecasts ?? [] }) })
    },
    forecast(panel, origin, horizon, sums = []) {
      if (sums.length > 0) return model.forecast(panel, origin, horizon, sums)
      if (last?.panel === panel && last.origin === origin && last.horizon === horizon) return last.forecasts
      const forecasts = model.forecast(panel, origin, horizon)
      last = { panel, origin, horizon, forecasts }
      return forecasts
    },
  }
}
