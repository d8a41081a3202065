import type { DemandSeries } from "./types"

/** Least seasonal factor that demand is divided by. */
const LEAST_FACTOR = 0.1

/** What was known of a series, without its gaps. */
export interface KnownValues {
  /** Known units from the first period of the series on, divided by the season where there is one. */
  values: Float64Array
  /** How many of them were known before each period, shape `[origin + 1]`. */
  seen: Int32Array
}

/** The known units of a series before `origin`; unknown periods are skipped, as if they had not been.
 * @param index Seasonal factor per period, shape `[≥ origin]`, or `null`.
 */
export function knownValues(series: DemandSeries, origin: number, index: Float64Array | null = null): KnownValues {
  const values = new Float64Array(origin)
  const seen = new Int32Array(origin + 1)
  let count = 0
  for (let period = 0; period < origin; period++) {
    const units = period >= series.firstPeriod ? (series.units[period] ?? NaN) : NaN
    if (!Number.isNaN(units)) values[count++] = index ? units / Math.max(LEAST_FACTOR, index[period] ?? 1) : units
    seen[period + 1] = count
  }
  return { values: values.subarray(0, count), seen }
}

/** What was said after so many values (entry 0: before any, unused), as level before each period; `NaN` while nothing is known. */
export function levelsAt(seen: Int32Array, byCount: ArrayLike<number>): Float64Array {
  return Float64Array.from(seen, (count) => (count > 0 ? (byCount[count] ?? NaN) : NaN))
}
