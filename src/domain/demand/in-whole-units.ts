import { sellsWholeUnits } from "./sells-whole-units"
import type { DemandForecast, DemandModel } from "./types"

/** The model, with quantiles that are whole numbers for series that sell whole units; means are not rounded. */
export function inWholeUnits(model: DemandModel): DemandModel {
  return {
    ...model,
    forecast(panel, origin, horizon, sums) {
      const whole = sellsWholeUnits(panel, origin)
      return model.forecast(panel, origin, horizon, sums).map((forecast, index) => (whole[index] ? wholeQuantiles(forecast) : forecast))
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
