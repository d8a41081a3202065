import { explainedByLevel } from "./explain/explained-by-level"
import { LEARNING_PERIODS, type PointForecaster } from "./point-forecaster"
import { spreadForecasts } from "./spread-forecasts"
import type { DemandModel, DemandSeries } from "./types"

const ALPHAS = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8] as const
/** Known periods whose mean starts the level. */
const START_PERIODS = 4

/** Level of a series before each period, shape `[origin + 1]`: `ℓ ← ℓ + α(y − ℓ)` in known periods, unchanged in unknown ones; starts at the
 * mean of the first four known periods. α is the one of nine with the least squared one-step error of the series' own past.
 * `NaN` before anything is known. The last entry is the forecast from `origin` on.
 * @param index Seasonal factor per period, shape `[≥ origin]`; demand is divided by it first. `null` for none.
 * @see Brown (1959); "SESOpt" in Nixtla's statsforecast.
 */
export function smoothedLevels(series: DemandSeries, origin: number, index: Float64Array | null = null): Float64Array {
  const known: number[] = []
  const values: number[] = []
  for (let period = series.firstPeriod; period < origin; period++) {
    const units = series.units[period] ?? NaN
    if (Number.isNaN(units)) continue
    known.push(period)
    values.push(index ? units / (index[period] ?? 1) : units)
  }
  const levels = new Float64Array(origin + 1).fill(NaN)
  if (values.length === 0) return levels
  const start = values.slice(0, START_PERIODS).reduce((sum, value) => sum + value, 0) / Math.min(START_PERIODS, values.length)
  let best: number = ALPHAS[2]
  let least = Infinity
  for (const alpha of ALPHAS) {
    let level = start
    let squares = 0
    for (let at = 0; at < values.length; at++) {
      const error = (values[at] as number) - level
      if (at >= START_PERIODS) squares += error * error
      level += alpha * error
    }
    if (values.length > LEARNING_PERIODS && squares < least - 1e-12) {
      least = squares
      best = alpha
    }
  }
  let level = start
  let next = 0
  for (let period = known[0] ?? 0; period <= origin; period++) {
    levels[period] = level
    if (period === known[next]) level += best * ((values[next++] as number) - level)
  }
  return levels
}

/** Forecaster that says `level × factor`, silent in the series' first `LEARNING_PERIODS` periods. */
export function levelForecaster(series: DemandSeries, levels: Float64Array, origin: number, index: Float64Array | null = null): PointForecaster {
  const silent = Math.min(series.firstPeriod + LEARNING_PERIODS, origin)
  return {
    at: (at, ahead) => (at < silent ? NaN : (levels[at] ?? NaN) * (index ? (index[at + ahead] ?? 1) : 1)),
    scale: null,
  }
}

/** Simple exponential smoothing without a season: flat ahead, quick, hard to beat. */
export const exponentialSmoothing: DemandModel = explainedByLevel({
  name: "exponential-smoothing",
  forecast: (panel, origin, horizon, sums) =>
    spreadForecasts(
      panel,
      origin,
      horizon,
      panel.series.map((series) => levelForecaster(series, smoothedLevels(series, origin), origin)),
      sums
    ),
})
