import { classOf } from "../domain/demand"
import { explainForecasts } from "../domain/demand/explain/explain-forecasts"
import type { TrainingJob, TrainingResult } from "../domain/training"
import { servedMixture, unpackDemandModel } from "./demand-model-bytes"
import type { TrainingWatch } from "./training-watch"

type ForecastJob = Extract<TrainingJob, { task: "forecast" }>

/**
 * Forecasts all series of a panel from its end on with a trained version. A horizon longer than the version's is cut to it: whoever needs
 * more repeats the last period.
 * @returns Forecasts and their reasons in the order of the series, and per series the correlation between periods that was chosen for its class.
 * @throws ForesightError `invalid_model` when the bytes hold no demand version or one of another frequency.
 */
export function forecastDemand({ panel, horizon, model }: ForecastJob, backend: string, watch: TrainingWatch): TrainingResult {
  const startedAt = performance.now()
  const trained = unpackDemandModel(model)
  watch.onProgress({ stage: "forecasting", step: 0, steps: 1 })
  const origin = panel.periods.length
  const served = servedMixture("served", trained)
  const forecasts = served.forecast(panel, origin, Math.min(horizon, trained.horizon))
  watch.onProgress({ stage: "explaining", step: 0, steps: 1 })
  const reasons = explainForecasts(served, panel, origin, forecasts)
  watch.onProgress({ stage: "explaining", step: 1, steps: 1 })
  return {
    task: "forecast",
    forecasts,
    reasons,
    correlation: Object.fromEntries(panel.series.map((series) => [series.seriesId, trained.choice[classOf(series, origin)].correlation])),
    seconds: (performance.now() - startedAt) / 1000,
    backend,
  }
}
