import { SUM_LEVELS } from "./types"

const LAST = SUM_LEVELS.length - 1
const TOP = SUM_LEVELS[LAST] ?? 1

/** Units at any level in (0, 1) from units at `SUM_LEVELS`: linear between levels; below the lowest a line from 0; above the highest an
 * exponential tail that gains the last step (0.99 → 0.995) again each time the remaining chance halves. Non-decreasing in `level`.
 */
export function protectionQuantile(quantiles: readonly number[], level: number): number {
  const top = quantiles[LAST] ?? 0
  if (level >= TOP) return top + Math.log2((1 - TOP) / (1 - level)) * (top - (quantiles[LAST - 1] ?? top))
  const above = SUM_LEVELS.findIndex((stored) => stored >= level)
  const [lowLevel, lowUnits] = above > 0 ? [SUM_LEVELS[above - 1] ?? 0, quantiles[above - 1] ?? 0] : [0, 0]
  const [highLevel, highUnits] = [SUM_LEVELS[above] ?? 1, quantiles[above] ?? 0]
  return level === highLevel ? highUnits : lowUnits + ((level - lowLevel) / (highLevel - lowLevel)) * (highUnits - lowUnits)
}

/** Chance that demand reaches `units`: the inverse of `protectionQuantile`, at its lowest level where several fit. Non-increasing in `units`. */
export function chanceOfReaching(quantiles: readonly number[], units: number): number {
  if (units <= 0) return 1
  const above = quantiles.findIndex((stored) => stored >= units)
  if (above < 0) {
    const top = quantiles[LAST] ?? 0
    const step = top - (quantiles[LAST - 1] ?? top)
    return step > 0 ? (1 - TOP) * 2 ** (-(units - top) / step) : 0
  }
  const [lowLevel, lowUnits] = above > 0 ? [SUM_LEVELS[above - 1] ?? 0, quantiles[above - 1] ?? 0] : [0, 0]
  const [highLevel, highUnits] = [SUM_LEVELS[above] ?? 1, quantiles[above] ?? 0]
  return 1 - (lowLevel + ((units - lowUnits) / (highUnits - lowUnits)) * (highLevel - lowLevel))
}
