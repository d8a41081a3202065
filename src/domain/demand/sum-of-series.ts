import { createRandom } from "../random"
import type { PathDraws } from "./path-draws"
import { quantileIndex } from "./select-quantile"
import { QUANTILE_LEVELS } from "./types"

/** A weekly forecast as it is stored, of one variant at one location. */
export interface SeriesForecast {
  /** Units a period, shape `[horizon]`. */
  mean: ArrayLike<number>
  /** Units at `QUANTILE_LEVELS`, row-major, shape `[horizon × levels]`. */
  quantiles: ArrayLike<number>
  /** Between the errors of any two periods, in [0, 1). */
  correlation: number
}

/** Mean and band of a number of units. */
export interface Band {
  mean: number
  /** Units at 0.1 and 0.9: eight of ten outcomes lie between. */
  low: number
  high: number
}

/** Sets of draws that are made; each series turns one by a number of paths of its own, which is as good as new draws and costs nothing. */
const STREAMS = 8
const LEVELS = QUANTILE_LEVELS.length
const LOW = 0.1
const HIGH = 0.9
const LOW_COLUMN = QUANTILE_LEVELS.indexOf(LOW)
const HIGH_COLUMN = QUANTILE_LEVELS.indexOf(HIGH)

/** Joint futures of the sum of several series, shape `[periods × paths]`: each series by its own quantiles and the stored correlation between its periods,
 * series independent of each other. Of several series each period's paths are moved so that their mean is the sum of the forecasts' means: quantiles that
 * stop at 0.99, or are whole numbers, draw another mean than the forecast has, for many series the same way.
 * @param index Number of a series among all of the shop: two series with different numbers draw independently. Periods beyond a horizon repeat its last one.
 */
export function sumPaths(series: readonly { forecast: SeriesForecast; index: number }[], periods: number, draws: PathDraws): Float64Array {
  const { paths, lower, upper, weight } = draws
  const into = new Float64Array(periods * paths)
  const expected = new Float64Array(periods)
  for (const { forecast, index } of series) {
    const horizon = forecast.mean.length
    if (horizon === 0) continue
    const turn = index < STREAMS ? 0 : Math.floor(createRandom(index)() * paths)
    for (let period = 0; period < periods; period++) {
      const ranks = draws.ranks(forecast.correlation, period, index % STREAMS)
      const row = Math.min(period, horizon - 1) * LEVELS
      const offset = period * paths
      expected[period]! += forecast.mean[Math.min(period, horizon - 1)] ?? 0
      for (let path = 0; path < paths; path++) {
        const rank = ranks[path] as number
        const from = forecast.quantiles[row + (lower[rank] as number)] as number
        const to = forecast.quantiles[row + (upper[rank] as number)] as number
        const units = from + (to - from) * (weight[rank] as number)
        const at = path + turn
        if (units > 0) into[offset + (at < paths ? at : at - paths)]! += units
      }
    }
  }
  for (let period = 0; series.length > 1 && period < periods; period++) centre(into.subarray(period * paths, (period + 1) * paths), expected[period] ?? 0)
  return into
}

/** Moves numbers so that their mean is `mean`; none falls below 0. */
function centre(values: Float64Array, mean: number): void {
  const shift = mean - values.reduce((sum, units) => sum + units, 0) / Math.max(1, values.length)
  for (let at = 0; at < values.length; at++) values[at] = Math.max(0, (values[at] ?? 0) + shift)
}

/** Least weeks of history that tell whether series move together. */
const LEAST_WEEKS = 12

/** How much more the sum of several series swings from week to week than it would if they moved independently: `Σ_t (Σ_i Δ_it)² / Σ_t Σ_i Δ_it²` over
 * the changes Δ between neighbouring weeks; 1 for independent series, up to their number where all move as one. Changes instead of levels, so that a slow
 * trend is no swing; a shared season is one, which errs on the wide side. Between 1 and the number of series; 1 with fewer than 12 weeks.
 * @param histories Units a week, all ending with the same week; NaN where unknown.
 */
export function swingRatio(histories: readonly ArrayLike<number>[]): number {
  const weeks = histories.reduce((most, { length }) => Math.max(most, length), 0)
  if (histories.length < 2 || weeks < LEAST_WEEKS) return 1
  const together = new Float64Array(weeks - 1)
  let apart = 0
  for (const history of histories) {
    for (let back = 0; back + 1 < history.length; back++) {
      const change = (history[history.length - 1 - back] ?? NaN) - (history[history.length - 2 - back] ?? NaN)
      if (Number.isNaN(change)) continue
      together[back]! += change
      apart += change * change
    }
  }
  const swing = together.reduce((sum, change) => sum + change * change, 0)
  return apart > 0 ? Math.min(histories.length, Math.max(1, swing / apart)) : 1
}

/** Mean and band of the sum over the first `periods` periods (a fraction counts that part of the last one). The mean is that of the forecasts;
 * the paths' distance from their own mean is widened by `√swing`, and nothing falls below 0.
 * @param paths Of `sumPaths()`, at least `⌈periods⌉` periods. @param mean Expected units of each period.
 */
export function bandOfSum(paths: Float64Array, mean: ArrayLike<number>, swing: number, periods: number, draws: PathDraws): Band {
  const sums = new Float64Array(draws.paths)
  let expected = 0
  for (let period = 0; period < periods; period++) {
    const share = Math.min(1, periods - period)
    expected += share * (mean[Math.min(period, mean.length - 1)] ?? 0)
    for (let path = 0; path < draws.paths; path++) sums[path]! += share * (paths[period * draws.paths + path] as number)
  }
  return widened(sums, expected, swing)
}

/** The same of one period alone. */
export function bandOfPeriod(paths: Float64Array, mean: ArrayLike<number>, swing: number, period: number, draws: PathDraws): Band {
  return widened(paths.slice(period * draws.paths, (period + 1) * draws.paths), mean[period] ?? 0, swing)
}

/** Mean and band of one period of a single series: what is stored, without any draw. */
export function storedBand(forecast: Pick<SeriesForecast, "mean" | "quantiles">, period: number): Band {
  const at = (column: number) => forecast.quantiles[period * LEVELS + column] ?? 0
  return { mean: forecast.mean[period] ?? 0, low: at(LOW_COLUMN), high: at(HIGH_COLUMN) }
}

function widened(sums: Float64Array, mean: number, swing: number): Band {
  const centre = sums.reduce((sum, units) => sum + units, 0) / Math.max(1, sums.length)
  sums.sort()
  const at = (level: number) => Math.max(0, centre + Math.sqrt(swing) * ((sums[quantileIndex(sums.length, level)] ?? 0) - centre))
  return { mean, low: at(LOW), high: at(HIGH) }
}
