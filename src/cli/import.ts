import { setTimeout as sleep } from "node:timers/promises"
import type { ImportReport, StagedLine } from "../database/stores/import-store"
import { addDays, dayInZone, dayNumber, type Day } from "../domain/day"
import { ForesightError } from "../domain/errors"
import type { ExclusionReason } from "../domain/events"
import { weeksToShift } from "../domain/imports/shift-weeks"
import { createZoneClock } from "../domain/imports/zone-clock"
import { readStoreConfig } from "../shop/store-config"
import { shiftKept, withShift } from "./import-shift"
import { onInterrupt } from "./interrupt"
import { EXIT, print, printJson, say, table } from "./output"
import { createProgress, type Progress } from "./progress"
import { createRefusalReport, type RefusalReport } from "./refusal-report"
import { openSalesFile, readRecords, type SalesFile } from "./sales-file"
import { stageRecords, type StageInput } from "./stage-lines"
import { withStore, type StoreConnection } from "./store-connection"
import { tellWhoIsMissing } from "./tell-who-is-missing"

export interface ImportOptions {
  json: boolean
  dryRun: boolean
  /** `theirs=ours`. */
  map: readonly string[]
  source: string
  asOf?: string
  shiftWeeks: boolean
  report?: string
}

const BATCH = 5_000
/** Lines after which what was staged is committed, so that a broken import goes on from there. */
const COMMIT = 100_000
const POLL_MS = 500
const DAY_MS = 86_400_000

interface Summary {
  format: string
  read: number
  kept: number
  excluded: Partial<Record<ExclusionReason, number>>
  firstDay: Day | null
  lastDay: Day | null
  lastLine: number
}

/** Reads a history into the store: parse, stage by COPY, then the workflow `import-history`, followed to its end. The same file again goes on where it stopped and doubles nothing. */
export async function importFile(fileName: string, options: ImportOptions): Promise<number> {
  const started = Date.now()
  const file = await openSalesFile(fileName)
  const progress = createProgress()
  const refusals = createRefusalReport(options.report ?? `${file.name}.refused.csv`)
  try {
    return options.dryRun ? await dryRun(file, options, progress, refusals) : await withStore((connection) => importInto(connection, { file, options, progress, refusals, started }))
  } finally {
    progress.stop()
    file.remove()
  }
}

interface Job {
  file: SalesFile
  options: ImportOptions
  progress: Progress
  refusals: RefusalReport
  started: number
}

