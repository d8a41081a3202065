import { QUANTILE_LEVELS } from "./types"

const LEVELS = QUANTILE_LEVELS.length

/** Multiplies each level of every row by its factor, in place; a level never falls below the one before it.
 * @param quantiles Shape `[rows × levels]`, units.
 * @param factors Shape `[levels]`, each ≥ 0.
 */
export function scaleLevels(quantiles: Float64Array, factors: Float64Array): void {
  for (let row = 0; row < quantiles.length; row += LEVELS) {
    let floor = 0
    for (let level = 0; level < LEVELS; level++) {
      floor = Math.max(floor, (quantiles[row + level] ?? 0) * (factors[level] ?? 1))
      quantiles[row + level] = floor
    }
  }
}
