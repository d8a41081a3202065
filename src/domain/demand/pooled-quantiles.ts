import { zeroForecast } from "./demand-paths"
import { actualIn, forecastIn, stepWindow, sumWindow, sumsWithin, type ForecastWindow, type PointForecaster } from "./point-forecaster"
import { QUANTILE_LEVELS, type DemandForecast, type DemandPanel } from "./types"
import { weightedQuantiles } from "./weighted-quantiles"

/** In-sample forecasts an item gives to the pool, per window ahead. */
const RECENT_TARGETS = 26
const SMALLEST = 1e-9

/** Distributions around point forecasts, learnt from how far the same forecasts were off in the panel's own past.
 * For every step ahead the in-sample errors of the last 26 targets are pooled over series of like size (forecast mean) and like dispersion
 * (Σ|error| / Σ forecast); the quantiles of that pool, weighted by the forecast, times the series' own size are its quantiles. So the shape
 * comes from thousands of periods and the size from the item. Negative values are cut to 0; a forecast of 0 is 0 throughout.
 * Sums are treated alike, from the errors of in-sample sums: how far periods go together, and how sure the level is, counts.
 * @param point The forecaster of each series of the panel, in its order; it must read nothing at or after `origin`.
 * @param sums Numbers of periods whose total is wanted as well; those beyond the horizon are left out.
 */
export function pooledForecasts(panel: DemandPanel, origin: number, horizon: number, point: readonly PointForecaster[], sums?: readonly number[]): DemandForecast[] {
  const forecasts = panel.series.map((series) => zeroForecast(series.seriesId, horizon))
  if (sums) for (const forecast of forecasts) forecast.sums = []
  if (horizon === 0) return forecasts
  forecasts.forEach((forecast, index) => {
    for (let ahead = 0; ahead < horizon; ahead++) forecast.mean[ahead] = Math.max(0, point[index]?.at(origin, ahead) || 0)
  })
  const sizes = Float64Array.from(forecasts, (forecast, index) => {
    const mean = forecast.mean.reduce((sum, value) => sum + value, 0) / horizon
    return point[index]?.scale ?? mean
  })
  const cells = cellsOf(panel, origin, point, sizes)
  const members = new Map<number, number[]>()
  cells.forEach((cell, index) => {
    if (cell >= 0) members.set(cell, [...(members.get(cell) ?? []), index])
  })
  const shapesOf = (window: ForecastWindow, use: (index: number, shape: Float64Array) => void) => {
    const everywhere = () => pool(panel, origin, window, point, [...members.values()].flat())
    let shared: Float64Array | undefined
    for (const indexes of members.values()) {
      const shape = pool(panel, origin, window, point, indexes) ?? (shared ??= everywhere() ?? EXPONENTIAL_RATIOS)
      for (const index of indexes) use(index, shape)
    }
  }
  for (let ahead = 0; ahead < horizon; ahead++) {
    shapesOf(stepWindow(ahead), (index, shape) => {
      const { mean, quantiles } = forecasts[index] as DemandForecast
      spread(mean[ahead] ?? 0, shape, point[index]?.scale ?? null, quantiles, ahead * QUANTILE_LEVELS.length)
    })
  }
  for (const periods of sumsWithin(sums, horizon)) {
    for (const forecast of forecasts) {
      const mean = forecast.mean.subarray(0, periods).reduce((sum, value) => sum + value, 0)
      forecast.sums?.push({ periods, mean, quantiles: new Float64Array(QUANTILE_LEVELS.length) })
    }
    shapesOf(sumWindow(periods), (index, shape) => {
      const sum = forecasts[index]?.sums?.at(-1)
      const scale = point[index]?.scale ?? null
      if (sum) spread(sum.mean, shape, scale === null ? null : scale * periods, sum.quantiles, 0)
    })
  }
  return forecasts
}

/** Quantiles of an exponential distribution of mean 1: very wide, for a panel without any past to learn from. */
const EXPONENTIAL_RATIOS = Float64Array.from(QUANTILE_LEVELS, (level) => -Math.log(1 - level))
/** Pools smaller than this take the pool of the whole panel. */
const SMALLEST_POOL = 40

function spread(mean: number, shape: Float64Array, scale: number | null, into: Float64Array, offset: number): void {
  let floor = 0
  shape.forEach((ratio, level) => {
    floor = Math.max(floor, scale === null ? mean * ratio : mean + scale * (ratio - 1))
    into[offset + level] = floor
  })
}

/** Cell of each series: bins of size × bins of dispersion within the size; −1 for a size of 0. */
function cellsOf(panel: DemandPanel, origin: number, point: readonly PointForecaster[], sizes: Float64Array): Int32Array {
  const live = [...sizes.keys()].filter((index) => (sizes[index] ?? 0) > SMALLEST)
  const sizeBins = Math.max(1, Math.min(10, Math.round(live.length / 50)))
  const spreadBins = live.length >= 100 ? 4 : live.length >= 40 ? 2 : 1
  const dispersion = (index: number) => {
    const series = panel.series[index]
    let errors = 0
    let total = 0
    for (let at = Math.max(series?.firstPeriod ?? 0, origin - RECENT_TARGETS); at < origin; at++) {
      const forecast = point[index]?.at(at, 0) ?? NaN
      const actual = series?.units[at] ?? NaN
      if (Number.isNaN(forecast) || Number.isNaN(actual)) continue
      errors += Math.abs(actual - forecast)
      total += point[index]?.scale ?? forecast
    }
    return total > SMALLEST ? errors / total : Infinity
  }
  const cells = new Int32Array(sizes.length).fill(-1)
  const bySize = live.sort((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0))
  for (let bin = 0; bin < sizeBins; bin++) {
    const group = bySize.slice(Math.floor((bin * bySize.length) / sizeBins), Math.floor(((bin + 1) * bySize.length) / sizeBins))
    const ranked = group.map((index) => ({ index, value: dispersion(index) })).sort((a, b) => a.value - b.value || a.index - b.index)
    ranked.forEach(({ index }, rank) => (cells[index] = bin * spreadBins + Math.floor((rank * spreadBins) / ranked.length)))
  }
  return cells
}

/** Ratios actual / forecast (or 1 + error / scale) at `QUANTILE_LEVELS`, each weighing as much as the forecast; `null` when there are too few. */
function pool(panel: DemandPanel, origin: number, window: ForecastWindow, point: readonly PointForecaster[], indexes: readonly number[]): Float64Array | null {
  const ratios = new Float64Array(indexes.length * RECENT_TARGETS)
  const weights = new Float64Array(ratios.length)
  const width = window.to - window.from
  let count = 0
  for (const index of indexes) {
    const series = panel.series[index]
    const forecaster = point[index]
    if (!series || !forecaster) continue
    const last = origin - window.to
    for (let at = Math.max(series.firstPeriod, last + 1 - RECENT_TARGETS); at <= last; at++) {
      const actual = actualIn(series, at, window)
      const forecast = forecastIn(forecaster, at, window)
      const size = forecaster.scale === null ? forecast : forecaster.scale * width
      if (Number.isNaN(actual) || Number.isNaN(forecast) || !(size > SMALLEST)) continue
      ratios[count] = forecaster.scale === null ? actual / forecast : 1 + (actual - forecast) / size
      weights[count++] = size
    }
  }
  return count < SMALLEST_POOL ? null : weightedQuantiles(ratios.subarray(0, count), weights.subarray(0, count))
}
