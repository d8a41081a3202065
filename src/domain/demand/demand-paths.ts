import { drawPeriod, type PathDraws } from "./path-draws"
import { quantileIndex } from "./select-quantile"
import { QUANTILE_LEVELS, type DemandForecast } from "./types"

/** Adds `scale` × joint futures of one series to `into`: units per period, period-major, shape `[periods × paths]`.
 * Periods beyond the forecast's horizon repeat its last period's distribution: a flat extension, meant for the far end of cover, not for a season.
 * @param correlation ρ of the Gaussian copula between any two periods, in [0, 1).
 * @param stream Number of an independent set of draws: 0 for a series of its own, 1, 2 … for more series summed with it.
 */
export function addPaths(forecast: DemandForecast, periods: number, correlation: number, draws: PathDraws, stream: number, scale: number, into: Float64Array): void {
  const horizon = forecast.mean.length
  if (horizon === 0) return
  for (let period = 0; period < periods; period++) {
    const row = Math.min(period, horizon - 1)
    drawPeriod(draws, draws.ranks(correlation, period, stream), forecast.quantiles, row, scale, into, period * draws.paths)
  }
}

/** Quantiles of the sum over the first `periods` periods, shape `[levels]`, ascending for ascending levels; flat beyond the horizon. */
export function sumQuantiles(forecast: DemandForecast, periods: number, correlation: number, draws: PathDraws, levels: readonly number[]): Float64Array {
  const sums = new Float64Array(draws.paths)
  const horizon = forecast.mean.length
  for (let period = 0; period < periods && horizon > 0; period++) {
    drawPeriod(draws, draws.ranks(correlation, period, 0), forecast.quantiles, Math.min(period, horizon - 1), 1, sums, 0)
  }
  sums.sort()
  return Float64Array.from(levels, (level) => sums[quantileIndex(draws.paths, level)] ?? 0)
}

/** Whether a forecast says "nothing at all": every quantile and mean is 0. */
export function isZeroForecast(forecast: DemandForecast): boolean {
  return forecast.mean.every((value) => value === 0) && forecast.quantiles.every((value) => value === 0)
}

/** A forecast of `horizon` periods with every number 0. */
export function zeroForecast(seriesId: string, horizon: number): DemandForecast {
  return { seriesId, mean: new Float64Array(horizon), quantiles: new Float64Array(horizon * QUANTILE_LEVELS.length) }
}
