import { randomUUID } from "node:crypto"
import type { DataSource } from "typeorm"
import type { ImportAnswer } from "../../api/answers"
import type { Day } from "../../domain/day"
import type { ExclusionReason } from "../../domain/events"
import { ForesightError } from "../../domain/errors"
import { columnList } from "../bulk"
import { ImportReportEntity } from "../entities/import-report.entity"
import { ImportStagingEntity } from "../entities/import-staging.entity"
import { INSERT_FROM_STAGING } from "../insert-from-staging"
import { ensureMonths } from "../partitions"
import { countChanged, holdLock, rows, transaction, type Executor } from "../query"
import { openStagingWriter, type StagedLine, type StagingWriter } from "../staging-writer"

export type { StagedLine, StagingWriter } from "../staging-writer"

export type ImportStatus = ImportAnswer["status"]
export interface RefusedLine {
  line: number
  column: string | null
  value: string | null
  message: string
}
export interface ImportReport {
  id: string
  fileName: string
  /** Hash of the file's content: the same file again continues or repeats the same import. */
  sourceHash: string
  format: string
  status: ImportStatus
  createdAt: Date
  finishedAt: Date | null
  linesRead: number
  linesKept: number
  linesDuplicate: number
  linesRefused: number
  excluded: Partial<Record<ExclusionReason, number>>
  refusedSample: RefusedLine[]
  error: string | null
  /** Status `staging`: last line that is safely staged. Status `inserting`: last line that has become an event. */
  resumeLine: number
}

/** Names of one page of lines, to be looked up in the shop. */
export interface StagedReferences {
  skus: string[]
  productHandles: string[]
  customerRefs: string[]
  locations: string[]
  salesChannels: string[]
}
/** What the shop answered; names that are missing stay unknown. */
export interface ResolvedReferences {
  skus: { sku: string; variantId: string; productId: string }[]
  productHandles: { handle: string; productId: string }[]
  customers: { ref: string; customerId: string }[]
  locations: { name: string; locationId: string }[]
  salesChannels: { name: string; salesChannelId: string }[]
  /** For lines that name none, or one the shop does not know. */
  defaultLocationId: string | null
  defaultSalesChannelId: string | null
}

export interface ImportStore {
  /** The import of this file: an unfinished one with the same `sourceHash` is continued, else a new one begins in status `staging`.
   * One that staged lines in another `format` and kept none of them is staged afresh. */
  open(source: { fileName: string; sourceHash: string; format: string }): Promise<ImportReport>
  /** @throws ForesightError `not_found`. */
  get(id: string): Promise<ImportReport>
  /** Newest first. */
  list(page: { limit: number; offset: number }): Promise<{ imports: ImportReport[]; count: number }>
  /** Overwrites the named fields (status `staging` or `inserting`). */
  update(id: string, change: Partial<Pick<ImportReport, "status" | "linesRead" | "linesRefused" | "refusedSample" | "resumeLine">>): Promise<ImportReport>
  /** A COPY into the staging table on a connection of its own. Lines of this import after `fromLine` that an earlier try left are removed first. */
  openStaging(importId: string, fromLine?: number): Promise<StagingWriter>
  /** Sets why staged lines do not count (`null`: they do); for rules that need the whole file. @returns lines changed. */
  excludeStaged(importId: string, lines: readonly { line: number; exclusion: ExclusionReason | null; detail: string | null }[]): Promise<number>
  /** Staged lines after `afterLine`, by line. */
  stagedPage(importId: string, page: { afterLine: number; limit: number }): Promise<StagedLine[]>
  /** First and last day of the staged lines, and their number; days `null` when there are none. */
  stagedSpan(importId: string): Promise<{ lines: number; firstDay: Day | null; lastDay: Day | null }>
  /** Distinct names in the next `limit` staged lines after `afterLine`. */
  stagedReferences(importId: string, page: { afterLine: number; limit: number }): Promise<StagedReferences>
  /** Turns the next `limit` staged lines after `afterLine` into events and excluded lines, adds to the report's counts and moves its `resumeLine`, in one
   * transaction. Safe to repeat. A line without a known SKU is kept and excluded as `unknown_sku`.
   * @returns `lastLine: null` when no line was left. */
  insertFromStaging(
    importId: string,
    page: { afterLine: number; limit: number; references: ResolvedReferences }
  ): Promise<{ lastLine: number | null; inserted: number; duplicates: number; excluded: number }>
  /** Ends an import and empties its staging lines (kept when it failed, so that it can be continued). */
  finish(id: string, end: { status: "done" | "failed" | "canceled"; error?: string | null }): Promise<ImportReport>
  /** Gives up imports that failed before `before`: their staged lines go, so that they cannot be continued. @returns lines removed. */
  forgetFailedBefore(before: Date): Promise<number>
}

