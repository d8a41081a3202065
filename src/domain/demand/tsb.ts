import { knownValues, levelsAt } from "./known-values"
import { levelMember } from "./level-member"
import type { DemandSeries } from "./types"

const SIZE_ALPHA = 0.1
const CHANCE_ALPHA = 0.1

/** Expected demand per period before each period, shape `[origin + 1]`: `p · z`, the smoothed chance of a sale times the smoothed size of sales. The chance
 * changes in every known period, so that items that stopped selling fade, which Croston's never do; the size only in periods with a sale. The chance
 * starts at the first known period's 1 or 0, the size at the first sale. 0 until the first sale, `NaN` before anything is known.
 * @see Teunter, Syntetos & Babai (2011), Eur. J. Oper. Res. 214(3).
 */
export function tsbLevels(series: DemandSeries, origin: number, index: Float64Array | null = null): Float64Array {
  const { values, seen } = knownValues(series, origin, index)
  const rates = new Float64Array(values.length + 1)
  let [size, chance] = [0, 0]
  values.forEach((units, at) => {
    const sold = units > 0 ? 1 : 0
    if (sold) size = size > 0 ? size + SIZE_ALPHA * (units - size) : units
    chance = at === 0 ? sold : chance + CHANCE_ALPHA * (sold - chance)
    rates[at + 1] = chance * size
  })
  return levelsAt(seen, rates)
}

/** The method of Teunter, Syntetos and Babai, for items with many empty periods that may be fading. */
export const tsb = levelMember("tsb", tsbLevels)
