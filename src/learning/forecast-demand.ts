import { classOf, STATISTICAL_MODELS, type DemandModel } from "../domain/demand"
import { explainForecasts } from "../domain/demand/explain/explain-forecasts"
import { priceResponses } from "../domain/demand/price-response"
import { promotedPeriods } from "../domain/demand/promotion-column"
import { ForesightError } from "../domain/errors"
import type { TrainingJob, TrainingResult } from "../domain/training"
import { servedMixture, unpackDemandModel } from "./demand-model-bytes"
import type { TrainingWatch } from "./training-watch"

type ForecastJob = Extract<TrainingJob, { task: "forecast" }>

/**
 * Forecasts all series of a panel from its end on with a trained version, or without one by the first rule that needs no training. A horizon longer than the
 * version's is cut to it: whoever needs more repeats the last period. Also says what prices and promotions did.
 * @returns Forecasts and their reasons in the order of the series, and per series the correlation between periods that was chosen for its class.
 * @throws ForesightError `invalid_model` when the bytes hold no demand version or one of another frequency.
 */
export function forecastDemand({ panel, horizon, model }: ForecastJob, backend: string, watch: TrainingWatch): TrainingResult {
  const startedAt = performance.now()
  const trained = model && unpackDemandModel(model)
  watch.onProgress({ stage: "forecasting", step: 0, steps: 1 })
  const origin = panel.periods.length
  const served = trained ? servedMixture("served", trained) : untrained()
  const forecasts = served.forecast(panel, origin, trained ? Math.min(horizon, trained.horizon) : horizon)
  watch.onProgress({ stage: "explaining", step: 0, steps: 1 })
  const reasons = explainForecasts(served, panel, origin, forecasts)
  watch.onProgress({ stage: "explaining", step: 1, steps: 1 })
  watch.onProgress({ stage: "prices", step: 0, steps: 1 })
  const responses = priceResponses(panel, promotedPeriods(panel))
  return {
    task: "forecast",
    forecasts,
    reasons,
    correlation: trained ? Object.fromEntries(panel.series.map((series) => [series.seriesId, trained.choice[classOf(series, origin)].correlation])) : {},
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
