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

export interface EventKey {
  day: Day
  eventId: string
}

/** What changed: lines, and the days whose demand will be counted again. */
export interface ExclusionChange {
  changed: number
  days: number
}

export interface ExclusionStore {
  /** Takes lines out of demand for a rule. A line that a rule had let count again is excluded again; one that a user restored is left alone. @returns lines whose state changed. */
  exclude(lines: readonly ExcludedLine[]): Promise<number>
  /** Notes what a rule found in lines that count all the same. Lines with any verdict are left as they are. @returns lines noted. */
  note(lines: readonly ExcludedLine[]): Promise<number>
  /** A rule lets its lines count again; those that a user decided about stay as they are. @returns lines restored. */
  withdraw(keys: readonly EventKey[]): Promise<number>
  /** A user lets lines count again; no rule sets them aside any more. */
  restore(keys: readonly EventKey[], by: string): Promise<ExclusionChange>
  /** The same for all lines of a reason, of an import, or both; `limit` at most. `left`: lines that are still set aside. */
  restoreAll(which: { reason?: ExclusionReason | undefined; importId?: string | undefined; limit: number }, by: string): Promise<ExclusionChange & { left: number }>
  /** A user sets lines aside: one that was restored gets its reason back, any other is `by_hand`. Keys without an event are left out. */
  excludeByHand(keys: readonly EventKey[], by: string, note: string | null): Promise<ExclusionChange>
  /** Sets all lines noted as `duplicate` aside, or lets them count, but for those a user decided about. @returns lines whose state changed. */
  settleDuplicates(areSetAside: boolean): Promise<number>
  /** Lines set aside now, by reason; or those with a verdict that count all the same. */
  counts(state?: "set_aside" | "counting"): Promise<Partial<Record<ExclusionReason, number>>>
}

/** The days of the CTE `changed` are counted again. */
const TOUCH = `touched AS (INSERT INTO foresight.demand_touched (day) SELECT DISTINCT day FROM changed)
  SELECT count(*)::int AS changed, count(DISTINCT day)::int AS days FROM changed`
const IS_SET_ASIDE = "restored_at IS NULL"
const OF_REASON_AND_IMPORT = "($1::text IS NULL OR reason = $1) AND ($2::uuid IS NULL OR import_id = $2::uuid)"

