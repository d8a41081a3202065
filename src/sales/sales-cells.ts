import { dayNumber } from "../domain/day"
import type { Frequency } from "../domain/demand/types"

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/
const TIME = /^[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s?(Z|[+-]\d{2}(:?\d{2})?)?$/
/** Larger numbers are slips: squares of them must stay finite. */
const LARGEST = 1e12
const DATE = "a date that exists, as 2026-03-31"
const EXPECTED_DATE: Record<Frequency, string> = { day: DATE, week: DATE, month: `${DATE} or 2026-03` }

/** A number with a dot before decimals; `null` for anything else, also for `NaN` and beyond ± 1e12. */
export function parseNumber(text: string): number | null {
  if (!NUMBER.test(text)) return null
  const value = Number(text)
  return Math.abs(value) <= LARGEST ? value : null
}

/** 1 and 0, as numbers or as true and false; `null` for anything else. */
export function parseFlag(text: string): boolean | null {
  if (text === "1" || text === "1.0") return true
  if (text === "0" || text === "0.0") return false
  const lower = text.toLowerCase()
  return lower === "true" ? true : lower === "false" ? false : null
}

/** A value known in advance: a number, or true and false as 1 and 0; `null` for anything else. */
export function parseKnown(text: string): number | null {
  const flag = parseFlag(text)
  return flag === null ? parseNumber(text) : Number(flag)
}

/** Reads dates as days since 1970-01-01; a time of day is left out. The same few dates come again and again: each is read once. */
export class DateCells {
  private readonly known = new Map<string, number | null>()
  readonly expected: string

  constructor(private readonly frequency: Frequency) {
    this.expected = EXPECTED_DATE[frequency]
  }

  /** `null` where the text is no date. */
  parse(text: string): number | null {
    if (text.length > 10 && !TIME.test(text.slice(10))) return null
    const day = text.length > 10 ? text.slice(0, 10) : text
    const known = this.known.get(day)
    if (known !== undefined) return known
    const read = this.read(day)
    this.known.set(day, read)
    return read
  }

  private read(text: string): number | null {
    const day = this.frequency === "month" && /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text
    try {
      return dayNumber(day)
    } catch {
      return null // the caller tells line and column
    }
  }
}
