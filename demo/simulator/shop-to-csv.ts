import type { SimulatedEvent, SimulatedOrderLine, SimulatedShop } from "./types"

const ORDER_COLUMNS = [
  "order_id",
  "ordered_at",
  "email",
  "sku",
  "quantity",
  "unit_price",
  "currency",
  "location",
  "sales_channel",
  "status",
  "discount",
] as const satisfies readonly (keyof SimulatedOrderLine)[]
const EVENT_COLUMNS = [
  "event_id",
  "name",
  "timestamp",
  "visitor_id",
  "session_id",
  "email",
  "sku",
  "product_handle",
  "quantity",
  "unit_price",
  "currency",
  "search_term",
] as const satisfies readonly (keyof SimulatedEvent)[]

/** The shop's sales as lines of a CSV file in the `orders` import format, header first, each with its line end. */
export function* ordersToCsv(shop: Pick<SimulatedShop, "orders">): Generator<string> {
  yield `${ORDER_COLUMNS.join(",")}\n`
  for (const line of shop.orders()) yield `${ORDER_COLUMNS.map((column) => quoted(line[column])).join(",")}\n`
}

/** The shop's visits as lines of a CSV file in the `events` import format, header first, each with its line end. */
export function* eventsToCsv(shop: Pick<SimulatedShop, "events">): Generator<string> {
  yield `${EVENT_COLUMNS.join(",")}\n`
  for (const event of shop.events()) yield `${EVENT_COLUMNS.map((column) => quoted(event[column])).join(",")}\n`
}

/** A field as RFC 4180 wants it: in quotes where it holds a comma, a quote or a line end. */
function quoted(value: string | number): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}
