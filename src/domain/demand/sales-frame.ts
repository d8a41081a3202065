import { dayFromNumber, type Day } from "../day"
import { ForesightError } from "../errors"
import { createPeriodCalendar, type PeriodCalendar } from "./period-calendar"
import type { Frequency } from "./types"

/** Longest history that is looked at: more teaches nothing and costs memory. */
const MOST_PERIODS: Record<Frequency, number> = { day: 1_461, week: 520, month: 240 }
/** Most periods between a file's first and last date: beyond it a year is a slip of the pen. */
const WIDEST = 20_000

/** What the rows of a sales file span; days since 1970-01-01. */
export class SalesSpan {
  /** First day with a quantity. */
  first = Infinity
  /** Last day with a quantity. */
  last = -Infinity
  lastOfAll = -Infinity
  private weekdays = 0

  /** @param units `NaN`: a row without a quantity. */
  take(day: number, units: number): void {
    if (day > this.lastOfAll) this.lastOfAll = day
    if (Number.isNaN(units)) return
    if (day < this.first) this.first = day
    if (day > this.last) this.last = day
    this.weekdays |= 1 << (((day % 7) + 7) % 7)
  }

  get oneWeekday(): boolean {
    return (this.weekdays & (this.weekdays - 1)) === 0
  }
}

/** The periods that the series of a sales file share. */
export interface SalesFrame {
  calendar: PeriodCalendar
  /** Number, in the calendar, of the first period. */
  base: number
  /** First day of each period up to the last one with a quantity. */
  periods: Day[]
  /** Periods with those after them of which something is known ahead. */
  length: number
  /** Whether the file's weeks begin on the one weekday that all its dates fall on. */
  oneWeekday: boolean
  /** First day of the file's history where it was too long to be used whole. */
  cutBefore: Day | null
}

/** Months begin on the 1st; weeks on the weekday of the file's dates if that is one, else so that they end on its last day; later dates without a quantity lengthen what is known ahead.
 * @throws ForesightError `invalid_file` when dates lie further apart than any history, or no row has a quantity. */
export function salesFrame(span: SalesSpan, frequency: Frequency): SalesFrame {
  if (span.first === Infinity) throw new ForesightError("invalid_file", "no row has a quantity; expected at least one")
  const calendar = createPeriodCalendar(frequency, span.oneWeekday ? span.last : span.last + 1)
  const [from, to, end] = [calendar.periodOf(span.first), calendar.periodOf(span.last), calendar.periodOf(span.lastOfAll)]
  if (end - from > WIDEST) {
    throw new ForesightError("invalid_file", `dates go from ${dayFromNumber(span.first)} to ${dayFromNumber(span.lastOfAll)}, ${end - from + 1} periods (${frequency}); expected at most ${WIDEST}`)
  }
  const base = Math.max(from, to - MOST_PERIODS[frequency] + 1)
  const count = to - base + 1
  return {
    ...{ calendar, base, oneWeekday: span.oneWeekday },
    periods: Array.from({ length: count }, (_, period) => calendar.startOf(base + period)),
    length: Math.max(count, end - base + 1),
    cutBefore: from < base ? calendar.startOf(base) : null,
  }
}
