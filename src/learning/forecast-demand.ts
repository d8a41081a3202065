import { createPathDraws, STATISTICAL_MODELS, type DemandModel } from "../domain/demand"
import { correlationOfSum } from "../domain/demand/correlation-of-sum"
import { forecastWithSums } from "../domain/demand/ensemble"
import { explainForecasts } from "../domain/demand/explain/explain-forecasts"
import { priceResponses } from "../domain/demand/price-response"
import { promotedPeriods } from "../domain/demand/promotion-column"
import { ForesightError } from "../domain/errors"
import type { TrainingJob, TrainingResult } from "../domain/training"
import { servedEnsemble, unpackDemandModel } from "./demand-model-bytes"
import type { TrainingWatch } from "./training-watch"

/** Futures drawn per series to find its correlation: enough for nine deciles of a sum, stratified as they are. */
const PATHS = 200

type ForecastJob = Extract<TrainingJob, { task: "forecast" }>

/**
 * Forecasts all series of a panel from its end on with a trained version, or without one by the first rule that needs no training. A horizon longer than the
 * version's is cut to it: whoever needs more repeats the last period. Also says what prices and promotions did.
 * @returns Forecasts and their reasons in the order of the series, and per series the correlation between periods that its sum over lead time and review speaks for.
 * @throws ForesightError `invalid_model` when the bytes hold no demand version or one of another frequency.
 */
export function forecastDemand({ panel, horizon, model }: ForecastJob, backend: string, watch: TrainingWatch): TrainingResult {
  const startedAt = performance.now()
  const trained = model && unpackDemandModel(model)
  watch.onProgress({ stage: "forecasting", step: 0, steps: 1 })
  const origin = panel.periods.length
  const served = trained ? servedEnsemble("served", trained) : untrained()
  const ahead = trained ? Math.min(horizon, trained.horizon) : horizon
  const sumPeriods = Math.min(ahead, trained?.sumPeriods ?? 1)
  const forecasts = forecastWithSums(served, panel, origin, ahead, [sumPeriods])
  const draws = createPathDraws({ paths: PATHS, seed: 1 })
  watch.onProgress({ stage: "explaining", step: 0, steps: 1 })
  const reasons = explainForecasts(served, panel, origin, forecasts)
  watch.onProgress({ stage: "explaining", step: 1, steps: 1 })
  watch.onProgress({ stage: "prices", step: 0, steps: 1 })
  const responses = priceResponses(panel, promotedPeriods(panel))
  return {
    task: "forecast",
    forecasts,
    reasons,
    correlation: Object.fromEntries(forecasts.map((forecast) => [forecast.seriesId, correlationOfSum(forecast, sumPeriods, draws)])),
    priceResponses: responses,
    seconds: (performance.now() - startedAt) / 1000,
    backend,
  }
}

function untrained(): DemandModel {
  const [rule] = STATISTICAL_MODELS
  if (!rule) throw new ForesightError("invalid_model", "there is no demand model at all")
  return rule
}
