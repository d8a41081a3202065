import { EVENT_NAMES, type EventName } from "../events"
import { refuse, type FieldReaders } from "./field-readers"
import { blankLine, type ImportLine } from "./import-line"

type ReadRecord = (record: readonly string[], line: number) => ImportLine

const NEEDS_PRODUCT: readonly EventName[] = ["view_item", "select_item", "add_to_cart", "remove_from_cart", "add_to_wishlist"]

/** Our own events format: one row an event and product. */
export function eventsReader(fields: FieldReaders): ReadRecord {
  const [eventId, nameOf, moment, customer] = [fields.id("event_id"), fields.id("name"), fields.moment("timestamp"), fields.customer("customer_id", "email")]
  const [quantityOf, priceOf, currencyOf] = [fields.decimal("quantity"), fields.decimal("unit_price"), fields.currency("currency")]
  const [visitor, session, sku, handle, words] = [
    fields.name("visitor_id"),
    fields.name("session_id"),
    fields.name("sku"),
    fields.name("product_handle"),
    fields.name("search_term"),
  ]
  return (record, line) => {
    const found = nameOf(record)
    const kind = EVENT_NAMES.find((known) => known === found)
    if (!kind) return refuse("name", found, `expected one of ${EVENT_NAMES.join(", ")}`)
    if (kind === "purchase" || kind === "refund") return refuse("name", found, "expected a browse event; sales come from an orders file")
    const quantity = quantityOf(record)
    if (quantity !== null && quantity <= 0) refuse("quantity", String(quantity), "expected a number above 0")
    const unitPrice = priceOf(record)
    if (unitPrice !== null && unitPrice < 0) refuse("unit_price", String(unitPrice), "expected a number ≥ 0")
    const event = blankLine(line, kind, moment(record))
    event.eventId = eventId(record)
    event.customerRef = customer(record)
    event.visitorId = visitor(record)
    event.sessionId = session(record)
    event.sku = sku(record)
    event.productHandle = handle(record)
    event.quantity = quantity
    event.unitPrice = unitPrice
    event.listPrice = unitPrice
    event.currency = currencyOf(record)
    event.searchTerm = words(record)
    if (!event.customerRef && !event.visitorId) refuse("visitor_id", "", "expected a visitor or a customer")
    if (!event.sku && !event.productHandle && NEEDS_PRODUCT.includes(kind)) refuse("sku", "", `expected a sku or product_handle for ${kind}`)
    if (!event.searchTerm && kind === "search") refuse("search_term", "", "expected the words searched for")
    return event
  }
}

const CLICKS: ReadonlyMap<string, EventName> = new Map([
  ["view", "view_item"],
  ["cart", "add_to_cart"],
  ["remove_from_cart", "remove_from_cart"],
  ["purchase", "purchase"],
])

/**
 * A clickstream as REES46 gives it: `event_time,event_type,product_id,…,price,user_id,user_session`. Products are named by SKU, handle or external id.
 * It has no event ids and no orders: a purchase is one unit, the purchases of a session are one order.
 */
export function clickstreamReader(fields: FieldReaders): ReadRecord {
  const [moment, typeOf, product] = [fields.moment("event_time"), fields.id("event_type"), fields.id("product_id")]
  const [priceOf, user, session, currencyOf] = [fields.decimal("price"), fields.name("user_id"), fields.name("user_session"), fields.currency("currency")]
  return (record, line) => {
    const type = typeOf(record)
    const kind = CLICKS.get(type.toLowerCase()) ?? refuse("event_type", type, `expected one of ${[...CLICKS.keys()].join(", ")}`)
    const productId = product(record)
    const [customerRef, sessionId, unitPrice] = [user(record), session(record), priceOf(record)]
    if (customerRef === null && sessionId === null) refuse("user_session", "", "expected a session or a user")
    const sold = kind === "purchase"
    const when = moment(record)
    const one = blankLine(line, kind, when)
    one.orderId = sold ? (sessionId ?? `${customerRef ?? ""} ${when.day}`) : null
    one.customerRef = customerRef
    one.sessionId = sessionId
    one.sku = productId
    one.productHandle = productId
    one.quantity = kind === "view_item" ? null : 1
    one.unitPrice = unitPrice
    one.listPrice = unitPrice
    one.currency = unitPrice === null ? null : currencyOf(record)
    return one
  }
}
