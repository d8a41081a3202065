import { dayInZone } from "./day"
import type { Day } from "./day"
import { translateEvent } from "./event-aliases"
import { judgeClock } from "./event-clock"
import type { ClockProblem } from "./event-clock"
import { MAX_ITEMS, StorefrontEvent, unknownField } from "./events"
import type { ShopEvent } from "./events"
import { readPlainEvent } from "./plain-event"

/** Why one event of a batch is refused; the others are not held up by it. */
export interface RejectedEvent {
  index: number
  /** Path inside the event as it was sent, e.g. `items.0.item_id`; empty when the event is no object. */
  field: string
  message: string
}

/** What the server knows of the sender; never taken from the body. */
export interface BatchSender {
  /** When the batch was received. */
  now: Date
  timeZone: string
  customerId: string | null
  salesChannelId: string | null
}

/** An event that is kept, and its place in the batch. */
export interface AcceptedEvent {
  index: number
  /** One a product; one without a product for an event about none. */
  rows: ShopEvent[]
  /** Its time is not believed: the rows carry the time of receipt, what was claimed is in `properties.claimed_timestamp`. */
  problem: ClockProblem | null
  /** Where the sender wrote the field at a path of our event. */
  fieldOf: (path: readonly PropertyKey[]) => string
}

/** A quarter of an hour: no zone's day begins inside one. */
const QUARTER_MS = 900_000

/**
 * Checks a storefront's batch event by event and turns what is good into rows, one a product.
 * A row's id is the sender's under `web/`, so that no browser can take the id of an order line.
 * @param batch Raw events as posted: ours, or in the shape of Segment or PostHog.
 */
export function acceptBatch(batch: readonly unknown[], sender: BatchSender): { accepted: AcceptedEvent[]; rejected: RejectedEvent[] } {
  const accepted: AcceptedEvent[] = []
  const rejected: RejectedEvent[] = []
  const days = new Map<number, Day>()
  const dayOf = (at: Date) => {
    const quarter = Math.floor(at.getTime() / QUARTER_MS)
    const known = days.get(quarter)
    if (known !== undefined) return known
    const day = dayInZone(at, sender.timeZone)
    days.set(quarter, day)
    return day
  }
  for (let index = 0; index < batch.length; index += 1) {
    const translated = translateEvent(batch[index])
    const given = translated ? translated.event : batch[index]
    const fieldOf = translated ? translated.fieldOf : ownField
    if (isDenied(given)) {
      rejected.push({ index, field: fieldOf(["consent"]), message: "consent is denied: nothing was read or stored" })
      continue
    }
    if (hasTooManyItems(given)) {
      rejected.push({ index, field: fieldOf(["items"]), message: `expected at most ${MAX_ITEMS} items` })
      continue
    }
    const event = readPlainEvent(given) ?? checked(given)
    if ("field" in event) rejected.push({ index, field: fieldOf(event.field), message: event.message })
    else {
      const claimed = Date.parse(event.timestamp)
      const problem = judgeClock(event.timestamp, sender.now, claimed)
      const occurredAt = problem ? sender.now : new Date(claimed)
      accepted.push({ index, rows: toRows(event, sender, { occurredAt, day: dayOf(occurredAt), problem }), problem, fieldOf })
    }
  }
  return { accepted, rejected }
}

const ownField = (path: readonly PropertyKey[]) => path.join(".")

function checked(given: unknown): StorefrontEvent | { field: readonly PropertyKey[]; message: string } {
  const { data: event, error } = StorefrontEvent.safeParse(given)
  if (!event) return { field: error.issues[0]?.path ?? [], message: error.issues[0]?.message ?? "invalid" }
  const unknown = unknownField(given as object)
  return unknown ? { field: unknown, message: "unknown field" } : event
}

const isDenied = (event: unknown) => typeof event === "object" && event !== null && "consent" in event && event.consent === "denied"

/** Asked before anything else is checked: zod looks at every element of a list, and only then at its length. */
const hasTooManyItems = (event: unknown) =>
  typeof event === "object" && event !== null && "items" in event && Array.isArray(event.items) && event.items.length > MAX_ITEMS

type Item = StorefrontEvent["items"][number]

/** When an event was, as far as that is believed. */
interface When {
  occurredAt: Date
  day: Day
  problem: ClockProblem | null
}

function toRows(event: StorefrontEvent, sender: BatchSender, when: When): ShopEvent[] {
  if (event.items.length === 0) return [toRow(event, sender, when, null, 0)]
  return event.items.map((item, position) => toRow(event, sender, when, item, position))
}

/** One literal lists every field: put together from parts, a row took five times as long. */
function toRow(event: StorefrontEvent, sender: BatchSender, { occurredAt, day, problem }: When, item: Item | null, position: number): ShopEvent {
  const isNamed = event.consent !== "anonymous"
  return {
    eventId: position === 0 ? `web/${event.event_id}` : `web/${event.event_id}#${position}`,
    day,
    name: event.name,
    occurredAt,
    source: "storefront",
    customerId: isNamed ? sender.customerId : null,
    visitorId: isNamed ? (event.visitor_id ?? null) : null,
    sessionId: isNamed ? (event.session_id ?? null) : null,
    productId: item?.item_id ?? null,
    variantId: item?.item_variant ?? null,
    sku: null,
    locationId: null,
    salesChannelId: sender.salesChannelId,
    regionId: null,
    orderId: null,
    cartId: isNamed ? (event.cart_id ?? null) : null,
    quantity: item?.quantity ?? null,
    unitPrice: item?.price ?? null,
    currencyCode: item?.price === undefined ? null : (event.currency ?? null),
    searchTerm: event.search_term ?? null,
    properties: propertiesOf(event, item, problem),
  }
}

function propertiesOf({ recommendation_id, timestamp }: StorefrontEvent, item: Item | null, problem: ClockProblem | null) {
  if (recommendation_id === undefined && !problem && item?.index === undefined && item?.item_list_id === undefined) return null
  const properties: Record<string, unknown> = {}
  if (recommendation_id !== undefined) properties.recommendation_id = recommendation_id
  if (problem) properties.claimed_timestamp = timestamp
  if (item?.index !== undefined) properties.index = item.index
  if (item?.item_list_id !== undefined) properties.item_list_id = item.item_list_id
  return properties
}
