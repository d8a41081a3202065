import { dayInZone } from "./day"
import { MAX_CLOCK_AHEAD_MS, MAX_EVENT_AGE_MS, StorefrontEvent } from "./events"
import type { ShopEvent } from "./events"

/** Why one event of a batch is refused; the others are not held up by it. */
export interface RejectedEvent {
  index: number
  /** Path inside the event, e.g. `items.0.item_id`; empty when the event is no object. */
  field: string
  message: string
}

/** What the server knows of the sender; never taken from the body. */
export interface BatchSender {
  now: Date
  timeZone: string
  customerId: string | null
  salesChannelId: string | null
}

/** An accepted event and its place in the batch. */
export interface AcceptedEvent {
  index: number
  rows: ShopEvent[]
}

/**
 * Checks a storefront's batch event by event and turns what is good into rows, one a product.
 * A row's id is the sender's under `web/`, so that no browser can take the id of an order line.
 * @param batch Raw events as posted.
 */
export function acceptBatch(batch: readonly unknown[], sender: BatchSender): { accepted: AcceptedEvent[]; rejected: RejectedEvent[] } {
  const accepted: AcceptedEvent[] = []
  const rejected: RejectedEvent[] = []
  for (const [index, raw] of batch.entries()) {
    const parsed = StorefrontEvent.safeParse(raw)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const path = issue?.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : (issue?.path ?? [])
      rejected.push({ index, field: path.join("."), message: issue?.code === "unrecognized_keys" ? "unknown field" : (issue?.message ?? "invalid") })
      continue
    }
    const late = timestampProblem(parsed.data, sender.now)
    if (late) rejected.push({ index, field: "timestamp", message: late })
    else accepted.push({ index, rows: toRows(parsed.data, sender) })
  }
  return { accepted, rejected }
}

function timestampProblem(event: StorefrontEvent, now: Date): string | null {
  const ahead = Date.parse(event.timestamp) - now.getTime()
  if (ahead > MAX_CLOCK_AHEAD_MS) return `${event.timestamp} is in the future; expected at most ${MAX_CLOCK_AHEAD_MS / 60_000} minutes ahead of ${now.toISOString()}`
  if (-ahead > MAX_EVENT_AGE_MS) return `${event.timestamp} is too old; expected at most ${MAX_EVENT_AGE_MS / 86_400_000} days before ${now.toISOString()}`
  return null
}

function toRows(event: StorefrontEvent, { timeZone, customerId, salesChannelId }: BatchSender): ShopEvent[] {
  const occurredAt = new Date(event.timestamp)
  const anonymous = event.consent === "anonymous"
  const common = {
    day: dayInZone(occurredAt, timeZone),
    name: event.name,
    occurredAt,
    source: "storefront",
    customerId: anonymous ? null : customerId,
    visitorId: anonymous ? null : (event.visitor_id ?? null),
    sessionId: anonymous ? null : (event.session_id ?? null),
    sku: null,
    locationId: null,
    salesChannelId,
    orderId: null,
    cartId: anonymous ? null : (event.cart_id ?? null),
    searchTerm: event.search_term ?? null,
  }
  const extra = event.recommendation_id ? { recommendation_id: event.recommendation_id } : {}
  if (event.items.length === 0) {
    const properties = event.recommendation_id ? extra : null
    return [{ ...common, eventId: `web/${event.event_id}`, productId: null, variantId: null, quantity: null, unitPrice: null, currencyCode: null, properties }]
  }
  return event.items.map((item, position) => {
    const properties = {
      ...extra,
      ...(item.index !== undefined && { index: item.index }),
      ...(item.item_list_id !== undefined && { item_list_id: item.item_list_id }),
    }
    return {
      ...common,
      eventId: position === 0 ? `web/${event.event_id}` : `web/${event.event_id}#${position}`,
      productId: item.item_id,
      variantId: item.item_variant ?? null,
      quantity: item.quantity,
      unitPrice: item.price ?? null,
      currencyCode: item.price === undefined ? null : (event.currency ?? null),
      properties: Object.keys(properties).length > 0 ? properties : null,
    }
  })
}
