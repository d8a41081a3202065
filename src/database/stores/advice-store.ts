import type { DataSource } from "typeorm"
import type { Advice, AdviceStatus } from "../../domain/replenishment/types"
import type { ModelKind } from "../../domain/training"

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
  list(filter: AdviceFilter & { order?: AdviceOrder; limit: number; offset: number }): Promise<{ advice: StoredAdvice[]; count: number; counts: Record<AdviceStatus, number> }>
  /** All rows under a filter in pages of one snapshot, for a download; memory stays flat. */
  stream(filter: AdviceFilter & { order?: AdviceOrder }): AsyncGenerator<StoredAdvice[]>
  /** Newest `computedAt` and number of rows. */
  summary(): Promise<{ computedAt: Date | null; count: number }>
  /** Removes rows that a full refresh, begun at `before`, did not write again. @returns rows removed. */
  removeBefore(before: Date): Promise<number>
}
export declare function createAdviceStore(dataSource: DataSource): AdviceStore
