import { weightedQuantile } from "../domain/boosting/weighted-quantile"
import { QUANTILE_LEVELS } from "../domain/demand/types"
import type { DemandForecast, DemandPanel } from "../domain/demand/types"

const LEVELS = QUANTILE_LEVELS.length
/** Known targets at which a factor goes half of its way from 1: a few series say little about a whole shop. */
const HALF_TRUST = 200
/** No factor leaves this range: it corrects a drift, it does not forecast. */
const RANGE = { least: 0.5, most: 2 }

/** Forecasts made earlier, from `origin` on, now that their periods are known. */
export interface PastForecasts {
  origin: number
  forecasts: readonly DemandForecast[]
  /** Positions in the panel of the forecast series. */
  series: readonly number[]
  /** Weight beside the other ones. */
  weight: number
}

/**
 * One factor per level that would have made earlier forecasts best: the minimiser over `f` of `Σ w·ρ_q(y − f·ŷ)`, which is the q-quantile
 * of `y / ŷ` weighted by `w·ŷ`. So a shop-wide rise or fall that the net has not learnt is followed within a few periods, without a refit.
 * @param until First period that must not be read.
 */
export function calibrationFactors(panel: DemandPanel, past: readonly PastForecasts[], until: number): Float64Array {
  return Float64Array.from(QUANTILE_LEVELS, (level, at) => {
    const ratios: number[] = []
    const weights: number[] = []
    for (const { origin, forecasts, series, weight } of past) {
      for (const [index, { quantiles }] of forecasts.entries()) {
        const units = panel.series[series[index] as number]?.units
        for (let ahead = 0; ahead * LEVELS < quantiles.length && origin + ahead < until; ahead += 1) {
          const sold = units?.[origin + ahead] ?? NaN
          const quantile = quantiles[ahead * LEVELS + at] as number
          if (!(sold >= 0 && quantile > 0)) continue
          ratios.push(sold / quantile)
          weights.push(weight * quantile)
        }
      }
    }
    if (ratios.length === 0) return 1
    const best = weightedQuantile(Float64Array.from(ratios), Float64Array.from(weights), ratios.length, level)
    const factor = Math.max(RANGE.least, Math.min(RANGE.most, best))
    return 1 + (factor - 1) * (ratios.length / (ratios.length + HALF_TRUST))
  })
}
