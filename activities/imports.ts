import type { Stores } from "../src/database/stores"
import type { ImportReport } from "../src/database/stores/import-store"
import type { CancellationRow } from "../src/database/stores/staging-store"
import type { Day } from "../src/domain/day"
import { ForesightError } from "../src/domain/errors"
import type { ExclusionReason } from "../src/domain/events"
import { LINES_A_PAGE } from "../src/domain/imports/page-size"
import { inLanes } from "../src/domain/in-lanes"
import { matchCancellations } from "../src/domain/imports/match-cancellations"
import type { ShopReader } from "../src/shop/shop-reader"
import { throwIfStopped, withHeartbeats, type ActivityContext } from "./activity-context"
import { resolveImportNames, unknownPlaces, type UnknownPlaces } from "./resolve-import-names"

export type { UnknownPlaces } from "./resolve-import-names"

/** Lines inserted by one step of the workflow: its history stays short, and a step ends well within its time. */
const PAGES_A_STEP = 40
/** Pages at once: Postgres inserts with one processor a statement. */
const SIDE_BY_SIDE = 2
const MARKED_AT_ONCE = 20_000

export interface ImportActivityDeps {
  stores: Pick<Stores, "imports" | "staging">
  reader: ShopReader
  timeZone: string
  context: () => ActivityContext
}

export const createImportActivities = ({ stores, reader, timeZone, context }: ImportActivityDeps) => {
  /** Postgres empties the staging table when it crashes; going on would lose lines in silence. */
  const stillStaged = async ({ id, lastLine }: ImportReport) => {
    if (await stores.staging.has(id, lastLine)) return
    throw new ForesightError("conflict", "Postgres crashed and lost the staged lines; import the same file again: what has become events is not doubled")
  }

  const namesOf = async (report: ImportReport, note: (details: unknown) => void) => {
    if (report.namesResolved) return
    await resolveImportNames(stores, reader, report.id, (kind, names) => note({ stage: "names", kind, names }))
  }

  /** Matches cancellations while the names are being looked up: only sales of earlier imports are found by them. @returns sales voided. */
  const matchStaged = async ({ id, shiftWeeks }: ImportReport, naming: Promise<void>, current: ActivityContext, note: (details: unknown) => void) => {
    const marked: { line: number; exclusion: ExclusionReason | null }[] = []
    const stored: { day: Day; eventId: string }[] = []
    let voided = 0
    const rows = stores.staging.cancellationRows(id, { weeks: shiftWeeks ?? 0, timeZone }, naming)
    for await (const { row, verdict } of matched(rows, () => throwIfStopped(current))) {
      const exclusion = verdict === "voided_by_cancellation" || verdict === "cancellation" ? verdict : null
      if (exclusion === "voided_by_cancellation") voided += 1
      if (row.line !== null) {
        if (exclusion !== row.exclusion) marked.push({ line: row.line, exclusion })
      } else if (exclusion && row.day !== null && row.eventId !== null) stored.push({ day: row.day, eventId: row.eventId })
    }
    for (let at = 0; at < marked.length; at += MARKED_AT_ONCE) {
      note({ stage: "marking", lines: at })
      await stores.staging.exclude(id, marked.slice(at, at + MARKED_AT_ONCE))
    }
    if (stored.length > 0) await stores.staging.voidStored(id, stored)
    return voided
  }

  return {
    /** Looks up the file's names in the shop and matches cancellations with the sales they void, those of earlier imports too. Repeating it changes nothing. */
    async judgeStagedLines({ importId }: { importId: string }): Promise<{ voided: number }> {
      const current = context()
      return withHeartbeats(current, async (note) => {
        const report = await stores.imports.get(importId)
        await stillStaged(report)
        const naming = namesOf(report, note)
        // judged before the first line became an event
        const matching = report.donePages.length > 0 ? Promise.resolve(0) : matchStaged(report, naming, current, note)
        const [named, voided] = await Promise.allSettled([naming, matching])
        if (named.status === "rejected") throw named.reason
        if (voided.status === "rejected") throw voided.reason
        return { voided: voided.value }
      })
    },

    /** Turns the next pages of lines into events, two side by side. A retry goes on with the pages that are left. */
    async insertNextLines({ importId }: { importId: string }): Promise<{ inserted: number; more: boolean } & UnknownPlaces> {
      const current = context()
      return withHeartbeats(current, async (note) => {
        const report = await stores.imports.get(importId)
        await stillStaged(report)
        await namesOf(report, note)
        const { defaultLocationId, defaultSalesChannelId } = await reader.frame()
        const done = new Set(report.donePages)
        const left = Array.from({ length: Math.ceil(report.lastLine / LINES_A_PAGE) }, (_, page) => page).filter((page) => !done.has(page))
        let inserted = 0
        await inLanes(left.slice(0, PAGES_A_STEP), SIDE_BY_SIDE, async (page) => {
          throwIfStopped(current)
          note({ page })
          const step = await stores.staging.insertPage(importId, page, { timeZone, defaultLocationId, defaultSalesChannelId })
          inserted += step.inserted
        })
        await stillStaged(report)
        return { inserted, more: left.length > PAGES_A_STEP, ...(await unknownPlaces(stores, importId)) }
      })
    },

    /** Ends the import and its report; the staged lines of one that failed are kept for its next try, and those of a file that is staged again meanwhile. */
    async closeImport({ importId, status, error }: { importId: string; status: "done" | "failed" | "canceled"; error: string | null }): Promise<void> {
      const ended = await stores.imports.finish(importId, { status, error, by: "workflow" })
      if (ended.status === "done" || ended.status === "canceled") await stores.staging.clear(importId)
    },
  }
}
export type ImportActivities = ReturnType<typeof createImportActivities>

/** `matchCancellations()` over rows that stream in. A group of a customer and SKU is held in memory, and the page it ends in. */
async function* matched(pages: AsyncIterable<CancellationRow[]>, pulse: () => void) {
  let group: CancellationRow[] = []
  for await (const page of pages) {
    pulse()
    for (const row of page) {
      const last = group.at(-1)
      if (last && (last.customerRef !== row.customerRef || last.sku !== row.sku)) {
        yield* matchCancellations(group)
        group = []
      }
      group.push(row)
    }
  }
  yield* matchCancellations(group)
}
