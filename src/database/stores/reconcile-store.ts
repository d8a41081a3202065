import type { DataSource } from "typeorm"
import { upsertRows } from "../bulk"
import { OrderSetAsideEntity } from "../entities/order-set-aside.entity"
import { ReconcileReportEntity } from "../entities/reconcile-report.entity"
import { rows } from "../query"

/** A row of the shop that a walk could not use; the walk went on, later ones try it again. */
export interface SetAside {
  kind: string
  id: string
  error: string
}

/** What one walk over the shop did. */
export interface ReconcileReport {
  id: string
  kind: "reconcile" | "backfill" | "erasure"
  startedAt: Date
  finishedAt: Date
  /** Rows read from the shop, by kind. */
  walked: Record<string, number>
  /** Rows of ours that had been missed, by kind. */
  healed: Record<string, number>
  /** The first of those set aside; `ordersSetAside` knows all. */
  setAside: SetAside[]
}

export interface ReconcileStore {
  /** Keeps a report; the same id again overwrites. */
  addReport(report: ReconcileReport): Promise<void>
  /** Newest first. */
  reconcileReports(limit: number): Promise<ReconcileReport[]>
  /** Remembers orders that could not be read or stored, and forgets those that could. */
  noteTried(orders: { failed: readonly SetAside[]; done: readonly string[] }, at: Date): Promise<void>
  /** Ids of orders that no walk could read or store so far, longest untried first. */
  ordersSetAside(limit: number): Promise<string[]>
}

/** Makes the store of the walks' reports of an opened data source. */
export function createReconcileStore(dataSource: DataSource): ReconcileStore {
  return {
    async addReport(report) {
      await upsertRows(dataSource, dataSource, ReconcileReportEntity, [report])
    },

    reconcileReports: (limit) =>
      rows<ReconcileReport>(
        dataSource,
        `SELECT id, kind, started_at AS "startedAt", finished_at AS "finishedAt", walked, healed, set_aside AS "setAside" FROM foresight.reconcile_report
          ORDER BY started_at DESC, id LIMIT $1`,
        [limit]
      ),

    async noteTried({ failed, done }, at) {
      if (failed.length > 0) await upsertRows(dataSource, dataSource, OrderSetAsideEntity, failed.map(({ id, error }) => ({ orderId: id, error, triedAt: at })))
      if (done.length > 0) await rows(dataSource, "DELETE FROM foresight.order_set_aside WHERE order_id = ANY($1::text[])", [done])
    },

    async ordersSetAside(limit) {
      const found = await rows<{ id: string }>(dataSource, "SELECT order_id AS id FROM foresight.order_set_aside ORDER BY tried_at, order_id LIMIT $1", [limit])
      return found.map(({ id }) => id)
    },
  }
}
