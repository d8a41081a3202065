import { zeroForecast } from "./demand-paths"
import { negativeBinomialQuantiles } from "./negative-binomial-quantiles"
import { actualIn, forecastIn, stepWindow, sumWindow, sumsWithin, type ForecastWindow, type PointForecaster } from "./point-forecaster"
import { QUANTILE_LEVELS, type DemandForecast, type DemandPanel, type DemandSeries } from "./types"

/** Periods that the dispersion of items of like size counts for beside an item's own. */
const PRIOR_PERIODS = 8
/** Groups of items by size. */
const SIZE_GROUPS = 10
const LEAST_DISPERSION = 1e-4
const MOST_DISPERSION = 50
/** Where nothing was seen: as wide as a geometric distribution. */
const UNKNOWN_DISPERSION = 1

/** Distributions around point forecasts: negative binomial with the forecast as its mean `m` and variance `m + φ·m²` (gamma above 1,000 units).
 * φ by moments from the item's own in-sample forecasts `f` of the same step, or of the same sum: `Σ((y − f)² − f) / Σf²`, shrunk to the median of
 * items of like size, which counts for 8 periods. A forecast of 0 is 0 throughout.
 * @param point The forecaster of each series of the panel, in its order; it must read nothing at or after `origin`.
 * @param sums Numbers of periods whose total is wanted as well; those beyond the horizon are left out.
 */
export function negativeBinomialForecasts(
  panel: DemandPanel,
  origin: number,
  horizon: number,
  point: readonly PointForecaster[],
  sums?: readonly number[]
): DemandForecast[] {
  const forecasts = panel.series.map((series) => zeroForecast(series.seriesId, horizon))
  if (sums) for (const forecast of forecasts) forecast.sums = []
  const meansIn = (window: ForecastWindow) => Float64Array.from(panel.series, (_, index) => Math.max(0, point[index] ? forecastIn(point[index], origin, window) || 0 : 0))
  const write = (window: ForecastWindow, means: Float64Array, into: (index: number) => [Float64Array, number]) => {
    const dispersions = dispersionsOf(panel, origin, point, means, window)
    means.forEach((mean, index) => negativeBinomialQuantiles(mean, dispersions[index] ?? UNKNOWN_DISPERSION, ...into(index)))
  }
  for (let ahead = 0; ahead < horizon; ahead++) {
    const means = meansIn(stepWindow(ahead))
    forecasts.forEach((forecast, index) => (forecast.mean[ahead] = means[index] ?? 0))
    write(stepWindow(ahead), means, (index) => [(forecasts[index] as DemandForecast).quantiles, ahead * QUANTILE_LEVELS.length])
  }
  for (const periods of sumsWithin(sums, horizon)) {
    const made = forecasts.map(({ mean }) => ({
      periods,
      mean: mean.subarray(0, periods).reduce((sum, value) => sum + value, 0),
      quantiles: new Float64Array(QUANTILE_LEVELS.length),
    }))
    forecasts.forEach((forecast, index) => forecast.sums?.push(made[index] as (typeof made)[number]))
    const means = Float64Array.from(made, ({ mean }) => mean)
    write(sumWindow(periods), means, (index) => [(made[index] as (typeof made)[number]).quantiles, 0])
  }
  return forecasts
}

/** φ of each series, shrunk to the median of its size group. */
function dispersionsOf(panel: DemandPanel, origin: number, point: readonly PointForecaster[], means: Float64Array, window: ForecastWindow): Float64Array {
  const known = new Float64Array(means.length)
  const dispersions = Float64Array.from(panel.series, (series, index) => {
    const own = point[index] ? ownDispersion(series, origin, point[index], window) : null
    known[index] = own?.known ?? 0
    return own?.dispersion ?? UNKNOWN_DISPERSION
  })
  const bySize = [...means.keys()].filter((index) => (known[index] ?? 0) > 0).sort((a, b) => (means[a] ?? 0) - (means[b] ?? 0))
  const limits = Array.from({ length: SIZE_GROUPS - 1 }, (_, group) => means[bySize[Math.floor(((group + 1) * bySize.length) / SIZE_GROUPS)] ?? 0] ?? 0)
  const groupOf = (mean: number) => limits.filter((limit) => mean >= limit).length
  const groups: number[][] = Array.from({ length: SIZE_GROUPS }, () => [])
  for (const index of bySize) groups[groupOf(means[index] ?? 0)]?.push(dispersions[index] ?? UNKNOWN_DISPERSION)
  const typical = groups.map(median)
  return dispersions.map((own, index) => {
    const periods = known[index] ?? 0
    return (periods * own + PRIOR_PERIODS * (typical[groupOf(means[index] ?? 0)] ?? UNKNOWN_DISPERSION)) / (periods + PRIOR_PERIODS)
  })
}

function ownDispersion(series: DemandSeries, origin: number, point: PointForecaster, window: ForecastWindow): { dispersion: number; known: number } {
  let [known, excess, squares] = [0, 0, 0]
  for (let at = series.firstPeriod; at + window.to <= origin; at++) {
    const actual = actualIn(series, at, window)
    const forecast = Math.max(0, forecastIn(point, at, window))
    if (Number.isNaN(actual) || Number.isNaN(forecast)) continue
    known++
    excess += (actual - forecast) ** 2 - forecast
    squares += forecast * forecast
  }
  return { known, dispersion: Math.min(MOST_DISPERSION, Math.max(LEAST_DISPERSION, excess / Math.max(squares, 1e-9))) }
}

function median(values: number[]): number {
  if (values.length === 0) return UNKNOWN_DISPERSION
  values.sort((a, b) => a - b)
  const middle = values.length >> 1
  return values.length % 2 ? (values[middle] ?? 0) : ((values[middle - 1] ?? 0) + (values[middle] ?? 0)) / 2
}
