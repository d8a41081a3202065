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
    const pairs: [ratio: number, weight: number][] = []
    for (const { origin, forecasts, series, weight } of past) {
      for (const [index, { quantiles }] of forecasts.entries()) {
        const units = panel.series[series[index] as number]?.units
        for (let ahead = 0; ahead * LEVELS < quantiles.length && origin + ahead < until; ahead += 1) {
          const sold = units?.[origin + ahead] ?? NaN
          const quantile = quantiles[ahead * LEVELS + at] as number
          if (sold >= 0 && quantile > 0) pairs.push([sold / quantile, weight * quantile])
        }
      }
    }
    const factor = Math.max(RANGE.least, Math.min(RANGE.most, weightedQuantile(pairs, level)))
    return 1 + (factor - 1) * (pairs.length / (pairs.length + HALF_TRUST))
  })
}

function weightedQuantile(pairs: [number, number][], level: number): number {
  pairs.sort(([a], [b]) => a - b)
  const wanted = level * pairs.reduce((sum, [, weight]) => sum + weight, 0)
  let passed = 0
  for (const [value, weight] of pairs) {
    passed += weight
    if (passed >= wanted) return value
  }
  return 1
}

/** Multiplies each level by its factor, in place; a level never falls below the one before it. */
export function scaleLevels(quantiles: Float64Array, factors: Float64Array): void {
  for (let row = 0; row < quantiles.length; row += LEVELS) {
    let floor = 0
    for (let level = 0; level < LEVELS; level += 1) {
      floor = Math.max(floor, (quantiles[row + level] as number) * (factors[level] as number))
      quantiles[row + level] = floor
    }
  }
}
