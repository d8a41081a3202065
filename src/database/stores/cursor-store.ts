import type { DataSource } from "typeorm"
import { upsertRows } from "../bulk"
import { ReconcileCursorEntity } from "../entities/reconcile-cursor.entity"
import { rows } from "../query"

/** How far a walk over the shop's rows has come: all rows up to `(updatedAt, lastId)` are done. */
export interface ReconcileCursor {
  updatedAt: Date
  lastId: string
}

export interface CursorStore {
  get(name: string): Promise<ReconcileCursor | null>
  set(name: string, cursor: ReconcileCursor): Promise<void>
  /** Forgets how far these walks have come: the next ones begin at the very first row. */
  forget(names: readonly string[]): Promise<void>
}

/** Makes the cursor store of an opened data source. */
export function createCursorStore(dataSource: DataSource): CursorStore {
  return {
    async get(name) {
      const [cursor] = await rows<ReconcileCursor>(
        dataSource,
        `SELECT updated_at AS "updatedAt", last_id AS "lastId" FROM foresight.reconcile_cursor WHERE name = $1`,
        [name]
      )
      return cursor ?? null
    },

    async set(name, { updatedAt, lastId }) {
      await upsertRows(dataSource, dataSource, ReconcileCursorEntity, [{ name, updatedAt, lastId }])
    },

    async forget(names) {
      await rows(dataSource, "DELETE FROM foresight.reconcile_cursor WHERE name = ANY($1::text[])", [names])
    },
  }
}
