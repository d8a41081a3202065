import { YEAR_PERIODS } from "./boosted/demand-history"
import { causeOfKnown } from "./explain/cause-of-known"
import { knownAt } from "./known-at"
import { knownColumns, LAG_FEATURES, lagFeatures, PRICE_FEATURE, type LagFeatures } from "./lag-features"
import { LEARNING_PERIODS } from "./point-forecaster"
import type { DemandCause, DemandPanel } from "./types"

const SMALLEST_LEVEL = 1e-6
/** Ratios of demand to level above it count as it: a bulk order is no rule. */
const LARGEST_TARGET = 20

/** What regressions are fitted to, and what they forecast from. */
export interface RegressionTable {
  width: number
  features: readonly LagFeatures[]
  /** Writes the features of series `at`, known before `period`, for the window that begins `from` and ends before `to` periods later. */
  write(at: number, period: number, from: number, to: number, into: Float64Array, offset: number): void
  /** Overwrites what stands for one cause in a row of series `at` by what is usual for it: its mean of the last year, or the usual price. */
  makeUsual(cause: DemandCause, at: number, row: Float64Array): void
}

/** One regression's data: demand of a window over its level, weighing as the level, so that errors count in units. */
export interface RegressionRows {
  rows: Float64Array
  target: Float64Array
  weight: Float64Array
}

/** Lag features of all series, with the mean of what is known ahead over the window forecast. */
export function regressionTable(panel: DemandPanel, origin: number, indexes: readonly Float64Array[] | null): RegressionTable {
  const features = panel.series.map((series, at) => lagFeatures(series, origin, indexes?.[at] ?? null))
  const known = knownColumns(panel, origin)
  const causes = (panel.known ?? []).map(({ name }) => causeOfKnown(name))
  const from = Math.max(0, origin - YEAR_PERIODS[panel.frequency])
  const width = LAG_FEATURES + known.length
  return {
    width,
    features,
    write(at, period, from, to, into, offset) {
      const { rows } = features[at] as LagFeatures
      for (let column = 0; column < LAG_FEATURES; column++) into[offset + column] = rows[period * LAG_FEATURES + column] as number
      known.forEach((column, which) => {
        let sum = 0
        for (let ahead = from; ahead < to; ahead++) sum += knownAt(column, at, period + ahead, period) || 0
        into[offset + LAG_FEATURES + which] = sum / (to - from)
      })
    },
    makeUsual(cause, at, row) {
      if (cause === "price") row[PRICE_FEATURE] = 1
      known.forEach((column, which) => {
        if (causes[which] !== cause) return
        let sum = 0
        for (let period = from; period < origin; period++) sum += knownAt(column, at, period, origin) || 0
        row[LAG_FEATURES + which] = sum / Math.max(1, origin - from)
      })
    },
  }
}

/** All that was seen before `limit` of demand in the window, per period and series; the target is its mean per period over the level.
 * @param most Rows at most: an even sample of all.
 */
export function regressionRows(
  panel: DemandPanel,
  limit: number,
  table: RegressionTable,
  indexes: readonly Float64Array[] | null,
  from: number,
  to: number,
  most: number
): RegressionRows {
  let all = 0
  panel.series.forEach(({ firstPeriod }) => (all += Math.max(0, limit - to + 1 - firstPeriod - LEARNING_PERIODS)))
  const step = Math.max(1, Math.ceil(all / most))
  const rows = new Float64Array(Math.ceil(all / step) * table.width)
  const target = new Float64Array(Math.ceil(all / step))
  const weight = new Float64Array(target.length)
  let [count, turn] = [0, 0]
  panel.series.forEach((series, at) => {
    const levels = table.features[at]?.levels
    for (let period = series.firstPeriod + LEARNING_PERIODS; period + to <= limit; period++) {
      if (turn++ % step !== 0) continue
      const level = levels?.[period] ?? NaN
      let units = 0
      for (let ahead = from; ahead < to; ahead++) units += (series.units[period + ahead] ?? NaN) / (indexes?.[at]?.[period + ahead] ?? 1)
      if (Number.isNaN(units) || !(level > SMALLEST_LEVEL)) continue
      table.write(at, period, from, to, rows, count * table.width)
      target[count] = Math.max(0, Math.min(LARGEST_TARGET, units / (to - from) / level))
      weight[count++] = level
    }
  })
  return { rows: rows.subarray(0, count * table.width), target: target.subarray(0, count), weight: weight.subarray(0, count) }
}
