import type { Day } from "../day"
import type { EventName } from "../events"

/** One line of an imported file, understood; nothing about it is judged yet (`exclusionReason`). */
export interface ImportLine {
  /** Line in the file, of several the first; the header is line 1. */
  line: number
  /** `refund`: a cancellation or a return, its quantity turned positive. Otherwise `purchase` or what the visitor did. */
  kind: EventName
  /** Set for purchases and refunds, as is `sku`. */
  orderId: string | null
  /** The file's own id of a browse event. */
  eventId: string | null
  occurredAt: Date
  /** In the shop's time zone. */
  day: Day
  /** The old shop's customer id, else the email in lower case. */
  customerRef: string | null
  sku: string | null
  /** The product's handle; of a clickstream whatever it names products by. */
  productHandle: string | null
  /** Units; of purchases as found, so it may be ≤ 0. */
  quantity: number | null
  /** Paid per unit, after `discount`. */
  unitPrice: number | null
  /** Per unit before `discount`. */
  listPrice: number | null
  /** Lower-case ISO 4217. */
  currency: string | null
  location: string | null
  salesChannel: string | null
  /** Lower case; `canceled` and `test` do not count. */
  status: string | null
  /** What the file calls the product; not stored. */
  description: string | null
  visitorId: string | null
  sessionId: string | null
  searchTerm: string | null
}

/** A line with nothing but its place and time; made whole by the reader of its format. One literal: spreading a template into each of millions of lines takes ten times as long. */
export function blankLine(line: number, kind: EventName, { occurredAt, day }: Pick<ImportLine, "occurredAt" | "day">): ImportLine {
  return {
    line,
    kind,
    orderId: null,
    eventId: null,
    occurredAt,
    day,
    customerRef: null,
    sku: null,
    productHandle: null,
    quantity: null,
    unitPrice: null,
    listPrice: null,
    currency: null,
    location: null,
    salesChannel: null,
    status: null,
    description: null,
    visitorId: null,
    sessionId: null,
    searchTerm: null,
  }
}

/** Why a line could not be read; `column` is `null` where the line as a whole is wrong. */
export interface RefusedLine {
  line: number
  column: string | null
  value: string
  message: string
}

export type ParsedLine = { ok: ImportLine } | { refused: RefusedLine }
