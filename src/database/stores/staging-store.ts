import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import type { EventName, ExclusionReason } from "../../domain/events"
import { ForesightError } from "../../domain/errors"
import { LINES_A_PAGE } from "../../domain/imports/page-size"
import type { ImportNameEntity } from "../entities/import-name.entity"
import { clearStaging } from "../clear-staging"
import { INSERT_FROM_STAGING, INSERT_NEW_FROM_STAGING } from "../insert-from-staging"
import { ensureMonths } from "../partitions"
import { pseudonymOf } from "../pseudonym"
import { countChanged, errorCode, holdLock, rows, transaction } from "../query"
import { readAll } from "../read-all"
import { openStagingWriter, type StagingWriter } from "../staging-writer"

export type { StagedLine, StagingWriter } from "../staging-writer"

export type NameKind = ImportNameEntity["kind"]
/** A name of the file and what the shop knows it as; see `ImportNameEntity`. */
export type ResolvedName = Pick<ImportNameEntity, "name" | "id" | "otherId">

/** A sale or cancellation that takes part in matching: a staged line, or a sale that an earlier import stored. */
export interface CancellationRow {
  /** `null`: stored before. */
  line: number | null
  eventId: string | null
  day: Day | null
  kind: Extract<EventName, "purchase" | "refund">
  customerRef: string
  sku: string
  quantity: number
  /** ms since 1970; where sales of earlier imports are there too, moved as the import's lines will be. */
  at: number
  exclusion: ExclusionReason | null
}

/** Tables that were filled just now have no statistics yet: hash joins are right whatever the planner believes. */
const FOR_MANY_ROWS = ["work_mem = '64MB'", "enable_nestloop = off"]

const NAME_KINDS: readonly NameKind[] = ["sku", "product", "customer", "location", "sales_channel"]
const COLUMN: Record<NameKind, string> = { sku: "sku", product: "product_handle", customer: "customer_ref", location: "location", sales_channel: "sales_channel" }

/** What the shop says of lines that name no place of it, or an unknown one. */
interface PageShop {
  timeZone: string
  defaultLocationId: string | null
  defaultSalesChannelId: string | null
}
interface InsertedPage {
  inserted: number
  duplicates: number
  excluded: number
}

/** Postgres: `unique_violation`. */
const UNIQUE = "23505"

export interface StagingStore {
  /** A COPY into the staging table on a connection of its own. Lines of this import after `fromLine` that an earlier try left are removed first. */
  openWriter(importId: string, fromLine?: number): Promise<StagingWriter>
  /** First and last day of the staged lines as the file has them, their number, the last line; days `null` when there are none. */
  span(importId: string): Promise<{ lines: number; lastLine: number; firstDay: Day | null; lastDay: Day | null }>
  /** Whether this line is staged: false after a crash of Postgres, which empties the table. */
  has(importId: string, line: number): Promise<boolean>
  /** Distinct names of one kind that have not been looked up yet, `limit` at most. */
  unresolvedNames(importId: string, kind: NameKind, limit: number): Promise<string[]>
  /** Kinds of names that the file has at all, by one look at its lines. */
  kindsNamed(importId: string): Promise<NameKind[]>
  saveNames(importId: string, kind: NameKind, names: readonly ResolvedName[]): Promise<void>
  /** After the last name: `unresolvedNames` of this import has nothing to give. */
  namesAreSaved(importId: string): Promise<void>
  /** Names of one kind that the shop does not have, in order. */
  unknownNames(importId: string, kind: NameKind): Promise<string[]>
  /** Sales and cancellations that count so far, of each customer and SKU with a new cancellation in this import; sales of earlier imports among them, lines they brought not.
   * By customer and SKU, oldest first, a sale before a cancellation of the same moment.
   * @param named Ends when the names are saved; waited for where there are earlier imports, whose sales are found by them. */
  cancellationRows(importId: string, shift: { weeks: number; timeZone: string }, named: Promise<void>): AsyncGenerator<CancellationRow[]>
  /** Sets why staged lines do not count (`null`: they do); for rules that need the whole file. @returns lines changed. */
  exclude(importId: string, lines: readonly { line: number; exclusion: ExclusionReason | null }[]): Promise<number>
  /** Takes sales of earlier imports out of demand, because of a cancellation in this one. @returns those that were not excluded before. */
  voidStored(importId: string, sales: readonly { day: Day; eventId: string }[]): Promise<number>
  /** Turns page `page` (lines `page` × 50,000 + 1 …) into events and excluded lines, notes the days touched and adds to the report, in one transaction.
   * Months that its lines need, once they are moved, are made before.
   * A page that is done changes nothing; pages may run side by side. */
  insertPage(importId: string, page: number, shop: PageShop): Promise<InsertedPage>
  /** Removes an import's staged lines and names. @returns lines removed. */
  clear(importId: string): Promise<number>
}

