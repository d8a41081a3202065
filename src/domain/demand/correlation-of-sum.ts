import { sumQuantiles } from "./demand-paths"
import { SCORE_COLUMNS, SCORE_LEVELS } from "./metrics"
import type { PathDraws } from "./path-draws"
import type { DemandForecast } from "./types"

/** Correlations that are tried; the first wins ties. */
const CORRELATIONS = [0.25, 0, 0.5, 0.75] as const
const MEDIAN = SCORE_LEVELS.indexOf(0.5)

/** The correlation ρ between periods with which futures drawn from a forecast's single periods spread as its own, calibrated forecast of their sum does: so
 * orders, which need sums over any number of days, keep what was learnt of the sum over lead time and review. Compared are the distances of the deciles from
 * the median, so that a sum that is expected a little higher or lower than its periods does not look wide.
 * @param periods Number of first periods of the sum. @returns 0 … 0.75; 0.25 where the forecast has no such sum, or a sum of one period.
 */
export function correlationOfSum(forecast: DemandForecast, periods: number, draws: PathDraws): number {
  const [usual] = CORRELATIONS
  const own = forecast.sums?.find((sum) => sum.periods === periods)?.quantiles
  if (!own || periods < 2) return usual
  const wanted = spreadOf(SCORE_COLUMNS.map((column) => own[column] ?? 0))
  let best: { correlation: number; distance: number } = { correlation: usual, distance: Infinity }
  for (const correlation of CORRELATIONS) {
    const drawn = spreadOf([...sumQuantiles(forecast, periods, correlation, draws, SCORE_LEVELS)])
    const distance = wanted.reduce((sum, value, level) => sum + Math.abs(value - (drawn[level] ?? 0)), 0)
    if (distance < best.distance) best = { correlation, distance }
  }
  return best.correlation
}

const spreadOf = (quantiles: readonly number[]) => quantiles.map((value) => value - (quantiles[MEDIAN] ?? 0))
