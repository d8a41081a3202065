import { pinball, SCORE_COLUMNS, SCORE_LEVELS } from "./metrics"
import { negativeBinomialForecasts } from "./negative-binomial"
import type { PointForecaster } from "./point-forecaster"
import { pooledForecasts } from "./pooled-quantiles"
import { sellsWholeUnits } from "./sells-whole-units"
import { QUANTILE_LEVELS, type DemandForecast, type DemandPanel } from "./types"

/** Shares of the negative binomial's quantiles that are tried beside the pooled ones; the first wins ties. */
const SHARES = [0, 0.5, 1] as const
/** Periods known before the block on which the share is chosen; with fewer the pooled quantiles serve. */
const LEAST_HISTORY = 12

/** Distributions around point forecasts, by the way that fits this panel: pooled ratios, negative binomial, or the mean of the two quantile by quantile.
 * The one with the least pinball loss on the block of `horizon` periods before the origin is taken, for single periods and for sums each.
 * The quantiles of series that sell whole units are whole numbers.
 * @param point The forecaster of each series of the panel, in its order; it must read nothing at or after `origin`.
 * @param sums Numbers of periods whose total is wanted as well; those beyond the horizon are left out.
 */
export function spreadForecasts(panel: DemandPanel, origin: number, horizon: number, point: readonly PointForecaster[], sums?: readonly number[]): DemandForecast[] {
  const whole = sellsWholeUnits(panel, origin)
  const round = (units: number, index: number) => (whole[index] ? Math.round(units) : units)
  const at = (from: number): [DemandForecast[], DemandForecast[]] => [
    pooledForecasts(panel, from, horizon, point, sums),
    negativeBinomialForecasts(panel, from, horizon, point, sums),
  ]
  const share = origin - horizon >= LEAST_HISTORY && horizon > 0 ? bestShares(panel, origin - horizon, round, at(origin - horizon)) : { periods: 0, sums: 0 }
  const unused = (weight: number) => share.periods === weight && (!sums || share.sums === weight)
  const pooled = unused(1) ? null : pooledForecasts(panel, origin, horizon, point, sums)
  const counted = unused(0) ? null : negativeBinomialForecasts(panel, origin, horizon, point, sums)
  const blend = (quantiles: Float64Array, other: Float64Array, weight: number, index: number) => {
    for (let level = 0; level < quantiles.length; level++) quantiles[level] = round((1 - weight) * (quantiles[level] ?? 0) + weight * (other[level] ?? 0), index)
  }
  const forecasts = pooled ?? counted ?? []
  forecasts.forEach((forecast, index) => {
    const other = counted?.[index] ?? forecast
    blend(forecast.quantiles, other.quantiles, share.periods, index)
    forecast.sums?.forEach((sum, which) => blend(sum.quantiles, other.sums?.[which]?.quantiles ?? sum.quantiles, share.sums, index))
  })
  return forecasts
}

function bestShares(panel: DemandPanel, from: number, round: (units: number, index: number) => number, [pooled, counted]: [DemandForecast[], DemandForecast[]]): { periods: number; sums: number } {
  const periods = SHARES.map(() => 0)
  const sums = SHARES.map(() => 0)
  const add = (losses: number[], actual: number, one: Float64Array | undefined, other: Float64Array | undefined, row: number, index: number) => {
    if (Number.isNaN(actual) || !one || !other) return
    SHARES.forEach((share, which) => {
      SCORE_COLUMNS.forEach((column, level) => {
        const quantile = round((1 - share) * (one[row + column] ?? 0) + share * (other[row + column] ?? 0), index)
        losses[which]! += pinball(SCORE_LEVELS[level] ?? 0, actual, quantile)
      })
    })
  }
  panel.series.forEach(({ units }, index) => {
    const [one, other] = [pooled[index], counted[index]]
    one?.mean.forEach((_, ahead) => add(periods, units[from + ahead] ?? NaN, one.quantiles, other?.quantiles, ahead * QUANTILE_LEVELS.length, index))
    one?.sums?.forEach((sum, which) => {
      const actual = units.subarray(from, from + sum.periods).reduce((total, value) => total + value, 0)
      add(sums, actual, sum.quantiles, other?.sums?.[which]?.quantiles, 0, index)
    })
  })
  const best = (losses: number[]) => SHARES[losses.indexOf(Math.min(...losses))] ?? 0
  return { periods: best(periods), sums: best(sums) }
}
