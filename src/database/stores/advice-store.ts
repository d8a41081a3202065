import type { DataSource } from "typeorm"
import type { Advice, AdviceStatus } from "../../domain/replenishment/types"
import type { ModelKind } from "../../domain/training"
import { columnList, upsertRows } from "../bulk"
import { AdviceEntity } from "../entities/advice.entity"
import { countChanged, rows } from "../query"
import { readAll } from "../read-all"

/** What a list shows of the item, so that it needs no second look-up. */
export interface AdviceLabels {
  sku: string | null
  title: string
  thumbnail: string | null
  locationName: string | null
  /** Products whose variants use the item. */
  productIds: string[]
}
export interface AdviceRow extends AdviceLabels {
  advice: Advice
  computedAt: Date
}
export interface StoredAdvice extends AdviceRow {
  model: { id: string; kind: ModelKind; version: number; algorithm: string } | null
}

/** Columns a list can be sorted by; `-` in front: largest first. Rows without the value come last. */
export const ADVICE_SORTS = ["stockout_probability", "order_by", "order_quantity", "days_of_cover", "expected_demand", "title", "sku", "computed_at"] as const
export type AdviceSort = (typeof ADVICE_SORTS)[number]
export type AdviceOrder = AdviceSort | `-${AdviceSort}`

export interface AdviceFilter {
  /** Part of title or SKU, any case. */
  q?: string
  status?: AdviceStatus
  locationId?: string
}

export interface AdviceStore {
  /** Overwrites by inventory item and location; an older `computedAt` never replaces a newer one. @returns rows written. */
  upsert(rows: readonly AdviceRow[]): Promise<number>
  /** Writes a recomputed advice and keeps the row's labels. @returns false when there is no row yet or a newer one stands. */
  recompute(advice: Advice, computedAt: Date): Promise<boolean>
  ofItems(inventoryItemIds: readonly string[]): Promise<StoredAdvice[]>
  /** `order` defaults to risk: `-stockout_probability`. `counts`: rows of each status under the same filter but the status. */
  list(
    filter: AdviceFilter & { order?: AdviceOrder; limit: number; offset: number }
  ): Promise<{ advice: StoredAdvice[]; count: number; counts: Record<AdviceStatus, number> }>
  /** All rows under a filter in pages of one snapshot, for a download; memory stays flat. */
  stream(filter: AdviceFilter & { order?: AdviceOrder }): AsyncGenerator<StoredAdvice[]>
  /** Newest `computedAt` and number of rows. */
  summary(): Promise<{ computedAt: Date | null; count: number }>
  /** Removes rows that a full refresh, begun at `before`, did not write again. @returns rows removed. */
  removeBefore(before: Date): Promise<number>
}

/** Sort → expression; ties go by the last day to order, then by demand, so that the most urgent row is first. */
const SORTS: Record<AdviceSort, string> = {
  stockout_probability: "a.stockout_probability",
  order_by: "a.order_by",
  order_quantity: "a.order_quantity",
  days_of_cover: "a.days_of_cover",
  expected_demand: "a.expected_demand",
  title: "lower(a.title)",
  sku: "lower(a.sku)",
  computed_at: "a.computed_at",
}
const FILTER = `($1::text IS NULL OR a.title ILIKE $1 OR a.sku ILIKE $1) AND ($2::text IS NULL OR a.location_id = $2)`
const WITH_STATUS = `${FILTER} AND ($3::text IS NULL OR a.status = $3)`

type FlatAdvice = AdviceEntity & {
  modelKind: ModelKind | null
  modelVersion: number | null
  modelAlgorithm: string | null
}