/** Makes the staging store of an opened data source. */
export function createStagingStore(dataSource: DataSource): StagingStore {
  const span: StagingStore["span"] = async (importId) => {
    const [found] = await rows<{ lines: number; lastLine: number; firstDay: Day | null; lastDay: Day | null }>(
      dataSource,
      `SELECT count(*)::int AS lines, coalesce(max(line), 0) AS "lastLine", min(day)::text AS "firstDay", max(day)::text AS "lastDay"
        FROM foresight.import_staging WHERE import_id = $1`,
      [importId]
    )
    return found ?? { lines: 0, lastLine: 0, firstDay: null, lastDay: null }
  }

  const insert = (importId: string, page: number, { timeZone, defaultLocationId, defaultSalesChannelId }: PageShop, statement: string): Promise<InsertedPage> =>
    transaction(dataSource, async (manager) => {
      await holdLock(manager, `import page ${importId} ${page}`)
      const [report] = await rows<{ status: string; weeks: number; done: boolean }>(
        manager,
        "SELECT status, coalesce(shift_weeks, 0) AS weeks, $2 = ANY(done_pages) AS done FROM foresight.import_report WHERE id = $1",
        [importId, page]
      )
      if (report?.status !== "inserting") throw new ForesightError("conflict", `import ${importId} is ${report?.status ?? "gone"}; expected inserting`)
      if (report.done) return { inserted: 0, duplicates: 0, excluded: 0 }
      // a crash that loses the last commits loses their page numbers as well: the pages are inserted again
      await rows(manager, "SET LOCAL synchronous_commit = off")
      for (const setting of FOR_MANY_ROWS) await rows(manager, `SET LOCAL ${setting}`)
      const [done] = await rows<InsertedPage>(manager, statement, [
        importId,
        page * LINES_A_PAGE,
        (page + 1) * LINES_A_PAGE,
        report.weeks,
        timeZone,
        defaultLocationId,
        defaultSalesChannelId,
        page,
      ])
      return done ?? { inserted: 0, duplicates: 0, excluded: 0 }
    })

  return {
    openWriter: (importId, fromLine = 0) => openStagingWriter(dataSource, importId, fromLine),

    span,

    async has(importId, line) {
      const [found] = await rows<{ there: boolean }>(dataSource, "SELECT EXISTS (SELECT FROM foresight.import_staging WHERE import_id = $1 AND line = $2) AS there", [importId, line])
      return found?.there ?? false
    },

    async unresolvedNames(importId, kind, limit) {
      const column = COLUMN[kind]
      const found = await rows<{ name: string }>(
        dataSource,
        `WITH names AS MATERIALIZED (SELECT DISTINCT ${column} AS name FROM foresight.import_staging WHERE import_id = $1 AND ${column} IS NOT NULL)
          SELECT name FROM names s WHERE NOT EXISTS (SELECT FROM foresight.import_name n WHERE n.import_id = $1 AND n.kind = $2 AND n.name = s.name) LIMIT $3`,
        [importId, kind, limit]
      )
      return found.map(({ name }) => name)
    },

    async kindsNamed(importId) {
      const named = NAME_KINDS.map((kind) => `bool_or(${COLUMN[kind]} IS NOT NULL) AS ${kind}`).join(", ")
      const [found] = await rows<Record<NameKind, boolean | null>>(dataSource, `SELECT ${named} FROM foresight.import_staging WHERE import_id = $1`, [importId])
      return NAME_KINDS.filter((kind) => found?.[kind])
    },

    async saveNames(importId, kind, names) {
      await rows(
        dataSource,
        `INSERT INTO foresight.import_name (import_id, kind, name, id, other_id)
          SELECT $1, $2, n.name, n.id, n.other_id FROM (SELECT DISTINCT ON (name) * FROM unnest($3::text[], $4::text[], $5::text[]) AS u(name, id, other_id) ORDER BY name) AS n ON CONFLICT DO NOTHING`,
        [importId, kind, names.map(({ name }) => name), names.map(({ id }) => id), names.map(({ name, id, otherId }) => (kind === "customer" && id === null ? pseudonymOf(name) : otherId))]
      )
    },

    async namesAreSaved(importId) {
      await rows(dataSource, "UPDATE foresight.import_report SET names_resolved = true WHERE id = $1", [importId])
    },

    async unknownNames(importId, kind) {
      const found = await rows<{ name: string }>(dataSource, "SELECT name FROM foresight.import_name WHERE import_id = $1 AND kind = $2 AND id IS NULL ORDER BY name LIMIT 1000", [importId, kind])
      return found.map(({ name }) => name)
    },

    async *cancellationRows(importId, { weeks, timeZone }, named) {
      const [others] = await rows<{ some: boolean }>(dataSource, "SELECT EXISTS (SELECT FROM foresight.import_report WHERE id <> $1 AND lines_kept > 0) AS some", [importId])
      if (others?.some) await named
      const sql = `${others?.some ? LATER_IMPORT_ROWS : FIRST_IMPORT_ROWS} ${CANCELLATION_ORDER}`
      yield* readAll<CancellationRow>(dataSource, sql, [importId, others?.some ? weeks : 0, timeZone], 10_000, FOR_MANY_ROWS)
    },

    exclude: (importId, lines) =>
      transaction(dataSource, async (manager) => {
        await rows(manager, "SET LOCAL enable_hashjoin = off") // a hash of the whole file for a few of its lines
        return countChanged(
          manager,
          `UPDATE foresight.import_staging s SET exclusion = l.exclusion, exclusion_detail = NULL
            FROM unnest($2::int[], $3::text[]) AS l(line, exclusion) WHERE s.import_id = $1 AND s.line = l.line`,
          [importId, lines.map(({ line }) => line), lines.map(({ exclusion }) => exclusion)]
        )
      }),

    async voidStored(importId, sales) {
      const [answer] = await rows<{ changed: number }>(
        dataSource,
        // a line that a rule only noted, or let count again, is voided all the same; one that a user restored is not
        `WITH voided AS (INSERT INTO foresight.excluded_line AS kept (day, event_id, reason, import_id)
            SELECT day, event_id, 'voided_by_cancellation', $1 FROM unnest($2::date[], $3::text[]) AS s(day, event_id) ORDER BY day, event_id
            ON CONFLICT (day, event_id) DO UPDATE SET reason = excluded.reason, detail = NULL, import_id = excluded.import_id, restored_at = NULL
              WHERE kept.restored_at IS NOT NULL AND kept.changed_by IS NULL RETURNING day),
          touched AS (INSERT INTO foresight.demand_touched (day) SELECT DISTINCT day FROM voided)
          SELECT count(*)::int AS changed FROM voided`,
        [importId, sales.map(({ day }) => day), sales.map(({ eventId }) => eventId)]
      )
      return answer?.changed ?? 0
    },

    async insertPage(importId, page, shop) {
      const [report] = await rows<{ isNew: boolean; months: string[] }>(dataSource, PAGE_FACTS, [importId, page * LINES_A_PAGE, (page + 1) * LINES_A_PAGE])
      await ensureMonths(dataSource, report?.months ?? [])
      try {
        return await insert(importId, page, shop, report?.isNew ? INSERT_NEW_FROM_STAGING : INSERT_FROM_STAGING)
      } catch (error) {
        if (!report?.isNew || errorCode(error) !== UNIQUE) throw error
        return insert(importId, page, shop, INSERT_FROM_STAGING)
      }
    },

    clear: (importId) => clearStaging(dataSource, [importId]),
  }
}

