import type { DataSource, EntityManager } from "typeorm"
import type { Day } from "../../domain/day"
import type { ExclusionReason, ShopEvent } from "../../domain/events"
import { bulkSource } from "../bulk"
import { EventEntity } from "../entities/event.entity"
import { ensureMonths } from "../partitions"
import { errorCode, rows, transaction } from "../query"

/** All that one order says now. */
export interface OrderState {
  orderId: string
  events: readonly ShopEvent[]
  excluded: readonly { day: Day; eventId: string; reason: ExclusionReason; detail: string | null }[]
}

/** Event rows that had to be touched to make the stored lines those of the shop. */
export interface OrderRowsChanged {
  added: number
  changed: number
  removed: number
}

type StoredLine = Pick<ShopEvent, "eventId" | "day" | "occurredAt" | "customerId">

/** Lines of Medusa's orders. They follow the shop: stored twice, late or in any order they end as the last state read. */
export interface OrderStore {
  /** What is stored of each order, by order id. */
  storedOf(orderIds: readonly string[]): Promise<Map<string, StoredLine[]>>
  /** Makes the stored lines of each order exactly `events`: missing ones are added, differing ones changed, others removed, and the days noted whose demand
   * changed. Rows that are stored without a customer stay so. Lines of imports are left alone. A line stays restored or excluded as an operator decided, but for
   * `canceled_order`. All orders or none. */
  replace(states: readonly OrderState[]): Promise<OrderRowsChanged>
}

/** Postgres: no partition of the table found for a row (`check_violation`). */
const NO_PARTITION = "23514"
/** What identifies a row; all else may change. */
const KEY = ["day", "event_id"]
/** What an erasure takes from an order's row. */
const PERSON = ["customer_id", "cart_id"]

/** Makes the order store of an opened data source. */
export function createOrderStore(dataSource: DataSource): OrderStore {
  const write = (states: readonly OrderState[]) =>
    transaction(dataSource, async (manager) => {
      const ids = [...new Set(states.map(({ orderId }) => orderId))].sort()
      // in one order everywhere: two processes with the same orders wait for each other instead of locking crosswise
      await rows(manager, "SELECT pg_advisory_xact_lock(hashtextextended(k.name, 0)) FROM (SELECT 'foresight/order ' || id AS name FROM unnest($1::text[]) AS u(id) ORDER BY 1) AS k", [ids])
      const last = [...new Map(states.map((state) => [state.orderId, state])).values()]
      const erased = await erasedOf(manager, ids)
      const events = last.flatMap((state) => (erased.has(state.orderId) ? state.events.map(withoutPerson) : state.events))
      const changed = await replaceLines(manager, dataSource, ids, distinct(events))
      await excludeLines(manager, distinct(last.flatMap(({ excluded }) => excluded)))
      return changed
    })

  return {
    async storedOf(orderIds) {
      const found = await rows<StoredLine & { orderId: string }>(
        dataSource,
        `SELECT order_id AS "orderId", event_id AS "eventId", day::text AS day, occurred_at AS "occurredAt", customer_id AS "customerId"
          FROM foresight.event WHERE order_id = ANY($1::text[]) AND source = 'medusa' AND name IN ('purchase', 'refund') ORDER BY event_id, day`,
        [orderIds]
      )
      const byOrder = new Map<string, StoredLine[]>()
      for (const { orderId, ...line } of found) byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), line])
      return byOrder
    },

    async replace(states) {
      if (states.length === 0) return { added: 0, changed: 0, removed: 0 }
      return write(states).catch(async (error: unknown) => {
        if (errorCode(error) !== NO_PARTITION) throw error
        await ensureMonths(dataSource, states.flatMap(({ events }) => events.map(({ day }) => day.slice(0, 7))))
        return write(states)
      })
    },
  }
}

const distinct = <Line extends { day: Day; eventId: string }>(lines: readonly Line[]): Line[] => [...new Map(lines.map((line) => [`${line.day} ${line.eventId}`, line])).values()]

const withoutPerson = (event: ShopEvent): ShopEvent => ({ ...event, customerId: null, cartId: null })

/** Stored orders without a customer: the person may have been erased since the events were made. */
async function erasedOf(manager: EntityManager, orderIds: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    manager,
    `SELECT order_id AS id FROM foresight.event WHERE order_id = ANY($1::text[]) AND source = 'medusa' AND name IN ('purchase', 'refund')
      GROUP BY order_id HAVING bool_and(customer_id IS NULL)`,
    [orderIds]
  )
  return new Set(found.map(({ id }) => id))
}