/** Makes the import store of an opened data source. */
export function createImportStore(dataSource: DataSource): ImportStore {
  const select = (executor: Executor, rest: string, parameters: readonly unknown[]) =>
    rows<ImportReport>(executor, `SELECT ${columnList(dataSource, ImportReportEntity)} FROM foresight.import_report ${rest}`, parameters)
  const get = async (id: string, executor: Executor = dataSource) => {
    const [report] = await select(executor, "WHERE id::text = $1", [id])
    if (!report) throw new ForesightError("not_found", `import ${JSON.stringify(id)} does not exist`)
    return report
  }

  return {
    open: ({ fileName, sourceHash, format }) =>
      transaction(dataSource, async (manager) => {
        await holdLock(manager, `import ${sourceHash}`)
        const [known] = await select(manager, "WHERE source_hash = $1 AND status IN ('staging', 'inserting', 'failed')", [sourceHash])
        if (!known) {
          const id = randomUUID()
          await rows(
            manager,
            "INSERT INTO foresight.import_report (id, file_name, source_hash, format, status) VALUES ($1, $2, $3, $4, 'staging')",
            [id, fileName, sourceHash, format]
          )
          return get(id, manager)
        }
        // an import that failed while inserting has kept lines; one that failed before is staged again from where it stood
        const status = known.status !== "failed" ? known.status : known.linesKept + known.linesDuplicate > 0 ? "inserting" : "staging"
        const afresh = status === "staging" && known.format !== format
        await rows(
          manager,
          `UPDATE foresight.import_report SET status = $2, error = NULL, finished_at = NULL, format = CASE WHEN $3 THEN $4 ELSE format END,
            resume_line = CASE WHEN $3 THEN 0 ELSE resume_line END WHERE id = $1`,
          [known.id, status, afresh, format]
        )
        return get(known.id, manager)
      }),

    get: (id) => get(id),

    async list({ limit, offset }) {
      const imports = await select(dataSource, "ORDER BY created_at DESC, id LIMIT $1 OFFSET $2", [limit, offset])
      const [total] = await rows<{ count: number }>(dataSource, "SELECT count(*)::int AS count FROM foresight.import_report")
      return { imports, count: total?.count ?? 0 }
    },

    async update(id, { status, linesRead, linesRefused, refusedSample, resumeLine }) {
      await rows(
        dataSource,
        `UPDATE foresight.import_report SET status = coalesce($2, status), lines_read = coalesce($3, lines_read), lines_refused = coalesce($4, lines_refused),
          refused_sample = coalesce($5::jsonb, refused_sample),
          resume_line = coalesce($6, CASE WHEN $2 = 'inserting' AND status = 'staging' THEN 0 ELSE resume_line END) WHERE id = $1`,
        [id, status ?? null, linesRead ?? null, linesRefused ?? null, refusedSample ? JSON.stringify(refusedSample) : null, resumeLine ?? null]
      )
      return get(id)
    },

    openStaging: (importId, fromLine = 0) => openStagingWriter(dataSource, importId, fromLine),

    async excludeStaged(importId, lines) {
      return countChanged(
        dataSource,
        `UPDATE foresight.import_staging s SET exclusion = l.exclusion, exclusion_detail = l.detail
          FROM unnest($2::int[], $3::text[], $4::text[]) AS l(line, exclusion, detail) WHERE s.import_id = $1 AND s.line = l.line`,
        [importId, lines.map(({ line }) => line), lines.map(({ exclusion }) => exclusion), lines.map(({ detail }) => detail)]
      )
    },

    stagedPage: (importId, { afterLine, limit }) =>
      rows<StagedLine>(
        dataSource,
        `SELECT ${columnList(dataSource, ImportStagingEntity, { without: ["importId"] })} FROM foresight.import_staging
          WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3`,
        [importId, afterLine, limit]
      ),

    async stagedSpan(importId) {
      const [span] = await rows<{ lines: number; firstDay: Day | null; lastDay: Day | null }>(
        dataSource,
        `SELECT count(*)::int AS lines, min(day)::text AS "firstDay", max(day)::text AS "lastDay" FROM foresight.import_staging WHERE import_id = $1`,
        [importId]
      )
      return span ?? { lines: 0, firstDay: null, lastDay: null }
    },

    async stagedReferences(importId, { afterLine, limit }) {
      const distinct = (column: string) => `ARRAY(SELECT DISTINCT ${column} FROM page WHERE ${column} IS NOT NULL ORDER BY 1)`
      const [references] = await rows<StagedReferences>(
        dataSource,
        `WITH page AS MATERIALIZED (SELECT * FROM foresight.import_staging WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3)
          SELECT ${distinct("sku")} AS skus, ${distinct("product_handle")} AS "productHandles", ${distinct("customer_ref")} AS "customerRefs",
            ${distinct("location")} AS locations, ${distinct("sales_channel")} AS "salesChannels"`,
        [importId, afterLine, limit]
      )
      return references ?? { skus: [], productHandles: [], customerRefs: [], locations: [], salesChannels: [] }
    },

    async insertFromStaging(importId, { afterLine, limit, references }) {
      await ensureMonths(dataSource, await stagedMonths(dataSource, importId, afterLine, limit))
      return transaction(dataSource, async (manager) => {
        await holdLock(manager, `import page ${importId}`)
        const { status, resumeLine } = await get(importId, manager)
        if (status !== "inserting") throw new ForesightError("conflict", `import ${importId} is ${status}; expected inserting`)
        // a second attempt of a page that was done: say so and go on behind it
        if (afterLine < resumeLine) return { lastLine: resumeLine, inserted: 0, duplicates: 0, excluded: 0 }
        const [done] = await rows<{ lastLine: number | null; inserted: number; duplicates: number; excluded: number }>(
          manager,
          INSERT_FROM_STAGING,
          [importId, afterLine, limit, ...referenceColumns(references)]
        )
        return done ?? { lastLine: null, inserted: 0, duplicates: 0, excluded: 0 }
      })
    },

    finish: (id, { status, error }) =>
      transaction(dataSource, async (manager) => {
        await rows(manager, "UPDATE foresight.import_report SET status = $2, error = $3, finished_at = now() WHERE id = $1", [id, status, error ?? null])
        if (status !== "failed") await rows(manager, "DELETE FROM foresight.import_staging WHERE import_id = $1", [id])
        return get(id, manager)
      }),

    forgetFailedBefore: (before) =>
      transaction(dataSource, async (manager) => {
        const given = await rows<{ id: string }>(manager, "SELECT id FROM foresight.import_report WHERE status = 'failed' AND finished_at < $1 FOR UPDATE", [before])
        const ids = given.map(({ id }) => id)
        const removed = await countChanged(manager, "DELETE FROM foresight.import_staging WHERE import_id = ANY($1::uuid[])", [ids])
        await rows(manager, "UPDATE foresight.import_report SET status = 'canceled' WHERE id = ANY($1::uuid[])", [ids])
        return removed
      }),
  }
}

async function stagedMonths(dataSource: DataSource, importId: string, afterLine: number, limit: number): Promise<string[]> {
  const found = await rows<{ month: string }>(
    dataSource,
    `SELECT DISTINCT to_char(day, 'YYYY-MM') AS month FROM
      (SELECT day FROM foresight.import_staging WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3) AS page`,
    [importId, afterLine, limit]
  )
  return found.map(({ month }) => month)
}

const referenceColumns = ({ skus, productHandles, customers, locations, salesChannels, defaultLocationId, defaultSalesChannelId }: ResolvedReferences) => [
  skus.map(({ sku }) => sku),
  skus.map(({ variantId }) => variantId),
  skus.map(({ productId }) => productId),
  productHandles.map(({ handle }) => handle),
  productHandles.map(({ productId }) => productId),
  customers.map(({ ref }) => ref),
  customers.map(({ customerId }) => customerId),
  locations.map(({ name }) => name),
  locations.map(({ locationId }) => locationId),
  salesChannels.map(({ name }) => name),
  salesChannels.map(({ salesChannelId }) => salesChannelId),
  defaultLocationId,
  defaultSalesChannelId,
]
