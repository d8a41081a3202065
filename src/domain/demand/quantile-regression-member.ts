import { linearScore } from "./logistic-regression"
import { zeroForecast } from "./demand-paths"
import { sumsWithin } from "./point-forecaster"
import { quantileRegression } from "./quantile-regression"
import { regressionRows, regressionTable } from "./regression-rows"
import type { LinearRule } from "./ridge-regression"
import { chooseSeason } from "./season-choice"
import { QUANTILE_LEVELS, type DemandModel } from "./types"

/** Penalty, as share of the rows' whole weight. */
const PENALTY = 1e-3
/** Rows to learn from: many levels a window cost time. */
const MOST_ROWS = 2_000
/** Steps from one level's rule to the next one's. */
const STEPS = 8
const LEAST_ROWS = 50
/** Levels that have a rule; those between them are interpolated. */
const FITTED_LEVELS = [0.01, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99] as const

/** Linear quantiles of demand over level, one rule a level and a window, straight from lags and what is known ahead; sums have rules of their own. The mean is
 * that of the quantiles (linear between levels). Levels that cross are put in order. Where there is too little to learn from it is as wide as
 * an exponential distribution.
 * @see Koenker & Bassett (1978), Econometrica 46(1).
 */
export const quantileRegressionMember: DemandModel = {
  name: "quantile-regression",
  forecast: (panel, origin, horizon, sums) => {
    const forecasts = panel.series.map((series) => zeroForecast(series.seriesId, horizon))
    const indexes = chooseSeason(panel, origin, horizon)
    const table = regressionTable(panel, origin, indexes)
    const row = new Float64Array(table.width)
    const write = (from: number, to: number, into: (at: number) => { quantiles: Float64Array; offset: number }) => {
      const { rows, target, weight } = regressionRows(panel, origin, table, indexes, from, to, MOST_ROWS)
      const penalty = PENALTY * weight.reduce((sum, value) => sum + value, 0)
      const rules: LinearRule[] = []
      for (const level of target.length < LEAST_ROWS ? [] : FITTED_LEVELS) {
        rules.push(quantileRegression(rows, table.width, target, level, penalty, weight, { start: rules.at(-1), steps: rules.length === 0 ? 2 * STEPS : STEPS }))
      }
      return panel.series.map((_, at) => {
        const { quantiles, offset } = into(at)
        const level = table.features[at]?.levels[origin] ?? NaN
        if (!(level > 0)) return 0
        table.write(at, origin, from, to, row, 0)
        let factor = 0
        for (let ahead = from; ahead < to; ahead++) factor += indexes?.[at]?.[origin + ahead] ?? 1
        const fitted = rules.map((rule) => level * factor * Math.max(0, linearScore(rule, row, table.width, 0))).sort((a, b) => a - b)
        const own = QUANTILE_LEVELS.map((share) => (fitted.length > 0 ? between(fitted, share) : -level * factor * Math.log(1 - share)))
        quantiles.set(own, offset)
        return meanOf(own)
      })
    }
    for (let ahead = 0; ahead < horizon; ahead++) {
      const means = write(ahead, ahead + 1, (at) => ({ quantiles: (forecasts[at] as (typeof forecasts)[number]).quantiles, offset: ahead * QUANTILE_LEVELS.length }))
      means.forEach((mean, at) => ((forecasts[at] as (typeof forecasts)[number]).mean[ahead] = mean))
    }
    if (!sums) return forecasts
    for (const forecast of forecasts) forecast.sums = []
    for (const periods of sumsWithin(sums, horizon)) {
      const made = forecasts.map(() => new Float64Array(QUANTILE_LEVELS.length))
      const means = write(0, periods, (at) => ({ quantiles: made[at] as Float64Array, offset: 0 }))
      forecasts.forEach((forecast, at) => forecast.sums?.push({ periods, mean: means[at] ?? 0, quantiles: made[at] as Float64Array }))
    }
    return forecasts
  },
}

/** Value at a level, from those at `FITTED_LEVELS`. */
function between(fitted: readonly number[], share: number): number {
  const upper = Math.max(
    1,
    FITTED_LEVELS.findIndex((level) => level >= share)
  )
  const [low, high] = [FITTED_LEVELS[upper - 1] ?? 0, FITTED_LEVELS[upper] ?? 1]
  const [from, to] = [fitted[upper - 1] ?? 0, fitted[upper] ?? 0]
  return from + ((to - from) * (share - low)) / (high - low)
}

/** Area under the quantile function: flat outside the levels. */
function meanOf(quantiles: readonly number[]): number {
  let area = 0
  let [before, value] = [0, quantiles[0] ?? 0]
  QUANTILE_LEVELS.forEach((level, at) => {
    area += ((level - before) * (value + (quantiles[at] ?? 0))) / 2
    before = level
    value = quantiles[at] ?? 0
  })
  return area + (1 - before) * value
}
