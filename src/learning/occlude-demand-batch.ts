import type { OccludedCause } from "../domain/demand/explain/occlusion"
import type { DemandBatch } from "./demand-net-inputs"
import { PERIOD_INPUTS, SERIES_INPUTS } from "./demand-net-spec"

/** Groups of inputs that the net has. */
export const OCCLUDED_CAUSES = ["season", "price", "other"] as const satisfies readonly OccludedCause[]

/** Places among the inputs of a past period: the price, and the calendar's four. */
const PAST_PRICE = 3
const PAST_CALENDAR = 6
/** Place among the inputs of a series: whether last year is known. */
const LAST_YEAR_KNOWN = 4

/** The batch without what some causes stand for. Left out is 0: the mean of a sine or cosine over the year, the usual price, the usual size of a group, no
 * category. */
export function withoutInputs(batch: DemandBatch, causes: readonly OccludedCause[]): DemandBatch {
  if (causes.length === 0) return batch
  const [past, known] = [batch.past.slice(), batch.known.slice()]
  const left = (cause: OccludedCause) => causes.includes(cause)
  for (let row = 0; row < past.length; row += PERIOD_INPUTS) {
    if (left("price")) past[row + PAST_PRICE] = 0
    if (left("season")) past.fill(0, row + PAST_CALENDAR, row + PERIOD_INPUTS)
  }
  const width = known.length / Math.max(1, batch.size)
  for (let row = 0; left("season") && row < known.length; row += width) {
    known[row + LAST_YEAR_KNOWN] = 0
    known.fill(0, row + SERIES_INPUTS, row + width)
  }
  return { ...batch, past, known, category: left("other") ? new Int32Array(batch.category.length) : batch.category }
}
