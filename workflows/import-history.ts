import { CancellationScope, continueAsNew, defineQuery, isCancellation, proxyActivities, rootCause, setHandler, workflowInfo } from "@temporalio/workflow"
import type { DemandActivities } from "../activities/demand"
import type { ImportActivities } from "../activities/imports"
import { PAGED, QUICK } from "./activity-options"

const { judgeStagedLines, insertNextLines } = proxyActivities<ImportActivities>(PAGED)
const { rebuildDemand } = proxyActivities<DemandActivities>(PAGED)
const { closeImport } = proxyActivities<ImportActivities>(QUICK)

export interface ImportHistoryInput {
  importId: string
  /** Lines inserted by earlier runs of this workflow. */
  inserted?: number
}

export interface ImportProgress {
  stage: "judging" | "inserting" | "demand" | "done"
  inserted: number
}

/** Where the import stands. */
const importProgress = defineQuery<ImportProgress>("progress")

/** Matches cancellations with sales, turns staged lines into events, page by page, and rebuilds the demand of the days touched. Running it again doubles nothing. */
export async function importHistory({ importId, inserted = 0 }: ImportHistoryInput): Promise<ImportProgress> {
  let stage: ImportProgress["stage"] = "judging"
  setHandler(importProgress, () => ({ stage, inserted }))
  try {
    if (inserted === 0) await judgeStagedLines({ importId })
    stage = "inserting"
    for (let more = true; more; ) {
      const page = await insertNextLines({ importId })
      inserted += page.inserted
      more = page.more
      if (more && workflowInfo().continueAsNewSuggested) await continueAsNew<typeof importHistory>({ importId, inserted })
    }
    stage = "demand"
    await rebuildDemand()
    await closeImport({ importId, status: "done", error: null })
    stage = "done"
    return { stage, inserted }
  } catch (error) {
    const status = isCancellation(error) ? ("canceled" as const) : ("failed" as const)
    if (isContinueAsNew(error)) throw error
    await CancellationScope.nonCancellable(() => closeImport({ importId, status, error: status === "failed" ? (rootCause(error) ?? "unknown error") : null }))
    throw error
  }
}

const isContinueAsNew = (error: unknown) => error instanceof Error && error.name === "ContinueAsNew"
