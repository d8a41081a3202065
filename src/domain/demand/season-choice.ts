import { SEASON_PERIODS } from "./class-of"
import { blockLoss } from "./block-loss"
import { levelForecaster } from "./exponential-smoothing"
import { seasonFactors } from "./season-factors"
import { weightedLevels } from "./weighted-levels"
import type { DemandPanel } from "./types"

/** Shares of an item's own season that are tried; the rest is its category's. */
const OWN_SHARES = [0, 0.25, 0.5, 0.75, 1] as const
/** Smoothing weight of the level that seasons are tried with. */
const TRIAL_ALPHA = 0.2
/** Seasons that must be known before the block on which the choice is made. */
const LEAST_SEASONS = 1.5

/** Seasonal factors per series of the panel, shape `[origin + horizon]` each: none, the category's, or a mix with the item's own, whichever had the least
 * loss on the block of `horizon` periods before the origin, the same for all series: monthly parts sell too little for a season of their own, departments
 * of a supermarket have one. `null` where none is better, or under one and a half seasons before that block.
 */
export function chooseSeason(panel: DemandPanel, origin: number, horizon: number): Float64Array[] | null {
  const season = SEASON_PERIODS[panel.frequency]
  const from = origin - horizon
  if (horizon === 0 || from < LEAST_SEASONS * season) return null
  const lossOf = (indexes: Float64Array[] | null) =>
    blockLoss(
      panel,
      from,
      horizon,
      panel.series.map((series, at) => levelForecaster(series, weightedLevels(series, origin, TRIAL_ALPHA, indexes?.[at] ?? null), origin, indexes?.[at] ?? null))
    )
  let best: Float64Array[] | null = null
  let least = lossOf(null)
  const factors = seasonFactors(panel, origin, horizon, season)
  for (const share of OWN_SHARES) {
    const indexes = factors.category.map((category, at) => (share === 0 ? category : category.map((factor, period) => (1 - share) * factor + share * (factors.own[at]?.[period] ?? 1))))
    const loss = lossOf(indexes)
    if (!(loss < least)) continue
    least = loss
    best = indexes
  }
  return best
}
