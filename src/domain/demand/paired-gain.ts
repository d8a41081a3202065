import { createRandom } from "../random"
import { quantileIndex } from "./select-quantile"

/** Ends of the interval: nine of ten draws lie between. */
const LOW = 0.05
const HIGH = 0.95

/** Series below which drawing them again and again says nothing about others. */
const FEW = 5

/** How much less one forecaster loses than another, and how sure that is. */
export interface PairedGain {
  /** Share of draws in which it loses less, 0 … 1; of n < 5 series at most 1 − 2⁻ⁿ, for a coin makes all of them better with a chance of 2⁻ⁿ: they are never sure. */
  share: number
  /** Part of the other's loss that it saves, at most 1, negative where it loses more; and its 90% interval. */
  gain: number
  low: number
  high: number
}

/** Share of draws in which a forecaster must lose less before it takes another's place: then its interval lies above 0. */
export const SURE = 0.95

/** Paired bootstrap over series: as many series are drawn with replacement, again and again, and both forecasters are compared on each draw.
 * @param losses Per series, shape `[series]`; `NaN` where nothing was scored. @param others Of the same series in the same order.
 * @returns All 0 where there is no series or no difference.
 * @see Efron & Tibshirani (1993), An introduction to the bootstrap, ch. 13.
 */
export function pairedGain(losses: Float64Array, others: Float64Array, seed: number, draws = 1000): PairedGain {
  const scored = [...losses.keys()].filter((series) => !Number.isNaN((losses[series] ?? NaN) + (others[series] ?? NaN)))
  const differences = Float64Array.from(scored, (series) => (others[series] ?? 0) - (losses[series] ?? 0))
  const scale = scored.reduce((sum, series) => sum + (others[series] ?? 0), 0) || scored.reduce((sum, series) => sum + (losses[series] ?? 0), 0) || 1
  const random = createRandom(seed)
  const gains = new Float64Array(draws)
  let better = 0
  for (let draw = 0; draw < draws; draw++) {
    let gain = 0
    for (let at = 0; at < differences.length; at++) gain += differences[Math.floor(random() * differences.length)] ?? 0
    gains[draw] = gain / scale
    if (gain > 0) better++
  }
  gains.sort()
  const at = (level: number) => gains[quantileIndex(draws, level)] ?? 0
  return { share: Math.min(better / draws, differences.length < FEW ? 1 - 0.5 ** differences.length : 1), gain: differences.reduce((sum, value) => sum + value, 0) / scale, low: at(LOW), high: at(HIGH) }
}
