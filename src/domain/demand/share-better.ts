import { createRandom } from "../random"

const DRAWS = 1000

/** How sure it is that one forecaster loses less than another: the share of draws of as many series, with replacement, in which it does (paired bootstrap).
 * @param losses Per series, shape `[series]`. @param others Of the same series in the same order.
 * @returns 0 … 1; 0 where there is no series or no difference.
 */
export function shareBetter(losses: Float64Array, others: Float64Array, seed: number): number {
  const random = createRandom(seed)
  let better = 0
  for (let draw = 0; draw < DRAWS; draw++) {
    let gain = 0
    for (let at = 0; at < losses.length; at++) {
      const series = Math.floor(random() * losses.length)
      gain += (others[series] ?? 0) - (losses[series] ?? 0)
    }
    if (gain > 0) better++
  }
  return better / DRAWS
}
