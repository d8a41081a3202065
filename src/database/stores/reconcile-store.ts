import type { DataSource } from "typeorm"
import { upsertRows } from "../bulk"
import { ReconcileReportEntity } from "../entities/reconcile-report.entity"
import { rows } from "../query"

/** A row of the shop that a walk could not use; the walk went on, the next one tries it again. */
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
  setAside: SetAside[]
}

export interface ReconcileStore {
  /** Keeps a report; the same id again overwrites. */
  addReport(report: ReconcileReport): Promise<void>
  /** Newest first. */
  reconcileReports(limit: number): Promise<ReconcileReport[]>
  /** What the newest walk set aside. */
  lastSetAside(): Promise<SetAside[]>
}

/** Makes the store of the walks' reports of an opened data source. */
export function createReconcileStore(dataSource: DataSource): ReconcileStore {
  const newest = (where: string, limit: number) =>
    rows<ReconcileReport>(
      dataSource,
      `SELECT id, kind, started_at AS "startedAt", finished_at AS "finishedAt", walked, healed, set_aside AS "setAside" FROM foresight.reconcile_report
        ${where} ORDER BY started_at DESC, id LIMIT $1`,
      [limit]
    )
  return {
    async addReport(report) {
      await upsertRows(dataSource, dataSource, ReconcileReportEntity, [report])
    },

    reconcileReports: (limit) => newest("", limit),

    async lastSetAside() {
      const [report] = await newest("WHERE kind <> 'erasure'", 1)
      return report?.setAside ?? []
    },
  }
}
