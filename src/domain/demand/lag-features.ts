import { knownValues } from "./known-values"
import type { DemandPanel, DemandSeries, KnownAhead } from "./types"

const LAGS = 6
const MEANS = [4, 13, 26] as const
/** Lags, means, share of empty periods, log level, silence, price against its mean. */
const OWN_FEATURES = LAGS + MEANS.length + 4
const LEVEL_ALPHA = 0.1
const SMALLEST = 1e-9
/** Periods of silence above which one is like another. */
const LONGEST_SILENCE = 13
/** Ratios to the level count as at most this. */
const LARGEST_RATIO = 8
const EMPTY_WITHIN = 8

/** What regressions know of one series: features and level before each period. */
export interface LagFeatures {
  /** Shape `[(origin + 1) × width]`. */
  rows: Float64Array
  /** Mean of known units so far, the latest weighing most, deseasonalised; shape `[origin + 1]`, `NaN` while nothing is known. */
  levels: Float64Array
}

/** Number of features of a row, without what is known ahead. */
export const LAG_FEATURES = OWN_FEATURES
/** Where the price stands in a row; 1 is the usual one. */
export const PRICE_FEATURE = OWN_FEATURES - 1

/** Features of a series before each period up to `origin`: the last six known units, means of the last 4, 13 and 26, all over its level; the share of empty ones of
 * the last eight; log of the level; time since the last sale (1 from 13 periods on); last price over mean price. Unknown periods are skipped.
 */
export function lagFeatures(series: DemandSeries, origin: number, index: Float64Array | null): LagFeatures {
  const { values, seen } = knownValues(series, origin, index)
  const rows = new Float64Array((origin + 1) * OWN_FEATURES)
  const levels = new Float64Array(origin + 1).fill(NaN)
  const byCount = new Float64Array((values.length + 1) * OWN_FEATURES)
  const levelByCount = new Float64Array(values.length + 1).fill(NaN)
  const sums = new Float64Array(values.length + 1)
  let [total, weight, silent] = [0, 0, 0]
  values.forEach((units, at) => {
    const count = at + 1
    total = (1 - LEVEL_ALPHA) * total + LEVEL_ALPHA * units
    weight = (1 - LEVEL_ALPHA) * weight + LEVEL_ALPHA
    sums[count] = (sums[at] ?? 0) + units
    silent = units > 0 ? 0 : silent + 1
    const level = total / weight
    levelByCount[count] = level
    const start = count * OWN_FEATURES
    const scaled = (value: number) => (level > SMALLEST ? Math.max(-LARGEST_RATIO, Math.min(LARGEST_RATIO, value / level)) : 0)
    for (let lag = 0; lag < LAGS; lag++) byCount[start + lag] = scaled(values[Math.max(0, at - lag)] ?? 0)
    MEANS.forEach((window, which) => {
      const from = Math.max(0, count - window)
      byCount[start + LAGS + which] = scaled(((sums[count] ?? 0) - (sums[from] ?? 0)) / (count - from))
    })
    let empty = 0
    for (let back = Math.max(0, count - EMPTY_WITHIN); back < count; back++) if (!((values[back] ?? 0) > 0)) empty++
    byCount[start + LAGS + MEANS.length] = empty / Math.min(EMPTY_WITHIN, count)
    byCount[start + LAGS + MEANS.length + 1] = Math.log1p(Math.max(0, level))
    byCount[start + LAGS + MEANS.length + 2] = Math.min(1, silent / LONGEST_SILENCE)
  })
  let [price, prices, priceSum] = [NaN, 0, 0]
  for (let period = 0; period <= origin; period++) {
    const count = seen[period] ?? 0
    rows.set(byCount.subarray(count * OWN_FEATURES, (count + 1) * OWN_FEATURES), period * OWN_FEATURES)
    levels[period] = levelByCount[count] ?? NaN
    const mean = priceSum / prices
    rows[period * OWN_FEATURES + OWN_FEATURES - 1] = prices > 0 && mean > 0 ? Math.min(2, price / mean) : 1
    const next = period < origin ? (series.price[period] ?? NaN) : NaN
    if (Number.isNaN(next)) continue
    price = next
    prices++
    priceSum += next
  }
  return { rows, levels }
}

/** Columns that are known ahead, brought to at most 1 (or −1) by their largest value before `limit`; unknown is 0. */
export function knownColumns(panel: DemandPanel, limit: number): Pick<KnownAhead, "values" | "since">[] {
  return (panel.known ?? []).map(({ values, since }) => {
    let largest = 0
    for (const column of new Set(values)) for (let period = 0; period < limit; period++) largest = Math.max(largest, Math.abs(column[period] ?? 0) || 0)
    const scaled = (value: number) => (Number.isNaN(value) || largest === 0 ? 0 : Math.max(-1, Math.min(1, value / largest)))
    const made = new Map(Array.from(new Set(values), (column) => [column, column.map(scaled)])) // series share columns
    return { values: values.map((column) => made.get(column) as Float64Array), ...(since && { since }) }
  })
}