async function importInto(connection: StoreConnection, { file, options, progress, refusals, started }: Job): Promise<number> {
  const { stores, client, config } = connection
  const input = stageInput(file, options, config.options.timezone)
  const earlier = (await stores.imports.list({ limit: 1000, offset: 0 })).imports.filter(({ sourceHash }) => sourceHash === file.hash)
  const asked = options.shiftWeeks || options.asOf !== undefined
  const kept = shiftKept(earlier, asked)
  const shift = asked ? (kept ?? (await measureShift(file, input, options, config.options.timezone, progress))) : null
  const weeks = shift ?? 0
  const { header } = await stageRecords(readRecords(file), input)
  let report = await stores.imports.open({ fileName: file.name, sourceHash: file.hash, format: withShift(header.format, shift) })
  let summary: Summary | null = null
  let refusedFile: string | null = null
  if (report.status === "staging") {
    if (report.resumeLine > 0) say(`going on after line ${report.resumeLine}`)
    summary = await stageAll(connection, report, { file, input: { ...input, weeks, notAfter: weeks === 0 ? input.notAfter : null }, progress, refusals })
    refusedFile = await refusals.close()
    if (summary.kept === 0) {
      const reason = summary.read === 0 ? "has a header and no line after it; expected at least one" : `has no line that can be read: all ${summary.read} were refused${refusedFile ? ` (${refusedFile})` : ""}`
      for (const line of refusals.lines()) say(line)
      await stores.imports.update(report.id, { linesRead: summary.read, linesRefused: refusals.count, refusedSample: refusals.sample })
      await stores.imports.finish(report.id, { status: "failed", error: `the file ${reason}` })
      throw new ForesightError("invalid_file", `${file.name} ${reason}`)
    }
    report = await stores.imports.update(report.id, { status: "inserting", linesRead: summary.read, linesRefused: refusals.count, refusedSample: refusals.sample, resumeLine: 0 })
  }
  for (const line of refusals.lines()) say(line)
  await client.startImport(report.id)
  const end = await follow(connection, report.id, progress)
  progress.stop()
  if (!end) return EXIT.failed
  const outcome = end.status === "done" ? await client.importOutcome(report.id) : null
  const { unknownLocations = [], unknownSalesChannels = [] } = outcome ?? {}

  const seconds = (Date.now() - started) / 1000
  const { linesRead, linesKept, linesDuplicate, linesRefused, excluded, status, error } = end
  if (options.json) {
    printJson({
      import_id: end.id,
      file: end.fileName,
      format: end.format,
      status,
      error,
      lines_read: linesRead,
      lines_kept: linesKept,
      lines_duplicate: linesDuplicate,
      lines_refused: linesRefused,
      excluded,
      refused: end.refusedSample,
      refused_report: refusedFile,
      unknown_locations: unknownLocations,
      unknown_sales_channels: unknownSalesChannels,
      first_day: summary?.firstDay ?? null,
      last_day: summary?.lastDay ?? null,
      shifted_weeks: weeks,
      seconds,
      lines_per_second: Math.round(linesRead / seconds),
    })
  } else {
    const reasons = Object.entries(excluded).map(([reason, count]) => [`  not counted: ${reason}`, String(count)])
    print(table([["lines read", String(linesRead)], ["kept", String(linesKept)], ["known before", String(linesDuplicate)], ["refused", `${linesRefused}${refusedFile ? ` (${refusedFile})` : ""}`], ...reasons]))
    if (unknownLocations.length > 0) say(`locations the shop does not know, counted at the default one: ${unknownLocations.join(", ")}`)
    if (unknownSalesChannels.length > 0) say(`sales channels the shop does not know, counted in the default one: ${unknownSalesChannels.join(", ")}`)
    say(`${status} in ${seconds.toFixed(1)} s${error ? `: ${error}` : ""}`)
  }
  return status === "done" ? EXIT.done : EXIT.failed
}

function stageInput(file: SalesFile, { map, source }: ImportOptions, timeZone: string): StageInput {
  const columns = new Map(
    map.map((pair): [string, string] => {
      const at = pair.indexOf("=")
      if (at <= 0 || at === pair.length - 1) throw new ForesightError("invalid_options", `--map is ${JSON.stringify(pair)}; expected THEIRS=OURS, e.g. "Order No=order_id"`)
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    })
  )
  return { name: file.name, columns, source, clock: createZoneClock(timeZone), weeks: 0, notAfter: Date.now() + DAY_MS }
}

/** Reads the file once for its last day. */
async function measureShift(file: SalesFile, input: StageInput, { asOf }: ImportOptions, timeZone: string, progress: Progress): Promise<number> {
  const target = asOf ?? addDays(dayInZone(new Date(), timeZone), -1)
  if (asOf) dayNumber(asOf) // names a wrong day
  const { lines } = await stageRecords(readRecords(file, (bytes) => progress.update("measuring", bytes, file.bytes)), { ...input, notAfter: null })
  let lastDay: Day | null = null
  for await (const line of lines) if ("staged" in line && (lastDay === null || line.staged.day > lastDay)) lastDay = line.staged.day
  return lastDay === null ? 0 : weeksToShift(lastDay, target)
}

async function stageAll(
  { stores }: Pick<StoreConnection, "stores">,
  report: ImportReport,
  { file, input, progress, refusals }: { file: SalesFile; input: StageInput; progress: Progress; refusals: RefusalReport }
): Promise<Summary> {
  let writer = await stores.imports.openStaging(report.id, report.resumeLine)
  let batch: StagedLine[] = []
  let uncommitted = 0
  let last = report.resumeLine
  const write = async () => {
    if (batch.length > 0) await writer.write(batch)
    uncommitted += batch.length
    batch = []
  }
  try {
    const summary = await readAll({ file, input, progress, refusals, label: "reading" }, async (line) => {
      if (line.line <= report.resumeLine) return // staged by an earlier try; it was read again for the keys of equal lines
      batch.push(line)
      last = line.line
      if (batch.length >= BATCH) await write()
      if (uncommitted >= COMMIT) {
        await writer.close()
        await stores.imports.update(report.id, { resumeLine: last })
        writer = await stores.imports.openStaging(report.id, last)
        uncommitted = 0
      }
    })
    await write()
    await writer.close()
    return summary
  } catch (error) {
    await writer.abort()
    throw error
  }
}

