import type { DataSource } from "typeorm"
import type { LineQuantities } from "../../domain/cleaning/bulk-outliers"
import type { ComparableLine } from "../../domain/cleaning/exact-duplicates"
import type { Day } from "../../domain/day"
import { rows } from "../query"
import type { EventKey } from "./exclusion-store"

/** Days whose sales the rules that need other lines have not looked at. */
export interface UnjudgedDays {
  /** Of the notes that led to them. */
  noteIds: string[]
  /** Oldest first. */
  days: Day[]
}

/** A sale of a variant with its quantity, units. */
export interface SaleLine extends EventKey {
  variantId: string
  quantity: number
}

/** A line with who and what may make it a test. */
export interface TestLine extends EventKey {
  customerId: string | null
  sku: string | null
}

/** Whose lines, or lines of what, are tests. */
export interface TestLines {
  customerIds: readonly string[]
  visitorIds: readonly string[]
  /** In any case. */
  skus: readonly string[]
}

/** What the rules have to read of stored sales to judge them. */
export interface CleaningStore {
  unjudged(): Promise<UnjudgedDays>
  /** Removes notes that were worked off; days noted meanwhile keep theirs. */
  markJudged(noteIds: readonly string[]): Promise<void>
  /** Variants sold on these days, in the order of the database. */
  variantsSold(days: readonly Day[]): Promise<string[]>
  /** Lines of each variant by quantity since `sinceDay`, of variants with a line of `atLeast` units or more: those that count, or would but for a
   * `bulk_outlier`. */
  quantitiesOf(variantIds: readonly string[], sinceDay: Day, atLeast: number): Promise<Map<string, LineQuantities>>
  /** The same of the whole shop. */
  quantitiesOfShop(sinceDay: Day): Promise<LineQuantities>
  /** Sales of these variants with one of the quantities given for each that count, or would but for a `bulk_outlier`. */
  salesOf(wanted: ReadonlyMap<string, ReadonlySet<number>>, sinceDay: Day): Promise<SaleLine[]>
  /** Lines of these variants that the rule holds for bulk outliers. */
  bulkLinesOf(variantIds: readonly string[], sinceDay: Day): Promise<SaleLine[]>
  /** Imported sales and refunds of these days that share order, SKU and quantity with another line. */
  repeatedLines(days: readonly Day[]): Promise<(ComparableLine & EventKey)[]>
  /** Customers who bought or returned on these days. */
  customersOf(days: readonly Day[]): Promise<string[]>
  /** Sales and refunds that are tests and not set aside; of these days, or of all without. Lines that a user decided about are left out. */
  testLines(tests: TestLines, days?: readonly Day[]): Promise<TestLine[]>
  /** Lines that the settings made a `test_order` and that are none any more. */
  formerTestLines(tests: TestLines): Promise<EventKey[]>
}

const COUNTS_BUT_FOR_BULK = `e.name = 'purchase' AND e.variant_id IS NOT NULL AND e.quantity > 0
  AND NOT EXISTS (SELECT FROM foresight.excluded_line x
    WHERE x.day = e.day AND x.event_id = e.event_id AND x.restored_at IS NULL AND x.reason <> 'bulk_outlier')`
const KEY = `e.day::text AS day, e.event_id AS "eventId"`
const IS_TEST = "(e.customer_id = ANY($1::text[]) OR e.visitor_id = ANY($2::text[]) OR lower(e.sku) = ANY($3::text[]))"
const ids = ({ customerIds, visitorIds, skus }: TestLines) => [customerIds, visitorIds, skus.map((sku) => sku.toLowerCase())]

