import type { ZoneClock } from "./zone-clock"

/** Largest number a quantity or price may have; beyond it a column was mixed up. */
const LARGEST = 1e9
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?$/
const INSTANT = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i

/** A decimal number with a dot, or the reason why not; `undefined` is never a number. */
export function parseDecimal(text: string): { value: number } | { problem: string } {
  if (!NUMBER.test(text)) {
    return { problem: /^[+-]?[\d.]*,\d+$/.test(text) ? "expected a number with a decimal dot, without separators" : "expected a number" }
  }
  const value = Number(text)
  return Math.abs(value) <= LARGEST ? { value } : { problem: `expected a number between −${LARGEST} and ${LARGEST}` }
}

/**
 * An instant in ms: ISO 8601 with offset, or `YYYY-MM-DD[ T]HH:mm[:ss]` and `YYYY-MM-DD` (its midnight) on the shop's clock.
 * Days that no calendar has (30 February) are refused instead of rolled over.
 */
export function parseInstant(text: string, clock: ZoneClock): { value: number } | { problem: string } {
  const match = INSTANT.exec(text)
  if (!match) return { problem: "expected ISO 8601 or YYYY-MM-DD HH:mm:ss" }
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number]
  const milliseconds = Number(`0.${match[7] ?? "0"}`) * 1000
  const local = Date.UTC(year, month - 1, day, hour, minute, second) + Math.floor(milliseconds)
  const read = new Date(local)
  if (year < 1970 || read.getUTCMonth() !== month - 1 || read.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
    return { problem: "expected a real date and time from 1970 on" }
  }
  const zone = match[8]
  if (!zone) return { value: clock.toInstant(local) }
  if (zone.toUpperCase() === "Z") return { value: local }
  const [offsetHours, offsetMinutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  if (offsetHours > 14 || offsetMinutes > 59) return { problem: "expected an offset of at most 14 hours" }
  return { value: local - (zone.startsWith("-") ? -1 : 1) * (offsetHours * 60 + offsetMinutes) * 60_000 }
}
