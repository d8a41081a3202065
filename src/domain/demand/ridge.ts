import { demandParts, distanceOf, restGoesTo } from "./explain/demand-parts"
import { recordedForecaster } from "./point-forecaster"
import { regressionRows, regressionTable, type RegressionRows } from "./regression-rows"
import { ridgeRegression } from "./ridge-regression"
import { chooseSeason } from "./season-choice"
import { spreadForecasts } from "./spread-forecasts"
import type { DemandCause, DemandModel, DemandPanel } from "./types"

/** Penalty, as share of the rows' whole weight. */
const PENALTY = 1e-3
/** Rows to learn from. */
const MOST_ROWS = 20_000
/** Rows without which nothing is learnt: the level serves. */
const LEAST_ROWS = 50
/** Least seasonal factor. */
const LEAST_FACTOR = 0.1

/** Demand over level of one row, from its features. */
export type RatioRule = (rows: Float64Array, offset: number) => number

/** A member that learns, for every step ahead, how the ratio of demand to level follows from lags and what is known ahead, all series together.
 * Its parts: what the calendar and the price change beside the usual ones (linear rules: each coefficient times its column's distance from the mean), the
 * season it multiplies by, and the lags, which are the trend.
 * @param learn Makes the rule of one step from its rows.
 */
export function regressionMember(name: string, learn: (rows: RegressionRows, width: number) => RatioRule): DemandModel {
  const fit = (panel: DemandPanel, origin: number, horizon: number, periods: number) => {
    const indexes = chooseSeason(panel, origin, horizon)
    const table = regressionTable(panel, origin, indexes)
    const rules = Array.from({ length: periods }, (_, ahead): RatioRule => {
      const data = regressionRows(panel, origin, table, indexes, ahead, ahead + 1, MOST_ROWS)
      return data.target.length < LEAST_ROWS ? () => 1 : learn(data, table.width)
    })
    return { indexes, table, rules }
  }
  return {
    name,
    forecast: (panel, origin, horizon, sums) => {
      const { indexes, table, rules } = fit(panel, origin, horizon, horizon)
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
    explain: (panel, origin, horizon, { periods, which }) => {
      const { indexes, table, rules } = fit(panel, origin, horizon, periods)
      const row = new Float64Array(table.width)
      return which.map((at) => {
        const series = panel.series[at]
        const level = table.features[at]?.levels[origin] ?? NaN
        if (!series || Number.isNaN(level)) return demandParts({})
        const units = { season: 0, calendar: 0, price: 0 }
        const mean = Float64Array.from(rules, (rule, ahead) => {
          const factor = indexes?.[at]?.[origin + ahead] ?? 1
          const expected = (without: DemandCause | null) => {
            table.write(at, origin, ahead, ahead + 1, row, 0)
            if (without) table.makeUsual(without, at, row)
            return Math.max(0, level * rule(row, 0)) * factor
          }
          const whole = expected(null)
          for (const cause of ["calendar", "price"] as const) units[cause] += whole - expected(cause)
          units.season += whole * (1 - 1 / Math.max(LEAST_FACTOR, factor))
          return whole
        })
        return restGoesTo("trend", distanceOf({ mean }, series, origin, panel.frequency, periods), units)
      })
    },
  }
}

/** Ridge regression of demand over level. */
export const ridge = regressionMember("ridge", ({ rows, target, weight }, width) => {
  const total = weight.reduce((sum, value) => sum + value, 0)
  const { intercept, weights } = ridgeRegression(rows, width, target, PENALTY * total, weight)
  return (row, offset) => weights.reduce((sum, value, column) => sum + value * (row[offset + column] as number), intercept)
})
