import { ForesightError } from "../errors"
import { partsOfModel } from "./explain/demand-parts"
import type { DemandModel } from "./types"

/** One fit of a model. */
export interface FitUntil {
  /** First period that it did not learn from, but for where to stop. */
  until: number
  model: DemandModel
}

/** One model out of several fits of it: from each origin the one forecasts that learnt last and from nothing there or later, as it will be once it is in service.
 * @param fits At least one, in any order.
 * @throws ForesightError `invalid_model` without a fit, and where all of them learnt from what an origin must not know. */
export function latestFit(fits: readonly FitUntil[]): DemandModel {
  const ascending = [...fits].sort((a, b) => a.until - b.until)
  const [first] = ascending
  if (!first) throw new ForesightError("invalid_model", "fits is empty; expected at least one")
  const at = (origin: number): DemandModel => {
    const found = ascending.findLast(({ until }) => until <= origin)
    if (!found) throw new ForesightError("invalid_model", `origin is ${origin}; expected ${first.until} or later: every fit of ${first.model.name} has seen more`)
    return found.model
  }
  return {
    name: first.model.name,
    forecast: (panel, origin, horizon, sums) => at(origin).forecast(panel, origin, horizon, sums),
    explain: (panel, origin, horizon, span) => partsOfModel(at(origin), panel, origin, horizon, span),
  }
}
