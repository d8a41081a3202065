import type { Day } from "../day"
import { EVENT_NAMES, type EventName } from "../events"
import { isWronglyEncoded, type ImportHeader } from "./import-formats"
import { parseDecimal, parseInstant } from "./parse-fields"
import type { ZoneClock } from "./zone-clock"

/** One line of an imported file, understood; nothing about it is judged yet (`exclusionReason`). */
export interface ImportLine {
  /** Line in the file; the header is line 1. */
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
  /** Lower case. */
  status: string | null
  description: string | null
  visitorId: string | null
  sessionId: string | null
  searchTerm: string | null
}

/** Why a line could not be read; `column` is `null` where the line as a whole is wrong. */
export interface RefusedLine {
  line: number
  column: string | null
  value: string
  message: string
}

export type ParsedLine = { ok: ImportLine } | { refused: RefusedLine }

/** What the parser has to know about shop and file. */
export interface ImportContext {
  header: ImportHeader
  clock: ZoneClock
  /** Refuses what happened later than this, ms since 1970; `null`: no limit. */
  notAfter: number | null
}

/** Longest id or name that is stored. */
const LONGEST = 256
/** UCI Online Retail has no currency column; the shop sold in pounds. */
const ONLINE_RETAIL_CURRENCY = "gbp"
const NEEDS_PRODUCT: readonly EventName[] = ["view_item", "select_item", "add_to_cart", "remove_from_cart", "add_to_wishlist"]

/** Carries a refusal out of the reading of one record; never leaves this file. */
class Refusal extends Error {
  constructor(
    readonly column: string | null,
    readonly value: string,
    message: string
  ) {
    super(message)
  }
}

/**
 * Reads one record of an import file. Strict: a broken number, date or empty id refuses the line and names the first bad column.
 * @param record The record's fields as text, in the file's order.
 * @param line Line number in the file, for messages and reports.
 */
