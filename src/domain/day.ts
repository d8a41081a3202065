import { ForesightError } from "./errors"

/** A calendar day `YYYY-MM-DD` in the shop's time zone; a string, so that no time zone can move it. */
export type Day = string

const MS_PER_DAY = 86_400_000
const formatters = new Map<string, Intl.DateTimeFormat>()

/** The calendar day of an instant in an IANA time zone. */
export function dayInZone(instant: Date, timeZone: string): Day {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" })
    formatters.set(timeZone, formatter)
  }
  return formatter.format(instant)
}

/** Days since 1970-01-01 of a calendar day. @throws ForesightError `invalid_series` when it is not a real `YYYY-MM-DD`. */
export function dayNumber(day: Day): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN
  if (!Number.isFinite(ms) || new Date(ms).toISOString().slice(0, 10) !== day) {
    throw new ForesightError("invalid_series", `day is ${JSON.stringify(day)}; expected YYYY-MM-DD`)
  }
  return ms / MS_PER_DAY
}

/** The calendar day `number` days after 1970-01-01. */
export function dayFromNumber(number: number): Day {
  return new Date(number * MS_PER_DAY).toISOString().slice(0, 10)
}

/** `day` moved by `days` calendar days (negative: earlier). */
export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days)
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}