/** Whether no line is known yet; months of a page, moved: only those that occur, since one date of 1970 among those of today makes one, not hundreds. */
const PAGE_FACTS = `SELECT r.lines_duplicate = 0 AND r.format <> 'events' AS "isNew", ARRAY(
    SELECT DISTINCT to_char(day + 7 * coalesce(r.shift_weeks, 0), 'YYYY-MM')
      FROM (SELECT DISTINCT day FROM foresight.import_staging WHERE import_id = $1 AND line > $2 AND line <= $3) AS days) AS months
  FROM foresight.import_report r WHERE r.id = $1`

const COUNTS = "(s.exclusion IS NULL OR s.exclusion IN ('voided_by_cancellation', 'cancellation'))"
/** Milliseconds of an instant, moved by whole weeks on the shop's clock. */
const MOVED = `(extract(epoch FROM CASE WHEN $2::int = 0 THEN s.occurred_at ELSE ((s.occurred_at AT TIME ZONE $3) + $2::int * interval '7 days') AT TIME ZONE $3 END) * 1000)::float8`

/** Lines that an earlier import brought were judged then; those that this one brought before a crash are judged with the rest of it. */
const IS_NEW = "AND NOT EXISTS (SELECT FROM foresight.event k WHERE k.day = s.day + 7 * $2::int AND k.event_id = s.event_key AND k.source <> 'import:' || $1::text)"

