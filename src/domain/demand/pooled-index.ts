import { blockLoss } from "./block-loss"
import { explainedBySeason } from "./explain/explained-by-season"
import { levelForecaster } from "./exponential-smoothing"
import { chooseSeason } from "./season-choice"
import { spreadForecasts } from "./spread-forecasts"
import type { DemandModel } from "./types"
import { weightedLevels } from "./weighted-levels"

const ALPHAS = [0.1, 0.05, 0.2, 0.3, 0.5] as const
/** Periods known before the block on which α is chosen; with fewer the first one serves. */
const LEAST_HISTORY = 12

/** Exponentially weighted mean of deseasonalised demand times the season of the category and the item a year ago (`chooseSeason`). One smoothing weight for
 * all, the one with the least pinball loss on the block of `horizon` periods before the origin: what single series are too short to tell, thousands
 * together do.
 * @see "PooledIndex" among the peers of docs/benchmarks.md; seasons of a group of items: Boylan, Chen, Mohammadipour & Syntetos (2014), J. Oper. Res. Soc. 65(2).
 */
export const pooledIndex: DemandModel = explainedBySeason({
  name: "pooled-index",
  forecast: (panel, origin, horizon, sums) => {
    const indexes = chooseSeason(panel, origin, horizon)
    const forecasters = (alpha: number) =>
      panel.series.map((series, at) => {
        const index = indexes?.[at] ?? null
        return levelForecaster(series, weightedLevels(series, origin, alpha, index), origin, index)
      })
    const from = origin - horizon
    let best: number = ALPHAS[0]
    let least = Infinity
    for (const alpha of from >= LEAST_HISTORY ? ALPHAS : []) {
      const loss = blockLoss(panel, from, horizon, forecasters(alpha))
      if (!(loss < least)) continue
      least = loss
      best = alpha
    }
    return spreadForecasts(panel, origin, horizon, forecasters(best), sums)
  },
})