/** Reads, counts and hands on each good line. */
async function readAll(
  { file, input, progress, refusals, label }: { file: SalesFile; input: StageInput; progress: Progress; refusals: RefusalReport; label: string },
  take: (line: StagedLine) => Promise<void>
): Promise<Summary> {
  const { header, lines } = await stageRecords(readRecords(file, (bytes) => progress.update(label, bytes, file.bytes)), input)
  const summary: Summary = { format: header.format, read: 0, kept: 0, excluded: {}, firstDay: null, lastDay: null, lastLine: 0 }
  for await (const line of lines) {
    summary.read += 1
    if ("refused" in line) {
      await refusals.add(line.refused)
      continue
    }
    const { day, exclusion } = line.staged
    summary.kept += 1
    summary.lastLine = line.staged.line
    if (exclusion) summary.excluded[exclusion] = (summary.excluded[exclusion] ?? 0) + 1
    if (summary.firstDay === null || day < summary.firstDay) summary.firstDay = day
    if (summary.lastDay === null || day > summary.lastDay) summary.lastDay = day
    await take(line.staged)
  }
  return summary
}

/** Reads and judges the file without touching anything; works outside a store too, where days are counted in UTC. */
async function dryRun(file: SalesFile, options: ImportOptions, progress: Progress, refusals: RefusalReport): Promise<number> {
  const input = stageInput(file, options, timeZoneHere())
  const summary = await readAll({ file, input, progress, refusals, label: "reading" }, () => Promise.resolve())
  progress.stop()
  const refusedFile = await refusals.close()
  if (summary.read === 0) throw new ForesightError("invalid_file", `${file.name} has a header and no line after it; expected at least one`)
  for (const line of refusals.lines()) say(line)
  if (options.json) {
    const { format, read, kept, excluded, firstDay, lastDay } = summary
    printJson({ file: file.name, format, lines_read: read, lines_kept: kept, lines_refused: refusals.count, excluded, refused: refusals.sample, refused_report: refusedFile, first_day: firstDay, last_day: lastDay })
  } else {
    const reasons = Object.entries(summary.excluded).map(([reason, count]) => [`  not counted: ${reason}`, String(count)])
    print(table([["format", summary.format], ["lines read", String(summary.read)], ["would be kept", String(summary.kept)], ["refused", String(refusals.count)], ["days", `${summary.firstDay ?? "–"} to ${summary.lastDay ?? "–"}`], ...reasons]))
  }
  return summary.kept > 0 ? EXIT.done : EXIT.usage
}

function timeZoneHere(): string {
  try {
    return readStoreConfig(process.cwd()).options.timezone
  } catch (error) {
    if (error instanceof ForesightError && error.code === "not_found") return "UTC"
    throw error
  }
}

/** @returns The report at its end, or `null` when the user left. */
async function follow({ client, stores }: StoreConnection, importId: string, progress: Progress): Promise<ImportReport | null> {
  const interrupt = onInterrupt({ what: "the import", cancel: () => client.cancelImport(importId) })
  const missing = tellWhoIsMissing(client)
  const { lines } = await stores.imports.stagedSpan(importId)
  try {
    while (!interrupt.left) {
      const report = await stores.imports.get(importId)
      if (report.finishedAt) return report
      const { status, progress: at } = await client.importState(importId)
      if (status !== "running" && !(await stores.imports.get(importId)).finishedAt) {
        throw new ForesightError("unavailable", `the workflow of import ${importId} is ${status} but the import has not ended; run the same command again to go on`)
      }
      if (at?.stage === "inserting") progress.update("inserting", report.linesKept + report.linesDuplicate, lines)
      else if (at) progress.update(at.stage === "judging" ? "matching cancellations" : "counting demand", 0, 0)
      else await missing("the import")
      await sleep(POLL_MS)
    }
    return null
  } finally {
    interrupt.dispose()
  }
}
