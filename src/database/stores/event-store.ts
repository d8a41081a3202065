import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import type { EventName, ShopEvent } from "../../domain/events"
import type { InteractionTable } from "../../domain/recommending/types"
import { columnList } from "../bulk"
import { EventEntity } from "../entities/event.entity"
import { countEvents } from "../count-events"
import { eraseCustomer } from "../erase-customer"
import { createEventWriter, makingPartitions, type SetAsideLine } from "../insert-events"
import { ensureMonths, monthsBetween } from "../partitions"
import { rows } from "../query"
import { readInteractions } from "../read-interactions"
import { recentOfPerson } from "../recent-of-person"

/** What happened in the shop. Rows are keyed by `(day, eventId)`: the same batch twice, or from two processes at once, ends in the same rows. */
export interface EventStore {
  /** Makes the monthly partitions of all months from `fromDay` to `toDay`; safe beside inserts and other callers. @returns names of those made now. */
  ensurePartitions(fromDay: Day, toDay: Day): Promise<string[]>
  /** Adds events and notes the days whose demand changed, in one transaction. Missing partitions are made. `insertedIds`: event ids that were new; the set is the caller's own.
   * @param setAside Which of the new ones do not count, and why; what was there before stays as it is. */
  insert(events: readonly ShopEvent[], setAside?: readonly SetAsideLine[]): Promise<{ inserted: number; duplicates: number; insertedIds: Set<string> }>
  /** Newest first; what was set aside is left out, here and in the next two. */
  recentOfSession(sessionId: string, limit: number, fromDay?: Day): Promise<ShopEvent[]>
  /** Newest first: the customer's own, those of the guest they were, and what their devices and carts did before they logged in, as far as one customer only used them. */
  recentOfCustomer(customerId: string, limit: number): Promise<ShopEvent[]>
  /** What a customer themself did that was received after an instant, of days from `fromDay` on; newest first. */
  newOfCustomer(customerId: string, since: { receivedAfter: Date; fromDay: Day }, limit: number): Promise<ShopEvent[]>
  /** Newest first. */
  recentOfVisitor(visitorId: string, limit: number): Promise<ShopEvent[]>
  /** Lines of one order, purchases and refunds, oldest first. */
  ofOrder(orderId: string): Promise<ShopEvent[]>
  /** Erases a person, with the guest they were: browse events (also those of their devices, visits and carts from before logging in) with the verdicts on them, cart lines, the taste vector and what says who they are go; purchases and refunds stay
   * without customer, visitor, session, cart and properties, since demand is counted from them. So does what imports brought of them before the shop knew them.
   * @param emails Theirs, for the name that imports give people whom the shop does not know. */
  eraseCustomer(customerId: string, emails?: readonly string[]): Promise<{ deleted: number; anonymised: number; vectors: number }>
  /** Everything from `sinceDay` on that says something about taste (`EVENT_WEIGHTS` > 0, a product, a customer, visitor or session, not excluded, told once), sorted by time. Users that are no customers are named `visitor:…` or `session:…`. */
  interactions(sinceDay: Day): Promise<InteractionTable>
  /** How many rows there are, by Postgres's own estimate where a month has many (exact below 10,000 a month), and the last day with an event. */
  summary(): Promise<{ total: number; lastDay: Day | null }>
  /** Whether there is any event with one of these names. */
  has(names: readonly EventName[]): Promise<boolean>
  /** SKUs of events that no variant was found for: the next ones behind `after`, in the order of the database. */
  unknownSkus(page: { after: string | null; limit: number }): Promise<string[]>
  /** Customers named by any event or identity: the next ids behind `after`, in the order of the database. */
  customersPage(page: { after: string | null; limit: number }): Promise<string[]>
  /** Gives the held events of a SKU their variant, restores their `unknown_sku` exclusions, and notes the days. @returns events changed. */
  attachSku(sku: string, variantId: string, productId: string): Promise<number>
}

/** Before every partition. */
const FIRST_DAY = "0001-01-01"

