import { spreadForecasts } from "./spread-forecasts"
import { naiveForecaster } from "./seasonal-naive"
import type { DemandModel } from "./types"

/** Repeats the last known period. @see Hyndman & Athanasopoulos (2021), Forecasting: Principles and Practice, 3rd ed., 5.2. */
export const naive: DemandModel = {
  name: "naive",
  forecast: (panel, origin, horizon, sums) =>
    spreadForecasts(
      panel,
      origin,
      horizon,
      panel.series.map((series) => naiveForecaster(series, origin, null)),
      sums
    ),
}