/** Makes the exclusion store of an opened data source. */
export function createExclusionStore(dataSource: DataSource): ExclusionStore {
  const change = async (statement: string, parameters: readonly unknown[]): Promise<ExclusionChange> => {
    const [answer] = await rows<ExclusionChange>(dataSource, `WITH changed AS (${statement}), ${TOUCH}`, parameters)
    return answer ?? { changed: 0, days: 0 }
  }
  const byKeys = (keys: readonly EventKey[]) => [keys.map(({ day }) => day), keys.map(({ eventId }) => eventId)]

  return {
    exclude: (lines) => writeLines(dataSource, lines, change),

    async note(lines) {
      if (lines.length === 0) return 0
      const { table, names, select, parameters } = bulkSource<ExcludedLineEntity>(dataSource, ExcludedLineEntity, lines.map((line) => ({ ...line, restoredAt: new Date() })))
      const [answer] = await rows<{ noted: number }>(
        dataSource,
        `WITH noted AS (INSERT INTO ${table} (${names.join(", ")}) ${select} ON CONFLICT (day, event_id) DO NOTHING RETURNING 1) SELECT count(*)::int AS noted FROM noted`,
        parameters
      )
      return answer?.noted ?? 0
    },

    async withdraw(keys) {
      if (keys.length === 0) return 0
      const { changed } = await change(
        `UPDATE foresight.excluded_line x SET restored_at = now() FROM unnest($1::date[], $2::text[]) AS k(day, event_id)
          WHERE x.day = k.day AND x.event_id = k.event_id AND x.${IS_SET_ASIDE} AND x.changed_by IS NULL RETURNING x.day`,
        byKeys(keys)
      )
      return changed
    },

    async restore(keys, by) {
      if (keys.length === 0) return { changed: 0, days: 0 }
      return change(
        `UPDATE foresight.excluded_line x SET restored_at = now(), changed_by = $3, changed_at = now() FROM unnest($1::date[], $2::text[]) AS k(day, event_id)
          WHERE x.day = k.day AND x.event_id = k.event_id AND x.${IS_SET_ASIDE} RETURNING x.day`,
        [...byKeys(keys), by]
      )
    },

    async restoreAll({ reason, importId, limit }, by) {
      const which = [reason ?? null, importId ?? null]
      const done = await change(
        `UPDATE foresight.excluded_line x SET restored_at = now(), changed_by = $3, changed_at = now()
          FROM (SELECT day, event_id FROM foresight.excluded_line WHERE ${IS_SET_ASIDE} AND ${OF_REASON_AND_IMPORT} ORDER BY day, event_id LIMIT $4) AS k
          WHERE x.day = k.day AND x.event_id = k.event_id AND x.${IS_SET_ASIDE} RETURNING x.day`,
        [...which, by, limit]
      )
      const [rest] = await rows<{ left: number }>(dataSource, `SELECT count(*)::int AS left FROM foresight.excluded_line WHERE ${IS_SET_ASIDE} AND ${OF_REASON_AND_IMPORT}`, which)
      return { ...done, left: rest?.left ?? 0 }
    },

    async excludeByHand(keys, by, note) {
      if (keys.length === 0) return { changed: 0, days: 0 }
      return change(
        `INSERT INTO foresight.excluded_line AS kept (day, event_id, reason, detail, changed_by, changed_at)
          SELECT DISTINCT e.day, e.event_id, 'by_hand', $4::text, $3::text, now() FROM foresight.event e
            JOIN unnest($1::date[], $2::text[]) AS k(day, event_id) ON e.day = k.day AND e.event_id = k.event_id ORDER BY 1, 2
          ON CONFLICT (day, event_id) DO UPDATE SET restored_at = NULL, changed_by = excluded.changed_by, changed_at = now(), detail = coalesce(excluded.detail, kept.detail)
            WHERE kept.restored_at IS NOT NULL RETURNING day`,
        [...byKeys(keys), by, note]
      )
    },

    async settleDuplicates(areSetAside) {
      const { changed } = await change(
        `UPDATE foresight.excluded_line SET restored_at = CASE WHEN $1 THEN NULL ELSE now() END
          WHERE reason = 'duplicate' AND changed_by IS NULL AND (restored_at IS NULL) <> $1 RETURNING day`,
        [areSetAside]
      )
      return changed
    },

    async counts(state = "set_aside") {
      const found = await rows<{ reason: ExclusionReason; count: number }>(
        dataSource,
        "SELECT reason, count(*)::int AS count FROM foresight.excluded_line WHERE (restored_at IS NULL) = $1 GROUP BY reason ORDER BY reason",
        [state === "set_aside"]
      )
      return Object.fromEntries(found.map(({ reason, count }) => [reason, count]))
    },
  }
}

async function writeLines(dataSource: DataSource, lines: readonly ExcludedLine[], change: (statement: string, parameters: readonly unknown[]) => Promise<ExclusionChange>): Promise<number> {
  const distinct = [...new Map(lines.map((line) => [`${line.day} ${line.eventId}`, line])).values()]
  if (distinct.length === 0) return 0
  const { table, names, select, parameters } = bulkSource<ExcludedLineEntity>(dataSource, ExcludedLineEntity, distinct)
  const { changed } = await change(
    `INSERT INTO ${table} AS kept (${names.join(", ")}) ${select} ON CONFLICT (day, event_id) DO UPDATE
      SET reason = excluded.reason, detail = excluded.detail, import_id = excluded.import_id, restored_at = NULL
      WHERE kept.restored_at IS NOT NULL AND kept.changed_by IS NULL RETURNING day`,
    parameters
  )
  return changed
}
