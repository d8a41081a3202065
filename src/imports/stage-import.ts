import type { ImportFound, ImportReport } from "../database/stores/import-store"
import type { Stores } from "../database/stores"
import type { StagedLine } from "../database/stores/staging-store"
import type { Day } from "../domain/day"
import { ForesightError } from "../domain/errors"
import type { ExclusionReason } from "../domain/events"
import { exclusionReason } from "../domain/imports/exclusion-rules"
import type { ImportFormat } from "../domain/imports/import-formats"
import type { ImportLine, RefusedLine } from "../domain/imports/import-line"
import type { FileFacts, LineBatch } from "./import-reader"
import { createLineKeys } from "./line-keys"

/** What a file held. */
export interface ImportSummary {
  format: ImportFormat
  read: number
  kept: number
  refused: number
  /** The first refusals, for messages. */
  sample: RefusedLine[]
  excluded: Partial<Record<ExclusionReason, number>>
  firstDay: Day | null
  lastDay: Day | null
  lastLine: number
}

export interface StageHooks {
  /** Hears every refused line. */
  onRefused(refused: readonly RefusedLine[]): Promise<void>
  /** Hears how many lines were read so far; throws to stop. */
  onLines(read: number): void
}

/** Refusals told at once. */
const SAMPLE = 20
/** Lines after which what was staged is committed, so that a broken import goes on from there. */
const COMMIT = 100_000

/** Reads and judges all lines and hands them on, batch by batch. */
async function judgeLines(
  { header }: FileFacts,
  batches: AsyncIterable<LineBatch>,
  hooks: StageHooks,
  take: (lines: ImportLine[], summary: ImportSummary) => Promise<void>
): Promise<ImportSummary> {
  const summary: ImportSummary = { format: header.format, read: 0, kept: 0, refused: 0, sample: [], excluded: {}, firstDay: null, lastDay: null, lastLine: 0 }
  for await (const { lines, refused } of batches) {
    summary.read += lines.length + refused.length
    if (refused.length > 0) {
      summary.refused += refused.length
      if (summary.sample.length < SAMPLE) summary.sample.push(...refused.slice(0, SAMPLE - summary.sample.length))
      await hooks.onRefused(refused)
    }
    summary.kept += lines.length
    for (const { day } of lines) {
      if (summary.firstDay === null || day < summary.firstDay) summary.firstDay = day
      if (summary.lastDay === null || day > summary.lastDay) summary.lastDay = day
    }
    summary.lastLine = lines.at(-1)?.line ?? summary.lastLine
    await take(lines, summary)
    hooks.onLines(summary.read)
  }
  return summary
}

/** Counts why lines would not count, without writing anything. */
export const checkLines = (facts: FileFacts, batches: AsyncIterable<LineBatch>, hooks: StageHooks, see: (line: ImportLine) => void): Promise<ImportSummary> =>
  judgeLines(facts, batches, hooks, async (lines, summary) => {
    for (const line of lines) {
      count(summary, exclusionReason(line, { format: facts.header.format, knowsSku: null }))
      see(line)
    }
  })

/** Brings a file's lines into the staging table by COPY: parsed, judged, with their keys, on their own dates. Lines up to `report.resumeLine` were staged by an earlier
 * try; they are read again for the keys of equal lines. Committed every 100,000 lines.
 * @param source Names the shop the file comes from: part of every line's key, so that a longer export doubles nothing.
 * @throws ForesightError `unavailable` when Postgres goes away: what was committed stays; `canceled` within 100,000 lines of somebody ending the import: nothing stays. */
export async function stageLines(
  stores: Pick<Stores, "imports" | "staging">,
  report: ImportReport,
  { facts, batches, source, hooks }: { facts: FileFacts; batches: AsyncIterable<LineBatch>; source: string; hooks: StageHooks }
): Promise<ImportSummary> {
  const keyOf = createLineKeys(source, facts.header.format)
  let refusals: RefusedLine[] = []
  let writer = await stores.staging.openWriter(report.id, report.resumeLine)
  let uncommitted = 0
  const commit = async (last: number, linesRead: number) => {
    await writer.close()
    await stores.imports.addRefusals(report.id, refusals)
    refusals = []
    await stores.imports.update(report.id, { resumeLine: last, linesRead })
  }
  const keeping: StageHooks = {
    onLines: (read) => hooks.onLines(read),
    onRefused: async (refused) => {
      for (const one of refused) refusals.push(one)
      if (refusals.length >= COMMIT / 10) await stores.imports.addRefusals(report.id, refusals.splice(0))
      await hooks.onRefused(refused)
    },
  }
  try {
    const summary = await judgeLines(facts, batches, keeping, async (lines, known) => {
      const staged: StagedLine[] = []
      for (const line of lines) {
        const exclusion = exclusionReason(line, { format: facts.header.format, knowsSku: null })
        count(known, exclusion)
        const eventKey = keyOf(line)
        if (line.line > report.resumeLine) staged.push(toStaged(line, eventKey, exclusion))
      }
      await writer.write(staged)
      uncommitted += staged.length
      if (uncommitted < COMMIT) return
      await commit(known.lastLine, known.read)
      writer = await stores.staging.openWriter(report.id, known.lastLine)
      uncommitted = 0
    })
    await commit(Math.max(summary.lastLine, report.resumeLine), summary.read)
    return summary
  } catch (error) {
    await writer.abort()
    // whoever ended the import has removed what was committed before
    if (error instanceof ForesightError && error.code === "canceled") await stores.staging.clear(report.id)
    throw error
  }
}

/** What was found out about a file, as its report keeps it. */
export function foundFacts({ encoding, separator, decimal, dates, cut }: FileFacts, { firstDay, lastDay }: Pick<ImportSummary, "firstDay" | "lastDay">): ImportFound {
  const name = { ",": "comma", ";": "semicolon", "\t": "tab" }[separator]
  return { encoding, separator: name, decimal, dates, firstDay, lastDay, cut }
}

function count({ excluded }: ImportSummary, reason: ExclusionReason | null): void {
  if (reason) excluded[reason] = (excluded[reason] ?? 0) + 1
}

function toStaged(line: ImportLine, eventKey: string, exclusion: ExclusionReason | null): StagedLine {
  return {
    line: line.line,
    eventKey,
    kind: line.kind,
    orderId: line.orderId,
    occurredAt: line.occurredAt,
    day: line.day,
    customerRef: line.customerRef,
    sku: line.sku,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    currencyCode: line.currency,
    location: line.location,
    salesChannel: line.salesChannel,
    visitorId: line.visitorId,
    sessionId: line.sessionId,
    searchTerm: line.searchTerm,
    productHandle: line.productHandle,
    exclusion,
    exclusionDetail: null,
  }
}
