import type { DataSource } from "typeorm"
import { columnList, upsertRows } from "../bulk"
import { NewcomerEntity } from "../entities/newcomer.entity"
import { countChanged, rows } from "../query"

/** One variant that is new, as the last forecast run saw it. */
export interface NewcomerRow {
  variantId: string
  productId: string
  sku: string | null
  title: string
  thumbnail: string | null
  inventoryItemIds: string[]
  /** 0: it has not sold yet. */
  knownWeeks: number
  /** Units a week at one location, their variance from variant to variant, and φ of a variant's own weeks (`BorrowedPrior`). */
  mean: number
  between: number
  dispersion: number
  /** Whether it has a category; those without one are compared with each other. */
  hasCategory: boolean
  ofCategory: number
  ofPrice: number
  ofTitle: { variantId: string; title: string; sku: string | null }[]
  computedAt: Date
}

export interface NewcomerStore {
  /** Overwrites by variant; an older `computedAt` never replaces a newer one. @returns rows written. */
  upsert(newcomers: readonly NewcomerRow[]): Promise<number>
  /** Removes those that a full run, begun at `before`, did not write again. @returns rows removed. */
  removeBefore(before: Date): Promise<number>
  /** One page, the unsold first and of them the youngest; with how many there are in all. */
  page(which: { variantId?: string | undefined; limit: number; offset: number }): Promise<{ rows: NewcomerRow[]; count: number }>
}

/** Makes the store of newcomers of an opened data source. */
export function createNewcomerStore(dataSource: DataSource): NewcomerStore {
  return {
    upsert: (newcomers) => upsertRows(dataSource, dataSource, NewcomerEntity, newcomers, { newerBy: "computedAt" }),

    removeBefore: (before) => countChanged(dataSource, "DELETE FROM foresight.newcomer WHERE computed_at < $1", [before]),

    async page({ variantId, limit, offset }) {
      const wanted = "WHERE ($1::text IS NULL OR variant_id = $1)"
      const [found, [total]] = await Promise.all([
        // Medusa's ids sort by creation
        rows<NewcomerRow>(dataSource, `SELECT ${columnList(dataSource, NewcomerEntity)} FROM foresight.newcomer ${wanted} ORDER BY known_weeks, variant_id DESC LIMIT $2 OFFSET $3`, [
          variantId ?? null,
          limit,
          offset,
        ]),
        rows<{ count: number }>(dataSource, `SELECT count(*)::int AS count FROM foresight.newcomer ${wanted}`, [variantId ?? null]),
      ])
      return { rows: found, count: total?.count ?? 0 }
    },
  }
}
