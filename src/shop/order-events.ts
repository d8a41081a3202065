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

/** The shop's time zone, and the events of the order that are stored already; none for an order seen for the first time. */
interface MappingOptions {
  timeZone: string
  stored?: readonly ShopEvent[]
}

/** Thousandths: decimal quantities come as floating point numbers. */
const round = (quantity: number) => Math.round(quantity * 1000) / 1000

const startsLine = (prefix: string) => (event: ShopEvent) => event.eventId === prefix || event.eventId.startsWith(`${prefix}#`)

/** Units that stored events of one line add up to. */
const netOf = (events: readonly ShopEvent[]) => round(events.reduce((sum, { name, quantity }) => sum + (name === "purchase" ? (quantity ?? 0) : -(quantity ?? 0)), 0))

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

/** The difference between what is stored of a line and its quantity now, on the day and at the location of the stored line, so that both are counted together. */
function changeOf(known: readonly [ShopEvent, ...ShopEvent[]], quantity: number, unitPrice: number | null): ShopEvent[] {
  const [first] = known
  const change = round(quantity - netOf(known))
  if (change === 0) return []
  const eventId = `${first.eventId}#${known.length}`
  return [{ ...first, eventId, ...(change > 0 ? { name: "purchase", unitPrice } : { name: "refund" }), quantity: Math.abs(change) }]
}

/** Stored events of the order's own lines (returns have other ids), by `<order>/<line item>`, the line's first event first. */
function storedLines(order: ShopOrder, stored: readonly ShopEvent[]): Map<string, [ShopEvent, ...ShopEvent[]]> {
  const lines = new Map<string, [ShopEvent, ...ShopEvent[]]>()
  for (const event of [...stored].sort((one, two) => one.eventId.length - two.eventId.length)) {
    if (!event.eventId.startsWith(`${order.id}/`)) continue
    const prefix = event.eventId.split("#")[0] ?? event.eventId
    const known = lines.get(prefix)
    if (known) known.push(event)
    else lines.set(prefix, [event])
  }
  return lines
}

/**
 * Purchase events of an order, one a line, `eventId` `<order>/<line item>`. A line that an order edit made larger adds an event of the difference,
 * `<order>/<line item>#<stored events of the line>`, on the stored line's day; one made smaller, or removed, adds a refund of the difference.
 * What is stored keeps its day, also when the shop's time zone has changed since. Drafts say nothing.
 */
export function orderEvents(order: ShopOrder, { timeZone, stored = [] }: MappingOptions): OrderEvents {
  const result: OrderEvents = { events: [], excluded: [] }
  if (order.isDraft) return result
  const exclude = (events: readonly ShopEvent[], reason: ExclusionReason, detail: string | null) =>
    result.excluded.push(...events.map(({ day, eventId }) => ({ day, eventId, reason, detail })))
  const known = storedLines(order, stored)

  for (const line of order.lines) {
    const event = lineEvent(order, line, dayInZone(order.placedAt, timeZone))
    const before = known.get(event.eventId)
    known.delete(event.eventId)
    if (!before && line.quantity <= 0) continue
    const added = !before ? [event] : order.isCanceled ? [] : changeOf(before, line.quantity, line.unitPrice)
    result.events.push(...added)
    const ofLine = [...(before ?? []), ...added]
    if (order.isCanceled) exclude(ofLine, "canceled_order", null)
    else if (line.isGiftCard || !line.variantId) exclude(ofLine, "non_product", line.isGiftCard ? "gift card" : "line without a product")
  }
  // lines that an edit removed are not in the order any more
  for (const removed of known.values()) {
    if (order.isCanceled) exclude(removed, "canceled_order", null)
    else result.events.push(...changeOf(removed, 0, null))
  }
  return result
}

/**
 * Refund events of a return, one a line and receipt, `eventId` `<return>/<line item>#<received so far>`; goods that came back later add the difference.
 */
export function returnEvents(returned: ShopReturn, order: ShopOrder, { timeZone, stored = [] }: MappingOptions): ShopEvent[] {
  const receivedAt = returned.receivedAt
  if (returned.isCanceled || !receivedAt) return []
  return returned.lines.flatMap(({ lineItemId, receivedQuantity }) => {
    const line = order.lines.find((one) => one.lineItemId === lineItemId)
    if (!line) return []
    const prefix = `${returned.id}/${lineItemId}`
    const quantity = round(receivedQuantity + netOf(stored.filter(startsLine(prefix))))
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
