import { QUANTILE_LEVELS } from "./types"

const LAST = QUANTILE_LEVELS.length - 1

/** The quantile of any level from those at `QUANTILE_LEVELS`: linear between two levels; below the lowest along the line through the lowest two; above the
 * highest an exponential tail through the highest two, as in path draws. Never below 0, and never falling as the level rises.
 * @param quantiles Rows of quantiles, shape `[rows × levels]`, each ascending.
 * @param level In (0, 1).
 */
export function quantileAt(quantiles: Float64Array, row: number, level: number): number {
  const at = (index: number) => quantiles[row * QUANTILE_LEVELS.length + index] ?? 0
  const levelAt = (index: number) => QUANTILE_LEVELS[index] ?? 1
  const upper = QUANTILE_LEVELS.findIndex((known) => known >= level - 1e-12)
  if (upper >= 0 && Math.abs(levelAt(upper) - level) < 1e-12) return Math.max(0, at(upper))
  if (upper < 0) {
    const steps = Math.log((1 - levelAt(LAST)) / (1 - level)) / Math.log((1 - levelAt(LAST - 1)) / (1 - levelAt(LAST)))
    return Math.max(0, at(LAST) + steps * (at(LAST) - at(LAST - 1)))
  }
  const from = Math.max(0, upper - 1)
  const weight = (level - levelAt(from)) / (levelAt(from + 1) - levelAt(from))
  return Math.max(0, at(from) + weight * (at(from + 1) - at(from)))
}
