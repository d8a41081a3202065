import { SEASON_PERIODS } from "./class-of"
import { demandParts, distanceOf } from "./explain/demand-parts"
import type { PointForecaster } from "./point-forecaster"
import { pooledForecasts } from "./pooled-quantiles"
import { spreadForecasts } from "./spread-forecasts"
import type { DemandModel, DemandPanel, DemandSeries } from "./types"

/** Periods behind the scale in which the naive model's errors are measured. */
const SCALE_PERIODS = 26
/** Errors of the past from which the kind of quantiles can be chosen. */
const LEAST_LESSONS = 500

/** Repeats the same periods of the season before; a series younger than a season and a horizon repeats its last known period.
 * Its forecast is often 0 where sales are not, so its errors are pooled in units of the item's mean demand, not as ratios.
 * @see Hyndman & Athanasopoulos (2021), Forecasting: Principles and Practice, 3rd ed., 5.2.
 */
export const seasonalNaive: DemandModel = {
  name: "seasonal-naive",
  explain: (panel, origin, horizon, { periods, which, forecasts: known }) => {
    const forecasts = known ?? seasonalNaive.forecast(panel, origin, horizon)
    return which.map((at) => {
      const [series, own] = [panel.series[at], forecasts[at]]
      if (!series || !own) return demandParts({})
      // the year before is its season, the last period its trend
      return demandParts({ [isSeasonal(panel, series, origin, horizon) ? "season" : "trend"]: distanceOf(own, series, origin, panel.frequency, periods) })
    })
  },
  forecast: (panel, origin, horizon, sums) => {
    const season = SEASON_PERIODS[panel.frequency]
    const seasonal = (series: DemandSeries) => isSeasonal(panel, series, origin, horizon)
    // A season leaves few errors before the block on which the kind of quantiles is chosen.
    const lessons = panel.series.reduce((sum, series) => sum + Math.max(0, origin - 2 * horizon - season - series.firstPeriod), 0)
    const around = panel.series.some(seasonal) && lessons < LEAST_LESSONS ? pooledForecasts : spreadForecasts
    return around(
      panel,
      origin,
      horizon,
      panel.series.map((series) => naiveForecaster(series, origin, seasonal(series) ? season : null)),
      sums
    )
  },
}

function isSeasonal({ frequency }: DemandPanel, { firstPeriod }: DemandSeries, origin: number, horizon: number): boolean {
  return origin - firstPeriod >= SEASON_PERIODS[frequency] + horizon
}

/** The value of the same period `season` ago (`null`: the last known one), with errors in units of mean demand lately. */
export function naiveForecaster(series: DemandSeries, origin: number, season: number | null): PointForecaster {
  const last = new Float64Array(origin + 1).fill(NaN)
  let units = 0
  let known = 0
  for (let period = series.firstPeriod; period < origin; period++) {
    const sold = series.units[period] ?? NaN
    last[period + 1] = Number.isNaN(sold) ? (last[period] ?? NaN) : sold
    if (Number.isNaN(sold) || period < origin - SCALE_PERIODS) continue
    units += sold
    known++
  }
  return {
    scale: known > 0 ? units / known : 0,
    at: (at, ahead) => {
      if (season !== null) {
        const sameTime = at + ahead - season * Math.ceil((ahead + 1) / season)
        const sold = sameTime >= series.firstPeriod ? (series.units[sameTime] ?? NaN) : NaN
        if (!Number.isNaN(sold)) return sold
        if (at < origin) return NaN
      }
      return last[at] ?? NaN
    },
  }
}
