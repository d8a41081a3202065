import { aggregatedLevels, meanInterval } from "./aggregated-levels"
import { knownValues, levelsAt } from "./known-values"
import { levelMember } from "./level-member"
import type { DemandSeries } from "./types"

/** Level of a series before each period: the mean over sums of one, two, … periods, up to the mean interval between sales. Sizes that are not yet known
 * do not count.
 */
export function imapaLevels(series: DemandSeries, origin: number, index: Float64Array | null = null): Float64Array {
  const { values, seen } = knownValues(series, origin, index)
  const sums = new Float64Array(values.length + 1)
  const counts = new Float64Array(values.length + 1)
  for (let size = 1; size <= meanInterval(values); size++) {
    aggregatedLevels(values, size).forEach((level, count) => {
      if (Number.isNaN(level)) return
      sums[count]! += level
      counts[count]! += 1
    })
  }
  return levelsAt(
    seen,
    sums.map((sum, count) => sum / (counts[count] ?? 0))
  )
}

/** Intermittent multiple aggregation prediction algorithm: no single size of buckets has to be right.
 * @see Petropoulos & Kourentzes (2015), J. Oper. Res. Soc. 66(6).
 */
export const imapa = levelMember("imapa", imapaLevels)
