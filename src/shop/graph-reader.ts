import type { ChangePage, ShopReader } from "./shop-reader"
import { readChanges } from "./read-changes"

/** The part of Medusa's `query` that is used. */
export interface GraphQuery {
  graph(
    request: {
      entity: string
      fields: string[]
      filters?: Record<string, unknown>
      pagination?: { take?: number; skip?: number; order?: Record<string, "ASC" | "DESC"> }
      withDeleted?: boolean
    },
    options?: { throwIfKeyNotFound?: boolean }
  ): Promise<{ data: unknown[]; metadata?: { count: number } }>
}

/** Medusa's big numbers come as numbers, strings or objects. */
export type Value = number | string | { numeric?: number; value?: string | number } | null | undefined
export type Instant = Date | string

/** A big number of any shape; nothing is 0. */
export function toNumber(value: Value): number {
  if (typeof value === "object" && value !== null) return Number(value.numeric ?? value.value ?? 0)
  return Number(value ?? 0)
}

export const toDate = (instant: Instant): Date => new Date(instant)

/** Rows of Medusa's entities by id, by page, by change. */
export class GraphReader {
  constructor(private readonly query: GraphQuery) {}

  async read<Row>(entity: string, fields: string[], filters: Record<string, unknown>, pagination?: { take?: number; order?: Record<string, "ASC" | "DESC"> }): Promise<Row[]> {
    const { data } = await this.query.graph({ entity, fields, filters, ...(pagination && { pagination }) })
    return data as Row[]
  }

  /** Rows whose `name` is one of `values`; nothing is asked for none. */
  byIds<Row>(entity: string, fields: string[], name: string, values: readonly string[]): Promise<Row[]> {
    const distinct = [...new Set(values)]
    return distinct.length === 0 ? Promise.resolve([]) : this.read<Row>(entity, fields, { [name]: distinct })
  }

  /** Rows by id, those that were deleted among them. */
  async withDeleted<Row>(entity: string, fields: string[], ids: readonly string[]): Promise<Row[]> {
    if (ids.length === 0) return []
    const { data } = await this.query.graph({ entity, fields, filters: { id: [...ids] }, withDeleted: true })
    return data as Row[]
  }

  /** The next rows by id; of those that match `filters`. */
  async page<Row extends { id: string }>(entity: string, fields: string[], after: string | null, limit: number, filters: Record<string, unknown> = {}): Promise<{ rows: Row[]; next: string | null }> {
    const rows = await this.read<Row>(entity, fields, after ? { ...filters, id: { $gt: after } } : filters, { take: limit, order: { id: "ASC" } })
    return { rows, next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null }
  }

  /** The next rows by `updated_at`. */
  changes<Row extends { id: string; updated_at: Instant }>(entity: string, fields: string[], ...[cursor, limit]: Parameters<ShopReader["levelsChangedSince"]>): Promise<ChangePage<Row & { updatedAt: Date }>> {
    return readChanges(
      async ({ filters, order, take }) => {
        const rows = await this.read<Row>(entity, fields, { ...filters }, { take, order })
        return rows.map((row) => ({ ...row, updatedAt: toDate(row.updated_at) }))
      },
      cursor,
      limit
    )
  }

  /** How many rows were changed at `since` or later. */
  async countSince(entity: string, since: Date): Promise<number> {
    const { data, metadata } = await this.query.graph({ entity, fields: ["id"], filters: { updated_at: { $gte: since } }, pagination: { take: 1, skip: 0 } })
    return metadata?.count ?? data.length
  }
}
