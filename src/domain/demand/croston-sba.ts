import { levelForecaster } from "./exponential-smoothing"
import { pooledForecasts } from "./pooled-quantiles"
import type { DemandModel, DemandSeries } from "./types"

const ALPHA = 0.1

/** Expected demand per period before each period, shape `[origin + 1]`: smoothed size of sales over smoothed gap between them.
 * `rate = (1 − α/2) · z / p`, where `z` (units) and `p` (periods) change only in periods with a sale; unknown periods do not lengthen a gap.
 * 0 until the first sale, `NaN` before the series exists.
 * @see Croston (1972), Oper. Res. Q. 23(3); factor: Syntetos & Boylan (2005), Int. J. Forecasting 21(2).
 */
export function crostonRates(series: DemandSeries, origin: number): Float64Array {
  const rates = new Float64Array(origin + 1).fill(NaN)
  let size = 0
  let gap = 0
  let sinceSale = 0
  for (let period = series.firstPeriod; period <= origin; period++) {
    rates[period] = gap === 0 ? 0 : ((1 - ALPHA / 2) * size) / gap
    const units = period < origin ? (series.units[period] ?? NaN) : NaN
    if (Number.isNaN(units)) continue
    sinceSale++
    if (units <= 0) continue
    const first = gap === 0
    size = first ? units : size + ALPHA * (units - size)
    gap = first ? sinceSale : gap + ALPHA * (sinceSale - gap)
    sinceSale = 0
  }
  return rates
}

/** Croston's method with the Syntetos–Boylan correction and pooled quantiles, for demand with many empty periods. */
export const crostonSba: DemandModel = {
  name: "croston-sba",
  forecast: (panel, origin, horizon) =>
    pooledForecasts(
      panel,
      origin,
      horizon,
      panel.series.map((series) => levelForecaster(series, crostonRates(series, origin), origin))
    ),
}
