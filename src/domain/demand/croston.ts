import { levelMember } from "./level-member"
import { knownValues, levelsAt } from "./known-values"
import type { DemandSeries } from "./types"

/** Smoothing weight of sizes and gaps. */
export const CROSTON_ALPHA = 0.1

/** Expected demand per period before each period, shape `[origin + 1]`: smoothed size of sales over smoothed gap between them, `z / p`, which change only in
 * periods with a sale; unknown periods do not lengthen a gap. 0 until the first sale, `NaN` before anything is known.
 * @see Croston (1972), Oper. Res. Q. 23(3).
 */
export function crostonLevels(series: DemandSeries, origin: number, index: Float64Array | null = null): Float64Array {
  const { values, seen } = knownValues(series, origin, index)
  const rates = new Float64Array(values.length + 1)
  let [size, gap, sinceSale] = [0, 0, 0]
  values.forEach((units, at) => {
    sinceSale++
    if (units > 0) {
      size = gap === 0 ? units : size + CROSTON_ALPHA * (units - size)
      gap = gap === 0 ? sinceSale : gap + CROSTON_ALPHA * (sinceSale - gap)
      sinceSale = 0
    }
    rates[at + 1] = gap === 0 ? 0 : size / gap
  })
  return levelsAt(seen, rates)
}

/** Croston's method: for demand with many empty periods; never forgets an item that stopped selling. */
export const croston = levelMember("croston", crostonLevels)
