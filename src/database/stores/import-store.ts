import { randomUUID } from "node:crypto"
import type { DataSource } from "typeorm"
import type { ImportAnswer } from "../../api/answers"
import type { ExclusionReason } from "../../domain/events"
import { ForesightError } from "../../domain/errors"
import type { ImportFormat } from "../../domain/imports/import-formats"
import { columnList } from "../bulk"
import { ImportReportEntity, type ImportFound } from "../entities/import-report.entity"
import { clearStaging } from "../clear-staging"
import { countChanged, errorCode, holdLock, rows, transaction, type Executor } from "../query"

export type { ImportFound } from "../entities/import-report.entity"
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
  /** Hash of the file's content: the same file again continues or repeats the same import. An upload has a name of its own until all of it is there. */
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
  /** Last line that is safely staged. */
  resumeLine: number
  /** Whole weeks by which all dates are moved; `null`: no shift was asked for. */
  shiftWeeks: number | null
  found: ImportFound | null
  /** Last line of the file that was staged. */
  lastLine: number
  /** Pages of `LINES_A_PAGE` lines that have become events. */
  donePages: number[]
  namesResolved: boolean
}

type Changes = Partial<Pick<ImportReport, "status" | "linesRead" | "linesRefused" | "refusedSample" | "resumeLine" | "shiftWeeks" | "found" | "lastLine" | "sourceHash">>

/** Refusals kept for download. */
const REFUSALS_KEPT = 10_000
const UNIQUE = "23505"

/** $1 content · $2 the import that takes its place. */
const GIVE_UP_FAILED = `WITH given AS (
    UPDATE foresight.import_report SET status = 'canceled' WHERE source_hash = $1 AND status = 'failed' AND id <> $2 RETURNING id),
  names AS (DELETE FROM foresight.import_name WHERE import_id IN (SELECT id FROM given))
  DELETE FROM foresight.import_staging WHERE import_id IN (SELECT id FROM given)`

