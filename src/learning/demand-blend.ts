import type { DemandModel } from "../domain/demand"
import { averageParts, demandParts, partsOfModel } from "../domain/demand/explain/demand-parts"

/**
 * A model whose quantiles and means are the plain average of others' (Vincentization): two models that err in different ways err less
 * together, and averaging levels keeps the quantiles ascending.
 */
export function blendDemandModels(name: string, models: readonly DemandModel[]): DemandModel {
  return {
    name,
    forecast(panel, origin, horizon) {
      const all = models.map((model) => model.forecast(panel, origin, horizon))
      const average = (of: (model: number, series: number) => Float64Array, series: number) =>
        of(0, series).map((_, at) => all.reduce((sum, _forecasts, model) => sum + (of(model, series)[at] ?? 0), 0) / all.length)
      return panel.series.map(({ seriesId }, index) => ({
        seriesId,
        mean: average((model, series) => all[model]?.[series]?.mean ?? new Float64Array(horizon), index),
        quantiles: average((model, series) => all[model]?.[series]?.quantiles ?? new Float64Array(), index),
      }))
    },
    explain(panel, origin, horizon, span) {
      const all = models.map((model) => partsOfModel(model, panel, origin, horizon, span))
      return span.which.map((_, at) => averageParts(all.map((parts) => ({ weight: 1, parts: parts[at] ?? demandParts({}) }))))
    },
  }
}
