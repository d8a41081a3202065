import { continueAsNew, defineQuery, proxyActivities, setHandler, workflowInfo } from "@temporalio/workflow"
import type { AdviceActivities } from "../activities/advice"
import { PAGED } from "./activity-options"

const { adviseNextItems, dropStaleAdvice } = proxyActivities<AdviceActivities>(PAGED)

export interface RefreshAdviceInput {
  /** Where the walk over inventory items goes on; nothing: from the first. */
  cursor?: string
  /** When the refresh began, ISO 8601: what it met no more is removed at its end. */
  startedAt?: string
  advised?: number
  skipped?: number
}

export interface AdviceRefreshed {
  advised: number
  /** Items that get no advice: not stocked in Medusa, gift cards, unpublished or deleted. */
  skipped: number
}

/** Rows written so far. */
const adviceProgress = defineQuery<AdviceRefreshed>("progress")

/** Works out the advice of every inventory item at every location, page by page; continues as new so that the history stays short. */
export async function refreshAdvice({ cursor, startedAt, advised = 0, skipped = 0 }: RefreshAdviceInput): Promise<AdviceRefreshed> {
  setHandler(adviceProgress, () => ({ advised, skipped }))
  do {
    const page = await adviseNextItems({ cursor, startedAt })
    advised += page.advised
    skipped += page.skipped
    cursor = page.nextCursor
    startedAt = page.startedAt
  } while (cursor && !workflowInfo().continueAsNewSuggested)
  if (cursor) return continueAsNew<typeof refreshAdvice>({ cursor, startedAt, advised, skipped })
  await dropStaleAdvice({ startedAt })
  return { advised, skipped }
}
