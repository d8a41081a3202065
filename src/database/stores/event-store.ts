import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import type { EventName, ShopEvent } from "../../domain/events"
import type { InteractionTable } from "../../domain/recommending/types"
import { bulkSource, columnList } from "../bulk"
import { EventEntity } from "../entities/event.entity"
import { ensureMonths, monthsBetween } from "../partitions"
import { countChanged, errorCode, rows, transaction } from "../query"
import { readInteractions } from "../read-interactions"

/** What happened in the shop. Rows are keyed by `(day, eventId)`: the same batch twice, or from two processes at once, ends in the same rows. */
export interface EventStore {
  /** Makes the monthly partitions of all months from `fromDay` to `toDay`; safe beside inserts and other callers. @returns names of those made now. */
  ensurePartitions(fromDay: Day, toDay: Day): Promise<string[]>
  /** Adds events and notes the days whose demand changed, in one transaction. Missing partitions are made. `insertedIds`: event ids that were new. */
  insert(events: readonly ShopEvent[]): Promise<{ inserted: number; duplicates: number; insertedIds: Set<string> }>
  /** Newest first. */
  recentOfSession(sessionId: string, limit: number): Promise<ShopEvent[]>
  /** Newest first. */
  recentOfCustomer(customerId: string, limit: number): Promise<ShopEvent[]>
  /** Newest first. */
  recentOfVisitor(visitorId: string, limit: number): Promise<ShopEvent[]>
  /** Lines of one order, purchases and refunds, oldest first. */
  ofOrder(orderId: string): Promise<ShopEvent[]>
  /** Erases a person: browse events (also those of their devices from before logging in), cart lines and the taste vector go; purchases and refunds stay
   * without customer, visitor, session, cart and properties, since demand is counted from them. */
  eraseCustomer(customerId: string): Promise<{ deleted: number; anonymised: number; vectors: number }>
  /** Everything from `sinceDay` on that says something about taste (`EVENT_WEIGHTS` > 0, a product, a customer, visitor or session, not excluded), sorted by time. Users that are no customers are named `visitor:…` or `session:…`. */
  interactions(sinceDay: Day): Promise<InteractionTable>
  /** Rows by name, all rows, and the last day with an event. */
  summary(): Promise<{ byName: Partial<Record<EventName, number>>; total: number; lastDay: Day | null }>
  /** SKUs of events that no variant was found for: the next ones behind `after`, in the order of the database. */
  unknownSkus(page: { after: string | null; limit: number }): Promise<string[]>
  /** Customers named by any event: the next ids behind `after`, in the order of the database. */
  customersPage(page: { after: string | null; limit: number }): Promise<string[]>
  /** Gives the held events of a SKU their variant, restores their `unknown_sku` exclusions, and notes the days. @returns events changed. */
  attachSku(sku: string, variantId: string, productId: string): Promise<number>
}

/** Postgres: no partition of the table found for a row (`check_violation`). */
const NO_PARTITION = "23514"

/** Makes the event store of an opened data source. */
export function createEventStore(dataSource: DataSource): EventStore {
  const columns = () => columnList(dataSource, EventEntity, { without: ["receivedAt"] })
  const recent = (column: string, value: string, limit: number) =>
    rows<ShopEvent>(
      dataSource,
      `SELECT ${columns()} FROM foresight.event WHERE ${column} = $1 ORDER BY occurred_at DESC, event_id DESC LIMIT $2`,
      [value, limit]
    )

  return {
    ensurePartitions: (fromDay, toDay) => ensureMonths(dataSource, monthsBetween(fromDay, toDay)),

    async insert(events) {
      if (events.length === 0) return { inserted: 0, duplicates: 0, insertedIds: new Set() }
      const { table, names, select, parameters } = bulkSource<EventEntity>(dataSource, EventEntity, events)
      const statement = `WITH added AS (INSERT INTO ${table} (${names.join(", ")}) ${select}
          ON CONFLICT (day, event_id) DO NOTHING RETURNING day, event_id, name),
        touched AS (INSERT INTO foresight.demand_touched (day) SELECT DISTINCT day FROM added WHERE name IN ('purchase', 'refund'))
        SELECT event_id AS id FROM added`
      const insert = () => rows<{ id: string }>(dataSource, statement, parameters)
      const added = await insert().catch(async (error: unknown) => {
        if (errorCode(error) !== NO_PARTITION) throw error
        await ensureMonths(dataSource, events.map(({ day }) => day.slice(0, 7)))
        return insert()
      })
      return { inserted: added.length, duplicates: events.length - added.length, insertedIds: new Set(added.map(({ id }) => id)) }
    },

    recentOfSession: (sessionId, limit) => recent("session_id", sessionId, limit),
    recentOfCustomer: (customerId, limit) => recent("customer_id", customerId, limit),
    recentOfVisitor: (visitorId, limit) => recent("visitor_id", visitorId, limit),

    ofOrder: (orderId) =>
      rows<ShopEvent>(
        dataSource,
        `SELECT ${columns()} FROM foresight.event WHERE order_id = $1 AND name IN ('purchase', 'refund') ORDER BY occurred_at, event_id`,
        [orderId]
      ),

    eraseCustomer: (customerId) =>
      transaction(dataSource, async (manager) => {
        await rows(manager, "DELETE FROM foresight.cart_line WHERE cart_id IN (SELECT cart_id FROM foresight.event WHERE customer_id = $1)", [customerId])
        // the same person before logging in: their device's events that name no customer
        const deleted = await countChanged(
          manager,
          `DELETE FROM foresight.event WHERE name NOT IN ('purchase', 'refund') AND (customer_id = $1 OR (customer_id IS NULL AND visitor_id IN
            (SELECT visitor_id FROM foresight.event WHERE customer_id = $1 AND visitor_id IS NOT NULL)))`,
          [customerId]
        )
        const anonymised = await countChanged(
          manager,
          `UPDATE foresight.event SET customer_id = NULL, visitor_id = NULL, session_id = NULL, cart_id = NULL, search_term = NULL, properties = NULL
            WHERE customer_id = $1`,
          [customerId]
        )
        const vectors = await countChanged(manager, "DELETE FROM foresight.customer_vector WHERE customer_id = $1", [customerId])
        return { deleted, anonymised, vectors }
      }),

    interactions: (sinceDay) => readInteractions(dataSource, sinceDay),

    async summary() {
      const counts = await rows<{ name: EventName; count: number; lastDay: Day }>(
        dataSource,
        `SELECT name, count(*)::int AS count, max(day)::text AS "lastDay" FROM foresight.event GROUP BY name ORDER BY name`
      )
      return {
        byName: Object.fromEntries(counts.map(({ name, count }) => [name, count])),
        total: counts.reduce((sum, { count }) => sum + count, 0),
        lastDay: counts.map(({ lastDay }) => lastDay).sort().at(-1) ?? null,
      }
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
        "SELECT DISTINCT customer_id AS id FROM foresight.event WHERE customer_id IS NOT NULL AND ($1::text IS NULL OR customer_id > $1) ORDER BY 1 LIMIT $2",
        [after, limit]
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
