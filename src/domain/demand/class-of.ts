import type { DemandClass, DemandSeries, Frequency } from "./types"

/** Known periods below which a series is `new` and has no pattern of its own. */
const NEW_SERIES_PERIODS = 8

/** All classes, in the order in which reports list them. */
export const DEMAND_CLASSES: readonly DemandClass[] = ["smooth", "erratic", "intermittent", "lumpy", "new", "dying"]

/** Periods after which the calendar repeats: a year of weeks or months, a week of days. */
export const SEASON_PERIODS: Record<Frequency, number> = { day: 7, week: 52, month: 12 }

const ADI_LIMIT = 1.32
const CV2_LIMIT = 0.49
/** A series is dying after so many of its own gaps between sales, and at least so many periods, without one; it had to sell so often before.
 * On Online Retail before its first test origin 9% of items are: they then sell a tenth of what they did, where TSB still says half (docs/models/statistical.md). */
const DYING_GAPS = 3
const DYING_PERIODS = 8
const DYING_SALES = 3

/** One value for each class. */
export function forEachClass<Value>(of: (demandClass: DemandClass) => Value): Record<DemandClass, Value> {
  return Object.fromEntries(DEMAND_CLASSES.map((demandClass) => [demandClass, of(demandClass)])) as Record<DemandClass, Value>
}

/** How a series sold before `origin`, counted from its first sale on, unknown periods skipped.
 * ADI = periods / periods with a sale; CV² = (sd / mean)² of the sizes of sales (population sd). ADI < 1.32: smooth (CV² < 0.49) or erratic;
 * else intermittent (CV² < 0.49, also when nothing was ever sold) or lumpy. Fewer than `NEW_SERIES_PERIODS` known periods: new. Three sales or more, and
 * now for three of the mean gaps between them (and 8 periods) none: dying, whatever it was before.
 * @see Syntetos, Boylan & Croston (2005), J. Oper. Res. Soc. 56(5).
 */
export function classOf(series: DemandSeries, origin: number): DemandClass {
  let known = 0
  let sinceSale = 0
  let sales = 0
  let sum = 0
  let squares = 0
  let silent = 0
  for (let period = series.firstPeriod; period < origin; period++) {
    const units = series.units[period] ?? NaN
    if (Number.isNaN(units)) continue
    known++
    if (units > 0) {
      sales++
      silent = 0
      sum += units
      squares += units * units
    } else silent++
    if (sales > 0) sinceSale++
  }
  if (known < NEW_SERIES_PERIODS) return "new"
  if (sales === 0) return "intermittent"
  const gap = (sinceSale - silent - 1) / Math.max(1, sales - 1)
  if (sales >= DYING_SALES && silent >= Math.max(DYING_PERIODS, DYING_GAPS * gap)) return "dying"
  const mean = sum / sales
  const cv2 = Math.max(0, squares / sales - mean * mean) / (mean * mean)
  if (sinceSale / sales < ADI_LIMIT) return cv2 < CV2_LIMIT ? "smooth" : "erratic"
  return cv2 < CV2_LIMIT ? "intermittent" : "lumpy"
}

/** Known periods from the first sale on, before `origin`; 0 when nothing was sold. In a weekly panel: the weeks of history behind advice. */
export function periodsSinceFirstSale(series: DemandSeries, origin: number): number {
  let periods = 0
  for (let period = 0; period < origin; period++) {
    const units = series.units[period] ?? NaN
    if (periods > 0 ? !Number.isNaN(units) : units > 0) periods++
  }
  return periods
}
