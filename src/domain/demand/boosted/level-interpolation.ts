import { QUANTILE_LEVELS } from "../types"

/** Standard normal quantiles of `QUANTILE_LEVELS`: levels between two known ones are interpolated along them, which bends less than along the levels. */
const NORMAL = [-2.32635, -1.95996, -1.64485, -1.28155, -0.84162, -0.5244, -0.25335, 0, 0.25335, 0.5244, 0.84162, 1.28155, 1.64485, 1.95996, 2.32635] as const

/** How the lowest and highest levels follow from the outermost known ones: factors per level of `QUANTILE_LEVELS`, of the lowest known below it and of the
 * highest above it. */
export type TailFactors = Float64Array

/** Quantiles at all `QUANTILE_LEVELS` from a few known ones, written to `into` from `start`: sorted, ≥ 0, linear in normal quantiles between, by `tails`
 * outside.
 * @param known Values at `levels`, in any order of size: crossing ones are sorted.
 * @param levels Ascending, each one of `QUANTILE_LEVELS`.
 */
export function interpolateLevels(known: Float64Array, levels: readonly number[], tails: TailFactors, into: Float64Array, start: number): void {
  known.sort()
  let next = 0
  let floor = 0
  QUANTILE_LEVELS.forEach((level, at) => {
    while (next < levels.length - 1 && (levels[next] ?? 1) < level - 1e-9) next++
    const upper = levels[next] ?? 1
    let value = known[next] ?? 0
    if (Math.abs(upper - level) > 1e-9) {
      if (level < upper && next > 0) {
        const [low, high] = [normalOf(levels[next - 1] ?? 0.5), normalOf(upper)]
        const share = ((NORMAL[at] ?? 0) - low) / (high - low)
        value = (1 - share) * (known[next - 1] ?? 0) + share * value
      } else value *= tails[at] ?? 1
    }
    floor = Math.max(floor, value)
    into[start + at] = floor
  })
}

function normalOf(level: number): number {
  return NORMAL[QUANTILE_LEVELS.findIndex((known) => Math.abs(known - level) < 1e-9)] ?? 0
}

/** Mean of a distribution given by its quantiles: the area under the line through them, flat beyond the outermost. */
export function meanOfQuantiles(quantiles: Float64Array, start: number): number {
  let mean = 0
  let before = 0
  QUANTILE_LEVELS.forEach((level, at) => {
    const value = quantiles[start + at] ?? 0
    const last = at === 0 ? value : (quantiles[start + at - 1] ?? 0)
    mean += (level - before) * 0.5 * (value + last)
    before = level
  })
  return mean + (1 - before) * (quantiles[start + QUANTILE_LEVELS.length - 1] ?? 0)
}
