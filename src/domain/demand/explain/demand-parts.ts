import type { DemandCause, DemandForecast, DemandModel, DemandPanel, DemandParts, DemandSeries, ExplainedSpan, Frequency } from "../types"
import { DEMAND_CAUSES } from "../types"
import { longRunLevel } from "./long-run-level"

/** Parts with these units and 0 for every other cause. */
export function demandParts(units: Partial<DemandParts>): DemandParts {
  return { trend: 0, season: 0, calendar: 0, price: 0, other: 0, ...units }
}

/** What is left of `distance` when `units` are taken from it goes to one cause, so that all sum to it. */
export function restGoesTo(cause: DemandCause, distance: number, units: Partial<Record<DemandCause, number>>): DemandParts {
  const parts = demandParts(units)
  parts[cause] += distance - Object.values(units).reduce((sum, value) => sum + value, 0)
  return parts
}

/** Expected units of the first periods, beside as many of the long-run demand. */
export function distanceOf({ mean }: Pick<DemandForecast, "mean">, series: DemandSeries, origin: number, frequency: Frequency, periods: number): number {
  let total = 0
  for (let ahead = 0; ahead < periods; ahead++) total += mean[ahead] ?? 0
  return total - periods * longRunLevel(series, origin, frequency).demand
}

/** A model's parts; all `other` where it has no word on them. */
export function partsOfModel(model: DemandModel, panel: DemandPanel, origin: number, horizon: number, span: ExplainedSpan): DemandParts[] {
  if (model.explain) return model.explain(panel, origin, horizon, span)
  const forecasts = span.forecasts ?? model.forecast(panel, origin, horizon)
  return span.which.map((at) => {
    const [series, forecast] = [panel.series[at], forecasts[at]]
    return demandParts({ other: series && forecast ? distanceOf(forecast, series, origin, panel.frequency, span.periods) : 0 })
  })
}

/** The average of several models' parts of one series; weights are scaled to 1. */
export function averageParts(weighted: readonly { weight: number; parts: DemandParts }[]): DemandParts {
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0)
  const out = demandParts({})
  if (!(total > 0)) return out
  for (const { weight, parts } of weighted) for (const cause of DEMAND_CAUSES) out[cause] += (weight / total) * parts[cause]
  return out
}
