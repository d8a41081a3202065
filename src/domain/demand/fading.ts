import { crostonLevels } from "./croston"
import { explainedByLevel } from "./explain/explained-by-level"
import { levelForecaster } from "./exponential-smoothing"
import { spreadForecasts } from "./spread-forecasts"
import type { DemandModel, DemandPanel, DemandSeries } from "./types"

/** Bounds of the groups by silence: periods since the last sale over the mean gap between sales. */
const BOUNDS = [0.5, 1.5, 2.5, 4, 6, 9, 14] as const
/** Targets, back from the origin, from which the shop's own fading is learnt. */
const RECENT_TARGETS = 26
/** Mean units that a group's factor of 1 counts for beside what was seen. */
const PRIOR_UNITS = 20
/** First periods of a series that teach nothing about fading. */
const LEARNING_PERIODS = 6

/** Group of silence before each period, shape `[origin + 1]`; −1 before two sales. */
function silenceGroups(series: DemandSeries, origin: number): Int8Array {
  const groups = new Int8Array(origin + 1).fill(-1)
  let [sales, sinceFirst, silent] = [0, 0, 0]
  for (let period = series.firstPeriod; period <= origin; period++) {
    if (sales >= 2) {
      const gap = (sinceFirst - silent - 1) / (sales - 1)
      const ratio = silent / Math.max(1, gap)
      groups[period] = BOUNDS.filter((bound) => ratio > bound).length
    }
    const units = period < origin ? (series.units[period] ?? NaN) : NaN
    if (Number.isNaN(units)) continue
    if (units > 0) {
      sales++
      silent = 0
    } else silent++
    if (sales > 0) sinceFirst++
  }
  return groups
}

/** Demand of the next period as a share of Croston's level, per group of silence, over the panel's last 26 targets. */
function fadingOf(panel: DemandPanel, origin: number, levels: readonly Float64Array[], groups: readonly Int8Array[]): Float64Array {
  const actual = new Float64Array(BOUNDS.length + 1).fill(PRIOR_UNITS)
  const expected = new Float64Array(BOUNDS.length + 1).fill(PRIOR_UNITS)
  panel.series.forEach((series, at) => {
    for (let period = Math.max(series.firstPeriod + LEARNING_PERIODS, origin - RECENT_TARGETS); period < origin; period++) {
      const group = groups[at]?.[period] ?? -1
      const units = series.units[period] ?? NaN
      const level = levels[at]?.[period] ?? NaN
      if (group < 0 || Number.isNaN(units) || !(level > 0)) continue
      actual[group]! += Math.max(0, units)
      expected[group]! += level
    }
  })
  return actual.map((units, group) => units / (expected[group] ?? 1))
}

/** Croston's level, which is that of an item that goes on selling, times what items that have been silent for as many of their gaps still sold in this very
 * shop lately: seasonal articles, discontinued ones and slow ones fade at their shop's own pace, all items together tell it.
 * @see the idea of a chance of being alive: Schmittlein, Morrison & Colombo (1987), Management Science 33(1).
 */
export const fading: DemandModel = explainedByLevel({
  name: "fading",
  forecast: (panel, origin, horizon, sums) => {
    const levels = panel.series.map((series) => crostonLevels(series, origin))
    const groups = panel.series.map((series) => silenceGroups(series, origin))
    const factors = fadingOf(panel, origin, levels, groups)
    const point = panel.series.map((series, at) => {
      const faded = (levels[at] ?? new Float64Array(origin + 1)).map((level, period) => level * (factors[groups[at]?.[period] ?? -1] ?? 1))
      return levelForecaster(series, faded, origin)
    })
    return spreadForecasts(panel, origin, horizon, point, sums)
  },
})
