import { ForesightError } from "../errors"
import { classOf, DEMAND_CLASSES } from "./class-of"
import { zeroForecast } from "./demand-paths"
import { demandParts, partsOfModel } from "./explain/demand-parts"
import type { DemandBacktest, DemandClass, DemandModel, DemandParts } from "./types"

/** The model that is served: each series is forecast by the model chosen for its class at the origin.
 * @throws ForesightError `invalid_model` when a chosen model is not among `models`.
 */
export function createMixture(name: string, models: readonly DemandModel[], choice: DemandBacktest["choice"]): DemandModel {
  const byName = new Map(models.map((model) => [model.name, model]))
  for (const demandClass of DEMAND_CLASSES) {
    const chosen = choice[demandClass].model
    if (!byName.has(chosen)) throw new ForesightError("invalid_model", `choice.${demandClass}.model is "${chosen}"; expected one of ${[...byName.keys()].join(", ")}`)
  }
  return {
    name,
    forecast(panel, origin, horizon) {
      const classes = panel.series.map((series) => classOf(series, origin))
      const wanted = new Set<string>(classes.map((demandClass) => choice[demandClass].model))
      const forecasts = new Map([...wanted].map((chosen) => [chosen, byName.get(chosen)?.forecast(panel, origin, horizon) ?? []]))
      return panel.series.map((series, index) => {
        const demandClass = classes[index] as DemandClass
        return forecasts.get(choice[demandClass].model)?.[index] ?? zeroForecast(series.seriesId, horizon)
      })
    },
    explain(panel, origin, horizon, { periods, which }) {
      const places = new Map<string, number[]>()
      for (const at of which) {
        const series = panel.series[at]
        if (!series) continue
        const chosen = choice[classOf(series, origin)].model
        places.set(chosen, [...(places.get(chosen) ?? []), at])
      }
      const parts = new Map<number, DemandParts>()
      for (const [chosen, own] of places) {
        const explained = partsOfModel(byName.get(chosen) as DemandModel, panel, origin, horizon, { periods, which: own })
        own.forEach((at, index) => parts.set(at, explained[index] ?? demandParts({})))
      }
      return which.map((at) => parts.get(at) ?? demandParts({}))
    },
  }
}
