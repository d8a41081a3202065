import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import type { EventName } from "../../domain/events"
import { MODEL_KINDS } from "../../domain/training"
import { dropMonthWithout, monthsKept } from "../partitions"
import { countChanged, holdLock, rows, transaction } from "../query"

export interface RetentionStore {
  /** Months that have a partition, `YYYY-MM`, oldest first. */
  months(): Promise<string[]>
  /** Drops a month's partition, and the verdicts on its lines, unless it holds an order or an event of these names, or others keep it locked just now:
   * a later night tries again. @returns whether it is gone. */
  dropMonthWithout(month: string, names: readonly EventName[]): Promise<boolean>
  /** Removes at most `limit` events of these names of one day, and the verdicts on them. @returns events removed. */
  deleteEvents(day: Day, names: readonly EventName[], limit: number): Promise<number>
  /** Empties the bytes of all versions of each kind but the `keep` newest and the one in service. @returns versions emptied. */
  dropModelBytes(keep: number): Promise<number>
  /** Removes reports on walks over the shop that began before. @returns reports removed. */
  deleteReports(before: Date): Promise<number>
}

/** Makes the retention store of an opened data source. */
export function createRetentionStore(dataSource: DataSource): RetentionStore {
  return {
    months: () => monthsKept(dataSource),

    dropMonthWithout: (month, names) => dropMonthWithout(dataSource, month, names),

    async deleteEvents(day, names, limit) {
      const [answer] = await rows<{ gone: number }>(
        dataSource,
        `WITH expired AS (SELECT day, event_id FROM foresight.event WHERE day = $1::date AND name = ANY($2::text[]) LIMIT $3),
          gone AS (DELETE FROM foresight.event e USING expired x WHERE e.day = $1::date AND e.event_id = x.event_id RETURNING e.event_id),
          verdicts AS (DELETE FROM foresight.excluded_line x USING gone WHERE x.day = $1::date AND x.event_id = gone.event_id)
        SELECT count(*)::int AS gone FROM gone`,
        [day, names, limit]
      )
      return answer?.gone ?? 0
    },

    dropModelBytes: (keep) =>
      transaction(dataSource, async (manager) => {
        for (const kind of MODEL_KINDS) await holdLock(manager, `model versions ${kind}`) // nobody promotes one meanwhile
        return countChanged(
          manager,
          `UPDATE foresight.model_version m SET bytes = '' FROM
              (SELECT id, row_number() OVER (PARTITION BY kind ORDER BY version DESC) AS age FROM foresight.model_version) ranked
            WHERE ranked.id = m.id AND ranked.age > $1 AND m.status <> 'serving' AND octet_length(m.bytes) > 0`,
          [keep]
        )
      }),

    deleteReports: (before) => countChanged(dataSource, "DELETE FROM foresight.reconcile_report WHERE started_at < $1", [before]),
  }
}
