import { QUANTILE_LEVELS } from "../types"

/** Numbers of units; the chance that demand exceeds it has a forest each. */
export const COUNT_THRESHOLDS = [0, 1, 2, 3, 4, 6, 9, 14, 22, 35] as const

/** Most units of a row, by its level and season, for which demand is counted: of faster items the quantiles say as much. */
export const MOST_COUNTED = 12

/** Smallest chance that is told from none. */
const LEAST = 1e-9
/** Beyond the last threshold chances fall as between the last two, but no quantile is above so many times it. */
const MOST_TIMES = 4
const ROUNDING = 1e-9

/** Quantiles of a number of units: for each level the least whole number that demand exceeds with a chance of at most 1 − level. Between two thresholds
 * the logarithm of the chance is linear, as for a geometric distribution.
 * @param chances That demand exceeds each of `COUNT_THRESHOLDS`; where one is above the one before it, that one's counts.
 * @returns Whole numbers ≥ 0 at `QUANTILE_LEVELS`, ascending.
 */
export function countQuantiles(chances: readonly number[]): Float64Array {
  let least = 1
  const logs = chances.map((chance) => {
    least = Math.max(LEAST, Math.min(least, chance))
    return Math.log(least)
  })
  return Float64Array.from(QUANTILE_LEVELS, (level) => {
    const wanted = Math.log(1 - level)
    const reached = logs.findIndex((log) => log <= wanted + ROUNDING)
    if (reached === 0) return 0
    const upper = reached < 0 ? logs.length - 1 : reached
    const [from, to] = [COUNT_THRESHOLDS[upper - 1] ?? 0, COUNT_THRESHOLDS[upper] ?? 0]
    const [high, low] = [logs[upper - 1] ?? 0, logs[upper] ?? 0]
    const most = reached < 0 ? MOST_TIMES * to : to
    return Math.min(most, from + Math.ceil(((high - wanted) / Math.max(ROUNDING, high - low)) * (to - from) - ROUNDING))
  })
}
