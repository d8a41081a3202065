import { allHandlersFinished, condition, defineSignal, proxyActivities, setHandler } from "@temporalio/workflow"
import type { CleaningActivities } from "../activities/cleaning"
import type { DemandActivities } from "../activities/demand"
import { PAGED } from "./activity-options"

export interface RecountDemandInput {
  /** Silence after the last change before the recount begins, ms: somebody who restores lines one by one is let finish. */
  quietMs: number
}

/** Somebody set lines aside, restored some, or changed a rule. */
const demandTouched = defineSignal("demand-touched")
/** Silences waited for; after so many changes the recount begins all the same. */
const MOST_WAITS = 20

/** Judges what changed and counts the touched days again, once the changes have come to rest; changes that come meanwhile get a round of their own. */
export async function recountDemand({ quietMs }: RecountDemandInput): Promise<{ days: number }> {
  const { judgeLines } = proxyActivities<CleaningActivities>(PAGED)
  const { rebuildDemand } = proxyActivities<DemandActivities>(PAGED)
  let signals = 0
  setHandler(demandTouched, () => {
    signals += 1
  })
  let days = 0
  let seen: number
  do {
    seen = signals
    for (let waits = 0; waits < MOST_WAITS && (await condition(() => signals > seen, quietMs)); waits += 1) seen = signals
    await judgeLines()
    days += (await rebuildDemand()).days
  } while (signals > seen)
  await condition(allHandlersFinished)
  return { days }
}
