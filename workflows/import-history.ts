import { CancellationScope, continueAsNew, defineQuery, isCancellation, proxyActivities, rootCause, setHandler, workflowInfo } from "@temporalio/workflow"
import type { DemandActivities } from "../activities/demand"
import type { ImportActivities, UnknownPlaces } from "../activities/imports"
import { PAGED, QUICK } from "./activity-options"

const { judgeStagedLines, insertNextLines } = proxyActivities<ImportActivities>(PAGED)
const { rebuildDemand } = proxyActivities<DemandActivities>(PAGED)
const { closeImport } = proxyActivities<ImportActivities>(QUICK)

export interface ImportHistoryInput {
  importId: string
  /** Lines inserted by earlier runs of this workflow. */
  inserted?: number
  /** Names unknown to the shop that earlier runs met. */
  unknown?: UnknownPlaces
}

export interface ImportProgress {
  stage: "judging" | "inserting" | "demand" | "done"
  inserted: number
}

/** What a finished import says. */
export type ImportOutcome = ImportProgress & UnknownPlaces

/** Where the import stands. */
const importProgress = defineQuery<ImportProgress>("progress")

/** Matches cancellations with sales, turns staged lines into events, page by page, and rebuilds the demand of the days touched. Running it again doubles nothing. */
export async function importHistory({ importId, inserted = 0, unknown = { unknownLocations: [], unknownSalesChannels: [] } }: ImportHistoryInput): Promise<ImportOutcome> {
  let stage: ImportProgress["stage"] = "judging"
  setHandler(importProgress, () => ({ stage, inserted }))
  try {
    if (inserted === 0) await judgeStagedLines({ importId })
    stage = "inserting"
    for (let more = true; more; ) {
      const page = await insertNextLines({ importId })
      inserted += page.inserted
      unknown = { unknownLocations: union(unknown.unknownLocations, page.unknownLocations), unknownSalesChannels: union(unknown.unknownSalesChannels, page.unknownSalesChannels) }
      more = page.more
      if (more && workflowInfo().continueAsNewSuggested) await continueAsNew<typeof importHistory>({ importId, inserted, unknown })
    }
    stage = "demand"
    await rebuildDemand()
    await closeImport({ importId, status: "done", error: null })
    stage = "done"
    return { stage, inserted, ...unknown }
  } catch (error) {
    const status = isCancellation(error) ? ("canceled" as const) : ("failed" as const)
    if (isContinueAsNew(error)) throw error
    await CancellationScope.nonCancellable(() => closeImport({ importId, status, error: status === "failed" ? (rootCause(error) ?? "unknown error") : null }))
    throw error
  }
}

/** `more` is missing in the results of steps that ran before names were told. */
const union = (known: readonly string[], more: readonly string[] | undefined) => [...new Set([...known, ...(more ?? [])])].sort()

const isContinueAsNew = (error: unknown) => error instanceof Error && error.name === "ContinueAsNew"
