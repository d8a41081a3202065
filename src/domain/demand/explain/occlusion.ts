import type { DemandCause, DemandParts } from "../types"
import { restGoesTo } from "./demand-parts"

/** Groups of inputs that can be left out: `other` is what kind of item it is. The past of sales is never left out: without it nothing is forecast. */
export type OccludedCause = Exclude<DemandCause, "trend">

/** Parts of a model that only its inputs explain: each group of inputs is left out alone, and what that takes from the forecast is its part. `trend` is what the
 * past of sales says without any of them, beside the long run; what the groups do only together is `other`.
 * @param causes Groups that the model has inputs for.
 * @param expected Expected totals without the inputs of some causes, one a series; asked once with none, once with each cause and once with all.
 * @param longRun Long-run totals, in the same order.
 * @see Zeiler & Fergus (2014), Visualizing and understanding convolutional networks, for occlusion.
 */
export function partsByOcclusion(
  causes: readonly OccludedCause[],
  expected: (without: readonly OccludedCause[]) => readonly number[],
  longRun: readonly number[]
): DemandParts[] {
  const whole = expected([])
  const past = expected(causes)
  const without = causes.map((cause) => ({ cause, totals: expected([cause]) }))
  return longRun.map((level, at) => {
    const total = whole[at] ?? 0
    const units: Partial<DemandParts> = { trend: (past[at] ?? 0) - level }
    for (const { cause, totals } of without) units[cause] = total - (totals[at] ?? 0)
    return restGoesTo("other", total - level, units)
  })
}
