import { dayInZone } from "../domain/day"
import type { Day } from "../domain/day"
import type { ExclusionReason, ShopEvent } from "../domain/events"
import type { ShopOrder, ShopOrderLine, ShopReturn } from "./shop-reader"

/** What an order says, in our words. */
export interface OrderEvents {
  events: ShopEvent[]
  /** Events that are kept but do not count. */
  excluded: { day: Day; eventId: string; reason: ExclusionReason; detail: string | null }[]
}

/** The part of stored events that the mapping compares with. */
export type StoredOrderLine = Pick<ShopEvent, "eventId" | "name" | "quantity">

/** Thousandths: decimal quantities come as floating point numbers. */
const round = (quantity: number) => Math.round(quantity * 1000) / 1000

const startsLine = (prefix: string) => (line: StoredOrderLine) => line.eventId === prefix || line.eventId.startsWith(`${prefix}#`)

function lineEvent(order: ShopOrder, line: ShopOrderLine, day: Day): ShopEvent {
  return {
    eventId: `${order.id}/${line.lineItemId}`,
    day,
    name: "purchase",
    occurredAt: order.placedAt,
    source: "medusa",
    customerId: order.customerId,
    visitorId: null,
    sessionId: null,
    productId: line.productId,
    variantId: line.variantId,
    sku: line.sku,
    locationId: line.locationId,
    salesChannelId: order.salesChannelId,
    orderId: order.id,
    cartId: null,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    currencyCode: order.currencyCode,
    searchTerm: null,
    properties: null,
  }
}

/**
 * Purchase events of an order, one a line, `eventId` `<order>/<line item>`. A line that an order edit made larger adds an event of the difference,
 * `<order>/<line item>#<new quantity>`, on the order's day; one made smaller adds a refund of the difference. Drafts say nothing.
 * @param stored Events of this order that are stored already; none for an order seen for the first time.
 */
export function orderEvents(order: ShopOrder, { timeZone, stored = [] }: { timeZone: string; stored?: readonly StoredOrderLine[] }): OrderEvents {
  const result: OrderEvents = { events: [], excluded: [] }
  if (order.isDraft) return result
  const day = dayInZone(order.placedAt, timeZone)
  for (const line of order.lines) {
    const event = lineEvent(order, line, day)
    const known = stored.filter(startsLine(event.eventId))
    if (known.length === 0 && line.quantity <= 0) continue
    const quantity = known.reduce((sum, { name, quantity }) => sum + (name === "purchase" ? (quantity ?? 0) : -(quantity ?? 0)), 0)
    const change = round(line.quantity - quantity)
    if (known.length > 0 && change !== 0) {
      result.events.push({ ...event, eventId: `${event.eventId}#${round(line.quantity)}`, name: change > 0 ? "purchase" : "refund", quantity: Math.abs(change) })
    } else {
      result.events.push(event) // also when it is known: storing it again is nothing, and its exclusions are settled below
    }
    const reason = order.isCanceled ? "canceled_order" : line.isGiftCard || !line.variantId ? "non_product" : null
    const detail = reason === "non_product" ? (line.isGiftCard ? "gift card" : "line without a product") : null
    if (reason) for (const eventId of new Set([...known.map((one) => one.eventId), ...result.events.slice(-1).map((one) => one.eventId)])) result.excluded.push({ day, eventId, reason, detail })
  }
  return result
}

/**
 * Refund events of a return, one a line and receipt, `eventId` `<return>/<line item>#<received so far>`; goods that came back later add the difference.
 * @param stored Events of the order that are stored already.
 */
export function returnEvents(
  returned: ShopReturn,
  order: ShopOrder,
  { timeZone, stored = [] }: { timeZone: string; stored?: readonly StoredOrderLine[] }
): ShopEvent[] {
  const receivedAt = returned.receivedAt
  if (returned.isCanceled || !receivedAt) return []
  return returned.lines.flatMap(({ lineItemId, receivedQuantity }) => {
    const line = order.lines.find((one) => one.lineItemId === lineItemId)
    if (!line) return []
    const prefix = `${returned.id}/${lineItemId}`
    const known = stored.filter(startsLine(prefix)).reduce((sum, { quantity }) => sum + (quantity ?? 0), 0)
    const quantity = round(receivedQuantity - known)
    if (quantity <= 0) return []
    const event = lineEvent(order, line, dayInZone(receivedAt, timeZone))
    return [
      {
        ...event,
        eventId: `${prefix}#${round(receivedQuantity)}`,
        name: "refund" as const,
        occurredAt: receivedAt,
        quantity,
        locationId: returned.locationId ?? event.locationId,
      },
    ]
  })
}
