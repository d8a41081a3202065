import { setTimeout as sleep } from "node:timers/promises"
import type { ImportReport } from "../database/stores/import-store"
import { addDays, dayInZone, dayNumber } from "../domain/day"
import { ForesightError } from "../domain/errors"
import { weeksToShift } from "../domain/imports/shift-weeks"
import { parseFileChoices, readOptions, type FileChoices } from "../imports/import-options"
import { readImport } from "../imports/import-reader"
import { shiftKept } from "../imports/import-shift"
import { foundFacts, stageLines, type ImportSummary } from "../imports/stage-import"
import { followImport } from "./follow-import"
import { refusalLines, tellImport } from "./import-answer"
import { dryRun } from "./import-dry-run"
import { EXIT, say } from "./output"
import { createProgress, type Progress } from "./progress"
import { createRefusalReport } from "./refusal-report"
import { bytesOf, openSalesFile, type SalesFile } from "./sales-file"
import { withStore, type StoreConnection } from "./store-connection"

export interface ImportOptions {
  json: boolean
  dryRun: boolean
  /** `ours=theirs`. */
  map: readonly string[]
  source: string
  encoding?: string
  decimal?: string
  dates?: string
  currency?: string
  asOf?: string
  shiftWeeks: boolean
  report?: string
}

/** Waits for a database that is away, ms: doubled from the first to the longest, for ten minutes in all. */
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000
const PATIENCE_MS = 600_000

interface Job {
  file: SalesFile
  choices: FileChoices
  isShifted: boolean
  asOf: string | undefined
  json: boolean
  report: string
  progress: Progress
  started: number
}

/** Reads a history into the store: parse and stage by COPY, once; then the workflow `import-history`, followed to its end. The same file again goes on where it stopped and doubles nothing. */
export async function importFile(fileName: string, options: ImportOptions): Promise<number> {
  const started = Date.now()
  const { map, source, encoding, decimal, dates, currency, asOf } = options
  const choices = parseFileChoices({ map: [...map], source, encoding, decimal, dates, currency })
  if (asOf !== undefined) dayNumber(asOf) // names a wrong day
  const file = await openSalesFile(fileName)
  const progress = createProgress()
  const isShifted = options.shiftWeeks || asOf !== undefined
  const report = options.report ?? `${file.name}.refused.csv`
  try {
    if (options.dryRun) return await dryRun(file, choices, { json: options.json, report, isShifted, progress })
    return await withStore((connection) => importInto(connection, { file, choices, isShifted, asOf, json: options.json, report, progress, started }))
  } finally {
    progress.stop()
    file.remove()
  }
}

async function importInto(connection: StoreConnection, job: Job): Promise<number> {
  const { client } = connection
  const { report, summary, refusedFile } = await patiently(() => stage(connection, job))
  if (summary) for (const line of refusalLines(summary)) say(line)
  await client.startImport(report.id)
  const end = await followImport(connection, report.id, job.progress)
  job.progress.stop()
  if (!end) return EXIT.failed
  const outcome = end.status === "done" ? await client.importOutcome(report.id) : null
  const { unknownLocations = [], unknownSalesChannels = [] } = outcome ?? {}
  tellImport(job.json, { report: end, summary, unknownLocations, unknownSalesChannels, refusedFile, seconds: (Date.now() - job.started) / 1000 })
  return end.status === "done" ? EXIT.done : EXIT.failed
}

/** Brings the file's lines into the staging table, as far as an earlier try did not. Moving dates is left to the insertion: how far is known only at the file's end. */
async function stage(
  { stores, config }: StoreConnection,
  { file, choices, isShifted, asOf, report: refusedPath, progress }: Job
): Promise<{ report: ImportReport; summary: ImportSummary | null; refusedFile: string | null }> {
  const { timezone: timeZone } = config.options
  const now = new Date()
  const kept = shiftKept(await stores.imports.ofContent(file.hash), isShifted)
  const options = readOptions(file.name, choices, { timeZone, now, isShifted })
  const { facts, batches } = await readImport(bytesOf(file, (bytes) => progress.update("reading", bytes, file.bytes)), options)
  const report = await stores.imports.open({ fileName: file.name, sourceHash: file.hash, format: facts.header.format })
  if (report.status !== "staging") {
    await batches.return(undefined)
    return { report, summary: null, refusedFile: null }
  }
  if (report.resumeLine > 0) say(`going on after line ${report.resumeLine}`)
  const refusals = createRefusalReport(refusedPath)
  const summary = await stageLines(stores, report, { facts, batches, source: choices.source, hooks: { onRefused: refusals.add, onLines: () => undefined } })
  const refusedFile = await refusals.close()
  const found = foundFacts(facts, summary)
  const read = { linesRead: summary.read, linesRefused: summary.refused, refusedSample: summary.sample, found }
  if (summary.kept === 0) {
    const refused = `has no line that can be read: all ${summary.read} were refused${refusedFile ? ` (${refusedFile})` : ""}`
    const reason = summary.read === 0 ? "has a header and no line after it; expected at least one" : refused
    for (const line of refusalLines(summary)) say(line)
    await stores.imports.update(report.id, read)
    await stores.imports.finish(report.id, { status: "failed", error: `the file ${reason}` })
    throw new ForesightError("invalid_file", `${file.name} ${reason}`)
  }
  const shiftWeeks = isShifted ? (kept ?? weeksToShift(summary.lastDay ?? "", asOf ?? addDays(dayInZone(now, timeZone), -1))) : null
  const inserting = { ...read, status: "inserting" as const, lastLine: summary.lastLine, ...(shiftWeeks !== null && { shiftWeeks }) }
  return { report: await stores.imports.update(report.id, inserting), summary, refusedFile }
}

/** Tries again while Postgres is away or full; staging goes on after the last line that was committed. */
async function patiently<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const until = Date.now() + PATIENCE_MS
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ForesightError) || error.code !== "unavailable") throw error
      if (Date.now() + wait > until) throw new ForesightError("unavailable", `${error.message}; run the same command again, it goes on after the last line that was kept`, { cause: error })
      say(`${error.message}; trying again in ${wait / 1000} s, Ctrl-C gives up`)
      await sleep(wait)
    }
  }
}
