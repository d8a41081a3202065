import { zeroForecast } from "./demand-paths"
import { QUANTILE_LEVELS, type DemandForecast, type DemandPanel } from "./types"

/** A point forecaster of one series, asked about any moment of its past. */
export interface PointForecaster {
  /** Forecast made when everything before period `at` was known, for period `at + ahead`; `NaN` while it still learns. */
  at(at: number, ahead: number): number
  /** What one error is measured in; `null`: in the forecast itself (ratios actual / forecast), else units (for forecasts that may be 0). */
  scale: number | null
}

/** In-sample forecasts an item gives to the pool, per step ahead. */
const RECENT_TARGETS = 26
const SMALLEST = 1e-9

/** Distributions around point forecasts, learnt from how far the same forecasts were off in the panel's own past.
 * For every step ahead the in-sample errors of the last 26 targets are pooled over series of like size (forecast mean) and like dispersion
 * (Σ|error| / Σ forecast); the quantiles of that pool, weighted by the forecast, times the series' own size are its quantiles. So the shape
 * comes from thousands of periods and the size from the item. Negative values are cut to 0; a forecast of 0 is 0 throughout.
 * @param point The forecaster of each series of the panel, in its order; it must read nothing at or after `origin`.
 */
export function pooledForecasts(panel: DemandPanel, origin: number, horizon: number, point: readonly PointForecaster[]): DemandForecast[] {
  const forecasts = panel.series.map((series) => zeroForecast(series.seriesId, horizon))
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
  for (let ahead = 0; ahead < horizon; ahead++) {
    const everywhere = () => pool(panel, origin, ahead, point, [...members.values()].flat())
    let shared: Float64Array | undefined
    for (const indexes of members.values()) {
      const shape = pool(panel, origin, ahead, point, indexes) ?? (shared ??= everywhere() ?? EXPONENTIAL_RATIOS)
      for (const index of indexes) spread(forecasts[index] as DemandForecast, ahead, shape, point[index]?.scale ?? null)
    }
  }
  return forecasts
}

/** Quantiles of an exponential distribution of mean 1: very wide, for a panel without any past to learn from. */
const EXPONENTIAL_RATIOS = Float64Array.from(QUANTILE_LEVELS, (level) => -Math.log(1 - level))
/** Pools smaller than this take the pool of the whole panel. */
const SMALLEST_POOL = 40

function spread(forecast: DemandForecast, ahead: number, shape: Float64Array, scale: number | null): void {
  const mean = forecast.mean[ahead] ?? 0
  const row = ahead * QUANTILE_LEVELS.length
  let floor = 0
  shape.forEach((ratio, level) => {
    floor = Math.max(floor, scale === null ? mean * ratio : mean + scale * (ratio - 1))
    forecast.quantiles[row + level] = floor
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
function pool(panel: DemandPanel, origin: number, ahead: number, point: readonly PointForecaster[], indexes: readonly number[]): Float64Array | null {
  const ratios = new Float64Array(indexes.length * RECENT_TARGETS)
  const weights = new Float64Array(ratios.length)
  let count = 0
  for (const index of indexes) {
    const series = panel.series[index]
    const forecaster = point[index]
    if (!series || !forecaster) continue
    const first = Math.max(series.firstPeriod, origin - ahead - RECENT_TARGETS)
    for (let at = first; at + ahead < origin; at++) {
      const actual = series.units[at + ahead] ?? NaN
      const forecast = forecaster.at(at, ahead)
      const size = forecaster.scale ?? forecast
      if (Number.isNaN(actual) || Number.isNaN(forecast) || !(size > SMALLEST)) continue
      ratios[count] = forecaster.scale === null ? actual / forecast : 1 + (actual - forecast) / size
      weights[count++] = size
    }
  }
  return count < SMALLEST_POOL ? null : weightedQuantiles(ratios.subarray(0, count), weights.subarray(0, count))
}

function weightedQuantiles(values: Float64Array, weights: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, index) => index).sort((a, b) => (values[a] as number) - (values[b] as number))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const out = new Float64Array(QUANTILE_LEVELS.length)
  let passed = 0
  let level = 0
  for (const index of order) {
    passed += weights[index] ?? 0
    while (level < out.length && passed >= (QUANTILE_LEVELS[level] ?? 1) * total * (1 - SMALLEST)) out[level++] = values[index] ?? 0
  }
  return out
}