/** Customers and SKUs with something to match. */
const refunded = (isNew: string) => `WITH refunds AS MATERIALIZED (SELECT DISTINCT s.customer_ref, s.sku FROM foresight.import_staging s
    WHERE s.import_id = $1 AND s.kind = 'refund' AND s.customer_ref IS NOT NULL AND s.sku IS NOT NULL AND s.quantity IS NOT NULL AND ${COUNTS} ${isNew})`

const stagedRows = (isNew: string) => `SELECT s.line, NULL AS "eventId", NULL AS day, s.kind, s.customer_ref AS "customerRef", s.sku, s.quantity::float8 AS quantity, ${MOVED} AS at, s.exclusion
    FROM foresight.import_staging s JOIN refunds USING (customer_ref, sku)
    WHERE s.import_id = $1 AND s.kind IN ('purchase', 'refund') AND s.quantity IS NOT NULL AND ${COUNTS} ${isNew}`

/** Sales of earlier imports that count, or that this import voided before it was interrupted. */
const storedRows = (isSame: string) => `SELECT NULL, e.event_id, e.day::text, e.name, r.customer_ref, e.sku, e.quantity::float8, (extract(epoch FROM e.occurred_at) * 1000)::float8, NULL
  FROM foresight.event e JOIN foresight.import_name n ON n.import_id = $1 AND n.kind = 'customer' AND ${isSame}
    JOIN refunds r ON r.customer_ref = n.name AND r.sku = e.sku
  WHERE e.name = 'purchase' AND e.source LIKE 'import:%' AND e.source <> 'import:' || $1::text AND e.quantity IS NOT NULL
    AND NOT EXISTS (SELECT FROM foresight.excluded_line x WHERE x.day = e.day AND x.event_id = e.event_id AND x.restored_at IS NULL AND x.import_id IS DISTINCT FROM $1)`

const FIRST_IMPORT_ROWS = `${refunded("")} SELECT * FROM (${stagedRows("")}) AS found`
const LATER_IMPORT_ROWS = `${refunded(IS_NEW)} SELECT * FROM (${stagedRows(IS_NEW)}
  UNION ALL ${storedRows("n.id = e.customer_id")} UNION ALL ${storedRows("n.id IS NULL AND n.other_id = e.visitor_id")}) AS found`

const CANCELLATION_ORDER = `ORDER BY "customerRef" COLLATE "C", sku COLLATE "C", at, (kind = 'refund'), line NULLS FIRST`