/** What a row that is there already becomes. One that has lost its customer, be it while this statement ran, gets neither customer nor cart again. */
const updated = (name: string) => (PERSON.includes(name) ? `${name} = CASE WHEN kept.customer_id IS NOT NULL THEN excluded.${name} END` : `${name} = excluded.${name}`)

async function replaceLines(manager: EntityManager, dataSource: DataSource, orderIds: readonly string[], events: readonly ShopEvent[]): Promise<OrderRowsChanged> {
  const known = `known AS (SELECT e.day, e.event_id FROM foresight.event e WHERE e.order_id = ANY($1::text[]) AND e.source = 'medusa' AND e.name IN ('purchase', 'refund'))`
  const gone = (wanted: string) => `unwanted AS (SELECT k.day, k.event_id FROM known k WHERE NOT EXISTS (SELECT FROM ${wanted} w WHERE w.day = k.day AND w.event_id = k.event_id)),
    gone AS (DELETE FROM foresight.event e USING unwanted u WHERE e.day = u.day AND e.event_id = u.event_id RETURNING e.day),
    forgotten AS (DELETE FROM foresight.excluded_line x USING unwanted u WHERE x.day = u.day AND x.event_id = u.event_id)`
  if (events.length === 0) {
    const [answer] = await rows<{ removed: number }>(
      manager,
      `WITH ${known}, ${gone("(SELECT NULL::date AS day, NULL::text AS event_id)")}, touched AS (INSERT INTO foresight.demand_touched (day) SELECT DISTINCT day FROM gone)
        SELECT count(*)::int AS removed FROM gone`,
      [orderIds]
    )
    return { added: 0, changed: 0, removed: answer?.removed ?? 0 }
  }
  const { table, names, select, parameters } = bulkSource<EventEntity>(dataSource, EventEntity, events)
  const others = names.filter((name) => !KEY.includes(name))
  const list = (alias: string) => others.map((name) => `${alias}.${name}`).join(", ")
  const wanted = select.replace(/\$(\d+)/g, (_, place: string) => `$${Number(place) + 1}`)
  const [answer] = await rows<OrderRowsChanged>(
    manager,
    `WITH ${known}, wanted AS (${wanted}), ${gone("wanted")},
      differing AS (SELECT w.* FROM wanted w LEFT JOIN ${table} e ON e.day = w.day AND e.event_id = w.event_id
        WHERE e.event_id IS NULL OR (${list("e")}) IS DISTINCT FROM (${list("w")})),
      written AS (INSERT INTO ${table} AS kept (${names.join(", ")}) SELECT ${names.join(", ")} FROM differing ORDER BY day, event_id
        ON CONFLICT (day, event_id) DO UPDATE SET ${others.map(updated).join(", ")}
        RETURNING day, event_id),
      touched AS (INSERT INTO foresight.demand_touched (day) SELECT day FROM gone UNION SELECT day FROM written),
      fresh AS (SELECT count(*)::int AS lines FROM written w WHERE NOT EXISTS (SELECT FROM known k WHERE k.day = w.day AND k.event_id = w.event_id))
    SELECT fresh.lines AS added, ((SELECT count(*) FROM written) - fresh.lines)::int AS changed, (SELECT count(*) FROM gone)::int AS removed FROM fresh`,
    [orderIds, ...parameters]
  )
  return answer ?? { added: 0, changed: 0, removed: 0 }
}

/** A line that is out for another reason stays as it is, restored ones too; only a cancellation is stronger. */
async function excludeLines(manager: EntityManager, lines: OrderState["excluded"]): Promise<void> {
  if (lines.length === 0) return
  await rows(
    manager,
    `WITH changed AS (INSERT INTO foresight.excluded_line AS kept (day, event_id, reason, detail)
        SELECT day, event_id, reason, detail FROM unnest($1::date[], $2::text[], $3::text[], $4::text[]) AS l(day, event_id, reason, detail) ORDER BY day, event_id
        ON CONFLICT (day, event_id) DO UPDATE SET reason = excluded.reason, detail = excluded.detail, restored_at = NULL, changed_by = NULL, changed_at = now()
        WHERE excluded.reason = 'canceled_order' AND kept.reason <> 'canceled_order' RETURNING day),
      touched AS (INSERT INTO foresight.demand_touched (day) SELECT DISTINCT day FROM changed)
      SELECT count(*) FROM changed`,
    [lines.map(({ day }) => day), lines.map(({ eventId }) => eventId), lines.map(({ reason }) => reason), lines.map(({ detail }) => detail)]
  )
}
