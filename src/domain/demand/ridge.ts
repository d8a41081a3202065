import { recordedForecaster } from "./point-forecaster"
import { regressionRows, regressionTable, type RegressionRows } from "./regression-rows"
import { ridgeRegression } from "./ridge-regression"
import { chooseSeason } from "./season-choice"
import { spreadForecasts } from "./spread-forecasts"
import type { DemandModel } from "./types"

/** Penalty, as share of the rows' whole weight. */
const PENALTY = 1e-3
/** Rows to learn from. */
const MOST_ROWS = 20_000
/** Rows without which nothing is learnt: the level serves. */
const LEAST_ROWS = 50

/** Demand over level of one row, from its features. */
export type RatioRule = (rows: Float64Array, offset: number) => number

/** A member that learns, for every step ahead, how the ratio of demand to level follows from lags and what is known ahead, all series together.
 * @param learn Makes the rule of one step from its rows.
 */
export function regressionMember(name: string, learn: (rows: RegressionRows, width: number) => RatioRule): DemandModel {
  return {
    name,
    forecast: (panel, origin, horizon, sums) => {
      const indexes = chooseSeason(panel, origin, horizon)
      const table = regressionTable(panel, origin, indexes)
      const rules = Array.from({ length: horizon }, (_, ahead): RatioRule => {
        const data = regressionRows(panel, origin, table, indexes, ahead, ahead + 1, MOST_ROWS)
        return data.target.length < LEAST_ROWS ? () => 1 : learn(data, table.width)
      })
      const row = new Float64Array(table.width)
      const point = panel.series.map((series, at) => {
        const recorded = new Float64Array((origin + 1) * horizon).fill(NaN)
        for (let period = series.firstPeriod; period <= origin; period++) {
          const level = table.features[at]?.levels[period] ?? NaN
          if (Number.isNaN(level)) continue
          rules.forEach((rule, ahead) => {
            table.write(at, period, ahead, ahead + 1, row, 0)
            recorded[period * horizon + ahead] = Math.max(0, level * rule(row, 0)) * (indexes?.[at]?.[period + ahead] ?? 1)
          })
        }
        return recordedForecaster(series, recorded, origin, horizon)
      })
      return spreadForecasts(panel, origin, horizon, point, sums)
    },
  }
}

/** Ridge regression of demand over level. */
export const ridge = regressionMember("ridge", ({ rows, target, weight }, width) => {
  const total = weight.reduce((sum, value) => sum + value, 0)
  const { intercept, weights } = ridgeRegression(rows, width, target, PENALTY * total, weight)
  return (row, offset) => weights.reduce((sum, value, column) => sum + value * (row[offset + column] as number), intercept)
})
