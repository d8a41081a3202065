import type { Day } from "../day"
import type { DateOrder, DecimalMark } from "./file-style"
import type { ImportHeader } from "./import-formats"
import { parseDecimal, parseInstant } from "./parse-fields"
import type { ZoneClock } from "./zone-clock"

/** What the parser has to know about shop and file. */
export interface ImportContext {
  header: ImportHeader
  clock: ZoneClock
  /** Refuses what happened later than this, ms since 1970; `null`: no limit. */
  notAfter: number | null
  decimal?: DecimalMark
  dates?: DateOrder
  /** Lower-case ISO 4217 for lines that name none. */
  currency?: string | null
}

/** Longest id or name that is stored. */
const LONGEST = 256

/** Carries a refusal out of the reading of one record; caught by `createLineParser()`. */
export class Refusal extends Error {
  constructor(
    readonly column: string | null,
    readonly value: string,
    message: string
  ) {
    super(message)
  }
}

/** Refuses the line because of one column. */
export function refuse(column: string, value: string, message: string): never {
  throw new Refusal(column, value, message)
}

type Record = readonly string[]
export interface Moment {
  occurredAt: Date
  day: Day
}

/** Readers of single columns; positions are looked up once a file, not once a line. A column the file lacks reads as `null`. */
export function createFieldReaders({ header: { columns }, clock, notAfter, decimal: mark = "dot", dates = "ymd", currency: fallback = null }: ImportContext) {
  const text = (column: string): ((record: Record) => string | null) => {
    const index = columns.get(column)
    if (index === undefined) return () => null
    return (record) => record[index]?.trim() || null
  }
  const name = (column: string): ((record: Record) => string | null) => {
    const read = text(column)
    return (record) => {
      const value = read(record)
      if (value !== null && value.length > LONGEST) refuse(column, value, `expected at most ${LONGEST} characters`)
      return value
    }
  }
  const id = (column: string): ((record: Record) => string) => {
    const read = name(column)
    return (record) => read(record) ?? refuse(column, "", "expected an id, found nothing")
  }
  const decimal = (column: string): ((record: Record) => number | null) => {
    const read = text(column)
    return (record) => {
      const value = read(record)
      if (value === null) return null
      const parsed = parseDecimal(value, mark)
      return "value" in parsed ? parsed.value : refuse(column, value, parsed.problem)
    }
  }
  const number = (column: string): ((record: Record) => number) => {
    const read = decimal(column)
    return (record) => read(record) ?? refuse(column, "", "expected a number, found nothing")
  }
  const moment = (column: string): ((record: Record) => Moment) => {
    const read = text(column)
    // the lines of an order share their time
    let lastText = ""
    let last: Moment = { occurredAt: new Date(0), day: "1970-01-01" }
    return (record) => {
      const value = read(record) ?? refuse(column, "", "expected a date, found nothing")
      if (value === lastText) return last
      const parsed = parseInstant(value, clock, dates)
      if ("problem" in parsed) return refuse(column, value, parsed.problem)
      if (notAfter !== null && parsed.value > notAfter) return refuse(column, value, "expected a time that is not in the future")
      last = { occurredAt: new Date(parsed.value), day: clock.dayOf(parsed.value) }
      lastText = value
      return last
    }
  }
  const currency = (column: string): ((record: Record) => string | null) => {
    const read = text(column)
    return (record) => {
      const value = read(record)
      if (value !== null && !/^[A-Za-z]{3}$/.test(value)) refuse(column, value, "expected an ISO 4217 code such as EUR")
      return value?.toLowerCase() ?? fallback
    }
  }
  /** A customer by id, else by email. */
  const customer = (idColumn: string, emailColumn: string): ((record: Record) => string | null) => {
    const [readId, readEmail] = [name(idColumn), name(emailColumn)]
    return (record) => readId(record) ?? readEmail(record)?.toLowerCase() ?? null
  }
  return { text, name, id, decimal, number, moment, currency, customer }
}
export type FieldReaders = ReturnType<typeof createFieldReaders>