export interface ImportStore {
  /** The import of this file: an unfinished one with the same `sourceHash` is continued, else a new one begins in status `staging`.
   * One that staged lines in another `format` and kept none of them is staged afresh, and so is one whose staged lines a crash of Postgres emptied. */
  open(source: { fileName: string; sourceHash: string; format: ImportFormat }): Promise<ImportReport>
  /** @throws ForesightError `not_found`. */
  get(id: string): Promise<ImportReport>
  /** Newest first. */
  list(page: { limit: number; offset: number }): Promise<{ imports: ImportReport[]; count: number }>
  /** Imports of the same content, newest first. */
  ofContent(sourceHash: string): Promise<ImportReport[]>
  /** Overwrites the named fields (status `staging` or `inserting`) of an import that has not ended.
   * A failed import of the content that is named now is given up: its staged lines go.
   * @throws ForesightError `canceled` when somebody ended this one meanwhile, `conflict` when another import of that content is under way. */
  update(id: string, change: Changes): Promise<ImportReport>
  /** Keeps lines that could not be read, up to 10,000 an import; the same line twice is kept once. */
  addRefusals(importId: string, refused: readonly RefusedLine[]): Promise<void>
  /** By line. */
  refusals(importId: string): Promise<RefusedLine[]>
  /** Ends the import; one that was done or canceled stays as it is. One that failed can be canceled, and keeps its error then.
   * @param by A workflow ends what is being inserted, and not a file that is staged again since. */
  finish(id: string, end: { status: "done" | "failed" | "canceled"; error?: string | null; by?: "workflow" }): Promise<ImportReport>
  /** Imports that failed before this time, or whose file was left half read before it, are given up: their staged lines go, a later try begins anew.
   * Refused lines, which may name people, go with them, and those of imports that ended before this time. @returns staged lines removed. */
  forgetBefore(before: Date): Promise<number>
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
        const [staged] = await rows<{ there: boolean }>(
          manager,
          "SELECT EXISTS (SELECT FROM foresight.import_staging WHERE import_id = $1 AND line = $2) AS there",
          [known.id, known.status === "staging" ? known.resumeLine : known.lastLine]
        )
        // an import that failed while inserting has kept lines; one that failed before is staged again from where it stood
        const begun = known.linesKept + known.linesDuplicate > 0 || known.donePages.length > 0
        const status = !staged?.there ? "staging" : known.status !== "failed" ? known.status : begun ? "inserting" : "staging"
        const afresh = status === "staging" && (known.format !== format || !staged?.there)
        if (afresh) await rows(manager, "DELETE FROM foresight.import_refusal WHERE import_id = $1", [known.id])
        // lines that a crash emptied are staged and inserted again; what became an event is then known before
        await rows(
          manager,
          `UPDATE foresight.import_report SET status = $2, error = NULL, finished_at = NULL, format = CASE WHEN $3 THEN $4 ELSE format END,
            resume_line = CASE WHEN $3 THEN 0 ELSE resume_line END, done_pages = CASE WHEN $3 THEN '{}' ELSE done_pages END,
            names_resolved = names_resolved AND NOT $3,
            lines_kept = CASE WHEN $3 THEN 0 ELSE lines_kept END, lines_duplicate = CASE WHEN $3 THEN 0 ELSE lines_duplicate END,
            excluded = CASE WHEN $3 THEN '{}' ELSE excluded END WHERE id = $1`,
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

    ofContent: (sourceHash) => select(dataSource, "WHERE source_hash = $1 ORDER BY created_at DESC, id", [sourceHash]),

    async update(id, change) {
      const { status, linesRead, linesRefused, refusedSample, resumeLine, shiftWeeks, found, lastLine, sourceHash } = change
      try {
        return await transaction(dataSource, async (manager) => {
          if (sourceHash !== undefined) {
            await holdLock(manager, `import ${sourceHash}`)
            await rows(manager, GIVE_UP_FAILED, [sourceHash, id])
          }
          const changed = await countChanged(
            manager,
            `UPDATE foresight.import_report SET status = coalesce($2, status), lines_read = coalesce($3, lines_read), lines_refused = coalesce($4, lines_refused),
              refused_sample = coalesce($5::jsonb, refused_sample), resume_line = coalesce($6, resume_line), shift_weeks = coalesce($7, shift_weeks),
              found = coalesce($8::jsonb, found), last_line = coalesce($9, last_line), source_hash = coalesce($10, source_hash) WHERE id = $1 AND finished_at IS NULL`,
            [
              ...[id, status ?? null, linesRead ?? null, linesRefused ?? null, refusedSample ? JSON.stringify(refusedSample) : null, resumeLine ?? null],
              ...[shiftWeeks ?? null, found ? JSON.stringify(found) : null, lastLine ?? null, sourceHash ?? null],
            ]
          )
          const report = await get(id, manager)
          if (changed === 0) throw new ForesightError("canceled", `the import of ${report.fileName} was ended by somebody else: it is ${report.status}`)
          return report
        })
      } catch (error) {
        if (errorCode(error) !== UNIQUE) throw error
        throw new ForesightError("conflict", "another import of the same file is under way; wait for its end or cancel it", { cause: error })
      }
    },

    async addRefusals(importId, refused) {
      if (refused.length === 0) return
      await rows(
        dataSource,
        `INSERT INTO foresight.import_refusal (import_id, line, column_name, value, message)
          SELECT $1, * FROM unnest($2::int[], $3::text[], $4::text[], $5::text[]) AS r(line, column_name, value, message)
            WHERE (SELECT count(*) FROM foresight.import_refusal WHERE import_id = $1) < ${REFUSALS_KEPT} LIMIT ${REFUSALS_KEPT} ON CONFLICT DO NOTHING`,
        [importId, refused.map(({ line }) => line), refused.map(({ column }) => column), refused.map(({ value }) => (value ?? "").replaceAll("\0", "\ufffd")), refused.map(({ message }) => message)]
      )
    },

    refusals: (importId) =>
      rows<RefusedLine>(dataSource, `SELECT line, column_name AS "column", value, message FROM foresight.import_refusal WHERE import_id::text = $1 ORDER BY line LIMIT ${REFUSALS_KEPT}`, [importId]),

    async finish(id, { status, error, by }) {
      await rows(
        dataSource,
        `UPDATE foresight.import_report SET status = $2, error = CASE WHEN $2 = 'canceled' THEN coalesce($3, error) ELSE $3 END, finished_at = now()
          WHERE id = $1 AND (status IN ('inserting', 'failed') OR (status = 'staging' AND NOT $4))`,
        [id, status, error ?? null, by === "workflow"]
      )
      return get(id)
    },

    async forgetBefore(before) {
      const given = await rows<{ id: string }>(
        dataSource,
        `WITH given AS (UPDATE foresight.import_report SET status = 'canceled', finished_at = coalesce(finished_at, now())
          WHERE (status = 'failed' AND finished_at < $1) OR (status = 'staging' AND created_at < $1) RETURNING id) SELECT id FROM given`,
        [before]
      )
      const ids = given.map(({ id }) => id)
      await rows(
        dataSource,
        `WITH old AS (SELECT id FROM foresight.import_report WHERE finished_at < $1 OR id = ANY($2::uuid[])),
          refusals AS (DELETE FROM foresight.import_refusal WHERE import_id IN (SELECT id FROM old))
          UPDATE foresight.import_report SET refused_sample = '[]' WHERE id IN (SELECT id FROM old) AND refused_sample <> '[]'`,
        [before, ids]
      )
      return clearStaging(dataSource, ids)
    },
  }
}
