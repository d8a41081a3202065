import type { Day } from "../day"
import { dayFromNumber, dayNumber } from "../day"
import type { Frequency } from "./types"

const DAYS_PER_WEEK = 7
const MONTHS_PER_YEAR = 12
const EPOCH_YEAR = 1970

/** Which period a day belongs to, and when periods begin; counted from any fixed one, so that differences count. */
export interface PeriodCalendar {
  readonly frequency: Frequency
  /** Number of the period that holds a day, given as days since 1970-01-01. */
  periodOf(day: number): number
  /** First day of a period. */
  startOf(period: number): Day
}

/** Days; weeks that begin on the weekday of `anchor`; months that begin on the 1st.
 * @param anchor Any first day of a week, as days since 1970-01-01; days and months need none. */
export function createPeriodCalendar(frequency: Frequency, anchor = 0): PeriodCalendar {
  if (frequency === "month") return { frequency, periodOf: monthOf, startOf: firstOfMonth }
  const length = frequency === "week" ? DAYS_PER_WEEK : 1
  return {
    frequency,
    periodOf: (day) => Math.floor((day - anchor) / length),
    startOf: (period) => dayFromNumber(anchor + period * length),
  }
}

/** First days of the `count` periods after the last of `periods`, which hold at least one; a week begins on the weekday of the others. */
export function periodsAfter(frequency: Frequency, periods: readonly Day[], count: number): Day[] {
  const last = dayNumber(periods.at(-1) ?? "")
  const calendar = createPeriodCalendar(frequency, last)
  return Array.from({ length: count }, (_, ahead) => calendar.startOf(calendar.periodOf(last) + ahead + 1))
}

function monthOf(day: number): number {
  const date = new Date(day * 86_400_000)
  return (date.getUTCFullYear() - EPOCH_YEAR) * MONTHS_PER_YEAR + date.getUTCMonth()
}

function firstOfMonth(month: number): Day {
  return new Date(Date.UTC(EPOCH_YEAR, month, 1)).toISOString().slice(0, 10)
}