export function parseLine(record: readonly string[], line: number, context: ImportContext): ParsedLine {
  try {
    return { ok: readRecord(record, line, context) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { refused: { line, column: error.column, value: error.value.slice(0, 100), message: error.message } }
  }
}

function readRecord(record: readonly string[], line: number, { header, clock, notAfter }: ImportContext): ImportLine {
  const { format, columns, width } = header
  if (record.length !== width) throw new Refusal(null, record.join(","), `expected ${width} columns, found ${record.length}`)
  const garbled = record.findIndex(isWronglyEncoded)
  if (garbled >= 0) {
    const name = [...columns].find(([, index]) => index === garbled)?.[0] ?? null
    throw new Refusal(name, record[garbled] ?? "", "expected UTF-8 text; save the file as UTF-8")
  }
  const text = (column: string): string | null => {
    const index = columns.get(column)
    const value = index === undefined ? "" : (record[index] ?? "").trim()
    return value === "" ? null : value
  }
  const name = (column: string): string | null => {
    const value = text(column)
    if (value && value.length > LONGEST) throw new Refusal(column, value, `expected at most ${LONGEST} characters`)
    return value
  }
  const id = (column: string): string => name(column) ?? refuse(column, "", "expected an id, found nothing")
  const decimal = (column: string): number | null => {
    const value = text(column)
    if (value === null) return null
    const parsed = parseDecimal(value)
    return "value" in parsed ? parsed.value : refuse(column, value, parsed.problem)
  }
  const number = (column: string): number => decimal(column) ?? refuse(column, "", "expected a number, found nothing")
  const instant = (column: string): Pick<ImportLine, "occurredAt" | "day"> => {
    const value = text(column) ?? refuse(column, "", "expected a date, found nothing")
    const parsed = parseInstant(value, clock)
    if ("problem" in parsed) return refuse(column, value, parsed.problem)
    if (notAfter !== null && parsed.value > notAfter) return refuse(column, value, "expected a time that is not in the future")
    return { occurredAt: new Date(parsed.value), day: clock.dayOf(parsed.value) }
  }
  const currency = (): string | null => {
    const value = text("currency")
    if (value !== null && !/^[A-Za-z]{3}$/.test(value)) refuse("currency", value, "expected an ISO 4217 code such as EUR")
    return value?.toLowerCase() ?? null
  }
  const customerRef = (): string | null => name("customer_id") ?? name("email")?.toLowerCase() ?? null

  const empty: Omit<ImportLine, "occurredAt" | "day" | "kind"> = {
    line,
    orderId: null,
    eventId: null,
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

  if (format === "online_retail") {
    const orderId = id("InvoiceNo")
    const quantity = number("Quantity")
    const unitPrice = number("UnitPrice")
    // Negative lines at price 0 are stock corrections, not returns: they stay purchases and are excluded by their quantity.
    const refund = /^C/i.test(orderId) || (quantity < 0 && unitPrice > 0)
    return {
      ...empty,
      kind: refund ? "refund" : "purchase",
      orderId,
      ...instant("InvoiceDate"),
      customerRef: name("CustomerID"),
      // The file writes some codes both ways (85123A, 85123a) for one product.
      sku: id("StockCode").toUpperCase(),
      quantity: refund ? Math.abs(quantity) : quantity,
      unitPrice,
      listPrice: unitPrice,
      currency: ONLINE_RETAIL_CURRENCY,
      description: text("Description")?.slice(0, LONGEST) ?? null,
    }
  }
  if (format === "orders") {
    const quantity = number("quantity")
    const listPrice = number("unit_price")
    const discount = decimal("discount") ?? 0
    const full = Math.abs(quantity) * listPrice
    // Half a cent of grace for totals that were rounded.
    if (discount < 0 || (discount > 0 && discount > full + 0.005)) {
      refuse("discount", String(discount), `expected the line's discount, between 0 and quantity × unit_price = ${full}`)
    }
    const refund = quantity < 0 && listPrice > 0
    return {
      ...empty,
      kind: refund ? "refund" : "purchase",
      orderId: id("order_id"),
      ...instant("ordered_at"),
      customerRef: customerRef(),
      sku: id("sku"),
      quantity: refund ? -quantity : quantity,
      unitPrice: quantity === 0 ? listPrice : Math.max(0, listPrice - discount / Math.abs(quantity)),
      listPrice,
      currency: currency() ?? refuse("currency", "", "expected an ISO 4217 code such as EUR"),
      location: name("location"),
      salesChannel: name("sales_channel"),
      status: name("status")?.toLowerCase() ?? null,
    }
  }
  const found = id("name")
  const kind = EVENT_NAMES.find((known) => known === found)
  if (!kind) return refuse("name", found, `expected one of ${EVENT_NAMES.join(", ")}`)
  if (kind === "purchase" || kind === "refund") return refuse("name", found, "expected a browse event; sales come from an orders file")
  const quantity = decimal("quantity")
  if (quantity !== null && quantity <= 0) refuse("quantity", String(quantity), "expected a number above 0")
  const unitPrice = decimal("unit_price")
  if (unitPrice !== null && unitPrice < 0) refuse("unit_price", String(unitPrice), "expected a number ≥ 0")
  const event: ImportLine = {
    ...empty,
    kind,
    eventId: id("event_id"),
    ...instant("timestamp"),
    customerRef: customerRef(),
    visitorId: name("visitor_id"),
    sessionId: name("session_id"),
    sku: name("sku"),
    productHandle: name("product_handle"),
    quantity,
    unitPrice,
    listPrice: unitPrice,
    currency: currency(),
    searchTerm: name("search_term"),
  }
  if (!event.customerRef && !event.visitorId) refuse("visitor_id", "", "expected a visitor or a customer")
  if (!event.sku && !event.productHandle && NEEDS_PRODUCT.includes(kind)) refuse("sku", "", `expected a sku or product_handle for ${kind}`)
  if (!event.searchTerm && kind === "search") refuse("search_term", "", "expected the words searched for")
  return event
}

function refuse(column: string, value: string, message: string): never {
  throw new Refusal(column, value, message)
}
