import type { DemandSeries } from "./types"

/** A point forecaster of one series, asked about any moment of its past. */
export interface PointForecaster {
  /** Forecast made when everything before period `at` was known, for period `at + ahead`; `NaN` while it still learns. */
  at(at: number, ahead: number): number
  /** What one error is measured in; `null`: in the forecast itself (ratios actual / forecast), else units (for forecasts that may be 0). */
  scale: number | null
}

/** Periods `from` … `to − 1` after an origin, taken together: a single step, or the sum of the first ones. */
export interface ForecastWindow {
  from: number
  to: number
}

export function stepWindow(ahead: number): ForecastWindow {
  return { from: ahead, to: ahead + 1 }
}

export function sumWindow(periods: number): ForecastWindow {
  return { from: 0, to: periods }
}

/** The wanted sums that a forecast of `horizon` periods can give. */
export function sumsWithin(sums: readonly number[] | undefined, horizon: number): readonly number[] {
  return sums?.filter((periods) => periods >= 1 && periods <= horizon) ?? []
}

/** Units in the window after `at`; `NaN` where a period is unknown. */
export function actualIn(series: DemandSeries, at: number, window: ForecastWindow): number {
  let units = 0
  for (let ahead = window.from; ahead < window.to; ahead++) units += series.units[at + ahead] ?? NaN
  return units
}

/** What the forecaster said at `at` of the window after it; `NaN` while it learns. */
export function forecastIn(point: PointForecaster, at: number, window: ForecastWindow): number {
  let units = 0
  for (let ahead = window.from; ahead < window.to; ahead++) units += point.at(at, ahead)
  return units
}

/** First known periods of a series whose forecasts are not used: the level is still learning. */
export const LEARNING_PERIODS = 6

/** Forecaster that looks up what a model said, silent in the series' first `LEARNING_PERIODS` periods.
 * @param rows Forecasts made at each period, row-major, shape `[(origin + 1) × horizon]`.
 */
export function recordedForecaster(series: DemandSeries, rows: Float64Array, origin: number, horizon: number): PointForecaster {
  const silent = Math.min(series.firstPeriod + LEARNING_PERIODS, origin)
  return { at: (at, ahead) => (at < silent ? NaN : (rows[at * horizon + ahead] ?? NaN)), scale: null }
}
