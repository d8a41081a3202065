import { daysBetween, type Day } from "../day"
import type { ZoneClock } from "./zone-clock"

const MS_PER_WEEK = 7 * 86_400_000

/** Whole weeks (may be negative) that bring a history's last day as near to `asOf` as weekdays allow, never past it. */
export function weeksToShift(lastDay: Day, asOf: Day): number {
  return Math.floor(daysBetween(lastDay, asOf) / 7)
}

/** An instant moved by whole weeks on the shop's wall clock: weekday and hour stay, also across clock changes. */
export function shiftWeeks(instant: Date, weeks: number, clock: ZoneClock): Date {
  return new Date(clock.toInstant(clock.toLocal(instant.getTime()) + weeks * MS_PER_WEEK))
}
