import type { DateOrder, DecimalMark } from "./file-style"
import type { ZoneClock } from "./zone-clock"

/** Largest number a quantity or price may have; beyond it a column was mixed up. */
const LARGEST = 1e9
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?$/
/** Thousands with commas; a single `1,234` without decimals could be a decimal comma and is refused. */
const GROUPED_DOT = /^[+-]?\d{1,3}(,\d{3})+\.\d+$|^[+-]?\d{1,3}(,\d{3}){2,}$/
const COMMA = /^[+-]?(\d+|\d{1,3}(\.\d{3})+)?(,\d*)?$/
const INSTANT = /^(\d{4})([-/])(\d{2})\2(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i
const DAY_FIRST = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s?(AM|PM)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i

/** A decimal number, or the reason why not; `undefined` is never a number. */
export function parseDecimal(text: string, mark: DecimalMark = "dot"): { value: number } | { problem: string } {
  const plain = mark === "comma" ? withDot(text) : NUMBER.test(text) ? text : GROUPED_DOT.test(text) ? text.replaceAll(",", "") : null
  if (plain === null || !NUMBER.test(plain)) {
    if (mark === "comma") return { problem: /\./.test(text) ? "expected a number with a decimal comma, as in the file's other lines" : "expected a number" }
    return { problem: /^[+-]?[\d.]*,\d+$/.test(text) ? "expected a number with a decimal dot, without separators" : "expected a number" }
  }
  const value = Number(plain)
  return Math.abs(value) <= LARGEST ? { value } : { problem: `expected a number between −${LARGEST} and ${LARGEST}` }
}

const withDot = (text: string) => (COMMA.test(text) ? text.replaceAll(".", "").replace(",", ".") : null)

/**
 * An instant in ms: ISO 8601 with offset (also `UTC`), or `YYYY-MM-DD[ T]HH:mm[:ss]` and `YYYY-MM-DD` (its midnight) on the shop's clock;
 * with `dmy` or `mdy` also `31.12.2026 14:05`, `12/31/2026 2:05 PM`. Days that no calendar has (30 February) are refused instead of rolled over.
 */
export function parseInstant(text: string, clock: ZoneClock, dates: DateOrder = "ymd"): { value: number } | { problem: string } {
  const iso = INSTANT.exec(text)
  if (iso) return toInstant({ year: iso[1], month: iso[3], day: iso[4], hour: iso[5], minute: iso[6], second: iso[7], fraction: iso[8], zone: iso[9] }, clock)
  const other = dates === "ymd" ? null : DAY_FIRST.exec(text)
  if (!other) return { problem: dates === "ymd" ? "expected ISO 8601 or YYYY-MM-DD HH:mm:ss" : `expected a date as in the file's other lines (${dates === "dmy" ? "day first" : "month first"})` }
  const [day, month] = dates === "dmy" ? [other[1], other[3]] : [other[3], other[1]]
  let hour = other[5]
  if (other[8] !== undefined) {
    const twelve = Number(hour)
    if (twelve < 1 || twelve > 12) return { problem: "expected an hour from 1 to 12 before AM or PM" }
    hour = String((twelve % 12) + (other[8].toUpperCase() === "PM" ? 12 : 0))
  }
  return toInstant({ year: other[4], month, day, hour, minute: other[6], second: other[7], fraction: undefined, zone: other[9] }, clock)
}

interface WrittenTime {
  year: string | undefined
  month: string | undefined
  day: string | undefined
  hour: string | undefined
  minute: string | undefined
  second: string | undefined
  fraction: string | undefined
  zone: string | undefined
}

function toInstant(written: WrittenTime, clock: ZoneClock): { value: number } | { problem: string } {
  const { fraction, zone } = written
  const [year, month, day] = [Number(written.year), Number(written.month), Number(written.day)]
  const [hour, minute, second] = [Number(written.hour ?? 0), Number(written.minute ?? 0), Number(written.second ?? 0)]
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) {
    return { problem: "expected a real date and time from 1970 on" }
  }
  const local = Date.UTC(year, month - 1, day, hour, minute, second) + (fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000))
  if (!zone) return { value: clock.toInstant(local) }
  if (!/^[+-]/.test(zone)) return { value: local }
  const [offsetHours, offsetMinutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  if (offsetHours > 14 || offsetMinutes > 59) return { problem: "expected an offset of at most 14 hours" }
  return { value: local - (zone.startsWith("-") ? -1 : 1) * (offsetHours * 60 + offsetMinutes) * 60_000 }
}

const isLeapYear = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysIn = (year: number, month: number) => (month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31)
