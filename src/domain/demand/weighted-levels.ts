import type { DemandSeries } from "./types"

/** Least seasonal factor that demand is divided by. */
const LEAST_FACTOR = 0.1

/** Level of a series before each period, shape `[origin + 1]`: the mean of all known periods before it, each weighing `1 − α` of the next one;
 * exponential smoothing that needs no start. `NaN` before anything is known. Unknown periods change nothing. The last entry is the forecast from `origin` on.
 * @param index Seasonal factor per period, shape `[≥ origin]`; demand is divided by it first. `null` for none.
 */
export function weightedLevels(series: DemandSeries, origin: number, alpha: number, index: Float64Array | null = null): Float64Array {
  const levels = new Float64Array(origin + 1).fill(NaN)
  let total = 0
  let weight = 0
  for (let period = series.firstPeriod; period < origin; period++) {
    const units = series.units[period] ?? NaN
    if (!Number.isNaN(units)) {
      total = (1 - alpha) * total + (alpha * units) / (index ? Math.max(LEAST_FACTOR, index[period] ?? 1) : 1)
      weight = (1 - alpha) * weight + alpha
    }
    levels[period + 1] = weight > 0 ? total / weight : NaN
  }
  return levels
}