/** Makes the event store of an opened data source. */
export function createEventStore(dataSource: DataSource): EventStore {
  const write = createEventWriter(dataSource)
  const columns = (alias?: string) => columnList(dataSource, EventEntity, { ...(alias !== undefined && { alias }), without: ["receivedAt"] })
  /** `fromDay` leaves out the partitions before it, which planner and indices would otherwise go through; `OFFSET 0` has verdicts looked up row by row instead of all being read. */
  const recent = (column: string, value: string, limit: number, fromDay = FIRST_DAY, receivedAfter: Date | null = null) =>
    rows<ShopEvent>(
      dataSource,
      `SELECT ${columns("e")} FROM foresight.event e WHERE e.${column} = $1 AND e.day >= $3::date AND ($4::timestamptz IS NULL OR e.received_at > $4) AND NOT EXISTS
        (SELECT 1 FROM foresight.excluded_line x WHERE x.day = e.day AND x.event_id = e.event_id AND x.restored_at IS NULL OFFSET 0)
        ORDER BY e.occurred_at DESC, e.event_id DESC LIMIT $2`,
      [value, limit, fromDay, receivedAfter]
    )

  return {
    ensurePartitions: (fromDay, toDay) => ensureMonths(dataSource, monthsBetween(fromDay, toDay)),

    async insert(events, setAside = []) {
      const insertedIds = await makingPartitions(dataSource, () => events, () => write(events, setAside))
      return { inserted: insertedIds.size, duplicates: events.length - insertedIds.size, insertedIds }
    },

    recentOfSession: (sessionId, limit, fromDay) => recent("session_id", sessionId, limit, fromDay),
    newOfCustomer: (customerId, { receivedAfter, fromDay }, limit) => recent("customer_id", customerId, limit, fromDay, receivedAfter),
    recentOfCustomer: (customerId, limit) => rows<ShopEvent>(dataSource, recentOfPerson(columns("e")), [customerId, limit]),
    recentOfVisitor: (visitorId, limit) => recent("visitor_id", visitorId, limit),

    ofOrder: (orderId) =>
      rows<ShopEvent>(
        dataSource,
        `SELECT ${columns()} FROM foresight.event WHERE order_id = $1 AND name IN ('purchase', 'refund') ORDER BY occurred_at, event_id`,
        [orderId]
      ),

    eraseCustomer: (customerId, emails = []) => eraseCustomer(dataSource, customerId, emails),

    interactions: (sinceDay) => readInteractions(dataSource, sinceDay),

    async summary() {
      const [total, [last]] = await Promise.all([
        countEvents(dataSource),
        rows<{ day: Day | null }>(dataSource, "SELECT max(day)::text AS day FROM foresight.event"),
      ])
      return { total, lastDay: last?.day ?? null }
    },

    async has(names) {
      const [answer] = await rows<{ found: boolean }>(dataSource, "SELECT EXISTS (SELECT FROM foresight.event WHERE name = ANY($1::text[])) AS found", [names])
      return answer?.found ?? false
    },

    async unknownSkus({ after, limit }) {
      const found = await rows<{ sku: string }>(
        dataSource,
        "SELECT DISTINCT sku FROM foresight.event WHERE variant_id IS NULL AND sku IS NOT NULL AND ($1::text IS NULL OR sku > $1) ORDER BY sku LIMIT $2",
        [after, limit]
      )
      return found.map(({ sku }) => sku)
    },

    async customersPage({ after, limit }) {
      const found = await rows<{ id: string }>(
        dataSource,
        // each side is cut by itself: else every row there is would be read for each page
        `(SELECT DISTINCT customer_id AS id FROM foresight.event WHERE customer_id > $1 ORDER BY 1 LIMIT $2)
          UNION (SELECT DISTINCT customer_id FROM foresight.identity WHERE customer_id > $1 ORDER BY 1 LIMIT $2) ORDER BY 1 LIMIT $2`,
        [after ?? "", limit]
      )
      return found.map(({ id }) => id)
    },

    async attachSku(sku, variantId, productId) {
      const [answer] = await rows<{ changed: number }>(
        dataSource,
        `WITH changed AS (UPDATE foresight.event SET variant_id = $2, product_id = $3 WHERE sku = $1 AND variant_id IS NULL RETURNING day, event_id, name),
        restored AS (UPDATE foresight.excluded_line x SET restored_at = now() FROM changed c
          WHERE x.day = c.day AND x.event_id = c.event_id AND x.reason = 'unknown_sku' AND x.restored_at IS NULL),
        touched AS (INSERT INTO foresight.demand_touched (day) SELECT DISTINCT day FROM changed WHERE name IN ('purchase', 'refund'))
        SELECT count(*)::int AS changed FROM changed`,
        [sku, variantId, productId]
      )
      return answer?.changed ?? 0
    },
  }
}