/** Makes the advice store of an opened data source. */
export function createAdviceStore(dataSource: DataSource): AdviceStore {
  const selection = (rest: string) =>
    `SELECT ${columnList(dataSource, AdviceEntity, { alias: "a" })}, m.kind AS "modelKind", m.version AS "modelVersion", m.algorithm AS "modelAlgorithm"
      FROM foresight.advice a LEFT JOIN foresight.model_version m ON m.id = a.model_version_id ${rest}`

  return {
    upsert: (given) =>
      upsertRows(dataSource, dataSource, AdviceEntity, given.map(({ advice, ...labels }) => ({ ...advice, ...labels })), { newerBy: "computedAt" }),

    async recompute(advice, computedAt) {
      const changed = await countChanged(
        dataSource,
        `UPDATE foresight.advice SET day = $3, status = $4, order_quantity = $5, order_by = $6, reorder_point = $7, order_up_to = $8, expected_demand = $9,
          safety_stock = $10, days_of_cover = $11, days_of_cover_low = $12, stockout_probability = $13, ledger = $14, reason = $15, assumed = $16, stock = $17,
          settings = $18, model_version_id = $19, overridden_by = $21, computed_at = $20 WHERE inventory_item_id = $1 AND location_id = $2 AND computed_at <= $20`,
        [
          advice.inventoryItemId,
          advice.locationId,
          advice.day,
          advice.status,
          advice.orderQuantity,
          advice.orderBy,
          advice.reorderPoint,
          advice.orderUpTo,
          advice.expectedDemand,
          advice.safetyStock,
          advice.daysOfCover,
          advice.daysOfCoverLow,
          advice.stockoutProbability,
          JSON.stringify(advice.ledger),
          advice.reason,
          advice.assumed,
          JSON.stringify(advice.stock),
          JSON.stringify(advice.settings),
          advice.modelVersionId,
          computedAt,
          advice.overriddenBy,
        ]
      )
      return changed === 1
    },

    async ofItems(inventoryItemIds) {
      const found = await rows<FlatAdvice>(
        dataSource,
        selection("WHERE a.inventory_item_id = ANY($1::text[]) ORDER BY a.inventory_item_id, a.location_id"),
        [inventoryItemIds]
      )
      return found.map(nested)
    },

    async list({ order, limit, offset, ...filter }) {
      const page = selection(`WHERE ${WITH_STATUS} ${orderBy(order)} LIMIT $4 OFFSET $5`)
      const found = await rows<FlatAdvice>(dataSource, page, [...values(filter), limit, offset])
      const perStatus = await rows<{ status: AdviceStatus; count: number }>(
        dataSource,
        `SELECT a.status, count(*)::int AS count FROM foresight.advice a WHERE ${FILTER} GROUP BY a.status`,
        values(filter).slice(0, 2)
      )
      const counts: Record<AdviceStatus, number> = { order: 0, not_due: 0, surplus: 0, too_few_sales: 0 }
      for (const { status, count } of perStatus) counts[status] = count
      const count = filter.status ? counts[filter.status] : Object.values(counts).reduce((sum, some) => sum + some, 0)
      return { advice: found.map(nested), count, counts }
    },

    async *stream({ order, ...filter }) {
      for await (const page of readAll<FlatAdvice>(dataSource, selection(`WHERE ${WITH_STATUS} ${orderBy(order)}`), values(filter), 500)) yield page.map(nested)
    },

    async summary() {
      const [answer] = await rows<{ computedAt: Date | null; count: number }>(
        dataSource,
        `SELECT max(computed_at) AS "computedAt", count(*)::int AS count FROM foresight.advice`
      )
      return answer ?? { computedAt: null, count: 0 }
    },

    removeBefore: (before) => countChanged(dataSource, "DELETE FROM foresight.advice WHERE computed_at < $1", [before]),
  }
}

const values = ({ q, locationId, status }: AdviceFilter) => [q ? `%${q.replace(/[\\%_]/g, "\\$&")}%` : null, locationId ?? null, status ?? null]

function orderBy(order: AdviceOrder = "-stockout_probability"): string {
  const descending = order.startsWith("-")
  const expression = SORTS[(descending ? order.slice(1) : order) as AdviceSort]
  return `ORDER BY ${expression} ${descending ? "DESC" : "ASC"} NULLS LAST, a.order_by NULLS LAST, a.expected_demand DESC, a.inventory_item_id, a.location_id`
}

function nested({ computedAt, sku, title, thumbnail, locationName, productIds, modelKind, modelVersion, modelAlgorithm, ...advice }: FlatAdvice): StoredAdvice {
  const model =
    advice.modelVersionId !== null && modelKind !== null && modelVersion !== null && modelAlgorithm !== null
      ? { id: advice.modelVersionId, kind: modelKind, version: modelVersion, algorithm: modelAlgorithm }
      : null
  return { advice, computedAt, sku, title, thumbnail, locationName, productIds, model }
}
