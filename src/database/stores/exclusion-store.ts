import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import type { ExclusionReason } from "../../domain/events"
import { bulkSource } from "../bulk"
import { ExcludedLineEntity } from "../entities/excluded-line.entity"
import { rows } from "../query"

/** One event that is kept but does not count. */
export interface ExcludedLine {
  day: Day
  eventId: string
  reason: ExclusionReason
  detail: string | null
  importId: string | null
}

export interface ExclusionStore {
  /** Takes lines out of demand; a line that was restored is excluded again. @returns lines whose state changed. */
  exclude(lines: readonly ExcludedLine[]): Promise<number>
  /** Excludes all purchase lines of an order, e.g. `canceled_order`. @returns lines whose state changed. */
  excludeOrder(orderId: string, reason: ExclusionReason, detail: string | null): Promise<number>
  /** Lets lines count again. @returns lines restored. */
  restore(keys: readonly { day: Day; eventId: string }[]): Promise<number>
  /** Lines excluded now, by reason. */
  counts(): Promise<Partial<Record<ExclusionReason, number>>>
}

/** Makes the exclusion store of an opened data source. */
export function createExclusionStore(dataSource: DataSource): ExclusionStore {
  return {
    exclude: (lines) => excludeLines(dataSource, lines),

    async excludeOrder(orderId, reason, detail) {
      const keys = await rows<{ day: Day; eventId: string }>(
        dataSource,
        `SELECT day::text AS day, event_id AS "eventId" FROM foresight.event WHERE order_id = $1 AND name = 'purchase'`,
        [orderId]
      )
      return excludeLines(dataSource, keys.map((key) => ({ ...key, reason, detail, importId: null })))
    },

    async restore(keys) {
      if (keys.length === 0) return 0
      const [answer] = await rows<{ changed: number }>(
        dataSource,
        `WITH changed AS (UPDATE foresight.excluded_line x SET restored_at = now() FROM unnest($1::date[], $2::text[]) AS k(day, event_id)
          WHERE x.day = k.day AND x.event_id = k.event_id AND x.restored_at IS NULL RETURNING x.day),
        touched AS (INSERT INTO foresight.demand_touched (day) SELECT DISTINCT day FROM changed)
        SELECT count(*)::int AS changed FROM changed`,
        [keys.map(({ day }) => day), keys.map(({ eventId }) => eventId)]
      )
      return answer?.changed ?? 0
    },

    async counts() {
      const found = await rows<{ reason: ExclusionReason; count: number }>(
        dataSource,
        "SELECT reason, count(*)::int AS count FROM foresight.excluded_line WHERE restored_at IS NULL GROUP BY reason ORDER BY reason"
      )
      return Object.fromEntries(found.map(({ reason, count }) => [reason, count]))
    },
  }
}

async function excludeLines(dataSource: DataSource, lines: readonly ExcludedLine[]): Promise<number> {
  const distinct = [...new Map(lines.map((line) => [`${line.day} ${line.eventId}`, line])).values()]
  if (distinct.length === 0) return 0
  const { table, names, select, parameters } = bulkSource<ExcludedLineEntity>(dataSource, ExcludedLineEntity, distinct)
  const [answer] = await rows<{ changed: number }>(
    dataSource,
    `WITH changed AS (INSERT INTO ${table} AS kept (${names.join(", ")}) ${select} ON CONFLICT (day, event_id) DO UPDATE
        SET reason = excluded.reason, detail = excluded.detail, import_id = excluded.import_id, restored_at = NULL
        WHERE kept.restored_at IS NOT NULL RETURNING day),
      touched AS (INSERT INTO foresight.demand_touched (day) SELECT DISTINCT day FROM changed)
      SELECT count(*)::int AS changed FROM changed`,
    parameters
  )
  return answer?.changed ?? 0
}
