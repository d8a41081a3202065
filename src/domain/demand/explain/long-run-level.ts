import { YEAR_PERIODS } from "../boosted/demand-history"
import type { DemandPanel, DemandSeries } from "../types"

/** What a series sells in the long run, in units a period. */
export interface LongRunLevel {
  /** Mean of the last year as it was sold, time out of stock and all. */
  sold: number
  /** Mean of what was wanted in the same time: the known periods, with what was made up for time out of stock. */
  demand: number
}

/** The level that a forecast's reasons are measured from: the last year before `origin`, or what there is of it; 0 where nothing is known. A whole year holds
 * every season once, so that a season is a distance from it. */
export function longRunLevel(series: DemandSeries, origin: number, frequency: DemandPanel["frequency"]): LongRunLevel {
  const { units, madeUp, firstPeriod } = series
  let [wanted, known, sold, periods] = [0, 0, 0, 0]
  for (let period = Math.max(firstPeriod, origin - YEAR_PERIODS[frequency]); period < origin; period++) {
    const value = units[period] ?? NaN
    if (!Number.isNaN(value) || !Number.isNaN(madeUp?.[period] ?? 0)) periods++
    if (Number.isNaN(value)) continue
    known++
    wanted += Math.max(0, value)
    sold += Math.max(0, value - (madeUp?.[period] ?? 0))
  }
  const demand = known > 0 ? wanted / known : 0
  // a period that is unknown because nothing was left sold nothing
  return { sold: madeUp && periods > 0 ? sold / periods : demand, demand }
}
