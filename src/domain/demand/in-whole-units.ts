import { sellsWholeUnits } from "./sells-whole-units"
import type { DemandForecast, DemandModel } from "./types"

/** The model, with quantiles that are whole numbers where demand comes in whole units; means are not rounded. */
export function inWholeUnits(model: DemandModel): DemandModel {
  return {
    ...model,
    forecast(panel, origin, horizon, sums) {
      const forecasts = model.forecast(panel, origin, horizon, sums)
      return sellsWholeUnits(panel, origin) ? forecasts.map(wholeQuantiles) : forecasts
    },
  }
}

/** The forecast with its quantiles rounded, those of sums too. */
export function wholeQuantiles(forecast: DemandForecast): DemandForecast {
  const rounded = (values: Float64Array) => values.map((value) => Math.round(value))
  return {
    ...forecast,
    quantiles: rounded(forecast.quantiles),
    ...(forecast.sums && { sums: forecast.sums.map((sum) => ({ ...sum, quantiles: rounded(sum.quantiles) })) }),
  }
}
