import { dayFromNumber, dayNumber, type Day } from "../day"
import { createPeriodCalendar } from "./period-calendar"
import type { DemandPanel, KnownAhead } from "./types"

/** A day on which people shop otherwise than on its neighbours. */
export interface Holiday {
  day: Day
  name: string
  /** `public`: shops and offices are closed; `observance`: people keep it and work, e.g. Mother's Day. */
  kind: "public" | "observance"
}

const COLUMNS: Record<Holiday["kind"], string> = { public: "holidays", observance: "observances" }

/** First day and last day of a panel's periods and of `ahead` more; `null` for a panel without periods. */
export function calendarSpan({ frequency, periods }: Pick<DemandPanel, "frequency" | "periods">, ahead: number): { from: Day; to: Day } | null {
  const [first] = periods
  if (first === undefined) return null
  const start = dayNumber(first)
  const calendar = createPeriodCalendar(frequency, start)
  return { from: first, to: dayFromNumber(dayNumber(calendar.startOf(calendar.periodOf(start) + periods.length + ahead)) - 1) }
}

/** Columns known ahead: the number of public holidays (`holidays`) and of kept days (`observances`) in each period of the panel and `ahead` more, the same for
 * all its series. A column without any such day is left out. */
export function holidayColumns(panel: Pick<DemandPanel, "frequency" | "periods" | "series">, ahead: number, holidays: readonly Holiday[]): KnownAhead[] {
  const [first] = panel.periods
  if (first === undefined) return []
  const start = dayNumber(first)
  const calendar = createPeriodCalendar(panel.frequency, start)
  const firstPeriod = calendar.periodOf(start)
  return (["public", "observance"] as const).flatMap((kind) => {
    const counts = new Float64Array(panel.periods.length + ahead)
    for (const day of new Set(holidays.filter((holiday) => holiday.kind === kind).map((holiday) => dayNumber(holiday.day)))) {
      const period = calendar.periodOf(day) - firstPeriod
      if (period >= 0 && period < counts.length) counts[period]! += 1
    }
    return counts.some((count) => count > 0) ? [{ name: COLUMNS[kind], values: panel.series.map(() => counts) }] : []
  })
}