/** Makes the cleaning store of an opened data source. */
export function createCleaningStore(dataSource: DataSource): CleaningStore {
  return {
    async unjudged() {
      const found = await rows<{ id: string | null; day: Day }>(
        dataSource,
        "SELECT id::text AS id, day::text AS day FROM foresight.unjudged_day UNION ALL SELECT DISTINCT NULL, day::text FROM foresight.demand_touched"
      )
      return { noteIds: found.flatMap(({ id }) => id ?? []), days: [...new Set(found.map(({ day }) => day))].sort() }
    },

    async markJudged(noteIds) {
      await rows(dataSource, "DELETE FROM foresight.unjudged_day WHERE id = ANY($1::bigint[])", [noteIds])
    },

    async variantsSold(days) {
      const found = await rows<{ id: string }>(
        dataSource,
        "SELECT DISTINCT variant_id AS id FROM foresight.event WHERE day = ANY($1::date[]) AND name = 'purchase' AND variant_id IS NOT NULL ORDER BY 1",
        [days]
      )
      return found.map(({ id }) => id)
    },

    async quantitiesOf(variantIds, sinceDay, atLeast) {
      const found = await rows<{ variantId: string; quantity: number; lines: number }>(
        dataSource,
        `SELECT "variantId", quantity, lines FROM (
          SELECT e.variant_id AS "variantId", e.quantity::float8 AS quantity, count(*)::int AS lines,
            max(max(e.quantity)) OVER (PARTITION BY e.variant_id) AS most
          FROM foresight.event e WHERE e.day >= $2::date AND e.variant_id = ANY($1::text[]) AND ${COUNTS_BUT_FOR_BULK}
          GROUP BY e.variant_id, e.quantity) AS counted
        WHERE most >= $3`,
        [variantIds, sinceDay, atLeast]
      )
      const byVariant = new Map<string, Map<number, number>>()
      for (const { variantId, quantity, lines } of found) {
        const quantities = byVariant.get(variantId) ?? new Map<number, number>()
        byVariant.set(variantId, quantities.set(quantity, lines))
      }
      return byVariant
    },

    async quantitiesOfShop(sinceDay) {
      const found = await rows<{ quantity: number; lines: number }>(
        dataSource,
        `SELECT e.quantity::float8 AS quantity, count(*)::int AS lines FROM foresight.event e
          WHERE e.day >= $1::date AND ${COUNTS_BUT_FOR_BULK} GROUP BY e.quantity`,
        [sinceDay]
      )
      return new Map(found.map(({ quantity, lines }) => [quantity, lines]))
    },

    async salesOf(wanted, sinceDay) {
      if (wanted.size === 0) return []
      const pairs = [...wanted].flatMap(([variantId, quantities]) => [...quantities].map((quantity) => ({ variantId, quantity })))
      return rows<SaleLine>(
        dataSource,
        `SELECT ${KEY}, e.variant_id AS "variantId", e.quantity::float8 AS quantity
          FROM unnest($1::text[], $2::float8[]) AS w(variant_id, quantity) JOIN foresight.event e ON e.variant_id = w.variant_id AND e.quantity::float8 = w.quantity
          WHERE e.day >= $3::date AND ${COUNTS_BUT_FOR_BULK} ORDER BY 1, 2`,
        [pairs.map(({ variantId }) => variantId), pairs.map(({ quantity }) => quantity), sinceDay]
      )
    },

    bulkLinesOf: (variantIds, sinceDay) =>
      rows<SaleLine>(
        dataSource,
        `SELECT ${KEY}, e.variant_id AS "variantId", e.quantity::float8 AS quantity
          FROM foresight.excluded_line x JOIN foresight.event e ON e.day = x.day AND e.event_id = x.event_id
          WHERE x.reason = 'bulk_outlier' AND x.restored_at IS NULL AND x.changed_by IS NULL AND x.day >= $2::date AND e.variant_id = ANY($1::text[])
          ORDER BY 1, 2`,
        [variantIds, sinceDay]
      ),

    async customersOf(days) {
      const found = await rows<{ id: string }>(
        dataSource,
        `SELECT DISTINCT customer_id AS id FROM foresight.event
          WHERE day = ANY($1::date[]) AND name IN ('purchase', 'refund') AND customer_id IS NOT NULL ORDER BY 1`,
        [days]
      )
      return found.map(({ id }) => id)
    },

    async repeatedLines(days) {
      const found = await rows<EventKey & Omit<ComparableLine, "key">>(
        dataSource,
        `WITH lines AS MATERIALIZED (SELECT * FROM foresight.event WHERE day = ANY($1::date[]) AND name IN ('purchase', 'refund') AND order_id IS NOT NULL
            AND starts_with(source, 'import:')),
          repeated AS (SELECT day, order_id, sku, quantity FROM lines GROUP BY 1, 2, 3, 4 HAVING count(*) > 1)
        SELECT ${KEY}, e.order_id AS "orderId", e.name, e.sku, e.quantity::float8 AS quantity, e.unit_price::float8 AS "unitPrice",
          coalesce(e.customer_id, e.visitor_id) AS customer, extract(epoch FROM e.occurred_at)::float8 * 1000 AS at
        FROM lines e JOIN repeated r ON r.day = e.day AND r.order_id = e.order_id AND r.sku IS NOT DISTINCT FROM e.sku
          AND r.quantity IS NOT DISTINCT FROM e.quantity ORDER BY 1, 2`,
        [days]
      )
      return found.map((line) => ({ ...line, key: line.eventId }))
    },

    testLines: (tests, days) =>
      rows<TestLine>(
        dataSource,
        `SELECT ${KEY}, e.customer_id AS "customerId", e.sku FROM foresight.event e
          WHERE e.name IN ('purchase', 'refund') AND ${IS_TEST} AND ($4::date[] IS NULL OR e.day = ANY($4::date[])) AND NOT EXISTS
            (SELECT FROM foresight.excluded_line x WHERE x.day = e.day AND x.event_id = e.event_id AND (x.restored_at IS NULL OR x.changed_by IS NOT NULL))
          ORDER BY 1, 2`,
        [...ids(tests), days ?? null]
      ),

    formerTestLines: (tests) =>
      rows<EventKey>(
        dataSource,
        `SELECT ${KEY} FROM foresight.excluded_line x JOIN foresight.event e ON e.day = x.day AND e.event_id = x.event_id
          WHERE x.reason = 'test_order' AND x.import_id IS NULL AND x.restored_at IS NULL AND x.changed_by IS NULL AND NOT coalesce(${IS_TEST}, false)
          ORDER BY 1, 2`,
        ids(tests)
      ),
  }
}
