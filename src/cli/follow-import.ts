import { setTimeout as sleep } from "node:timers/promises"
import type { ImportReport } from "../database/stores/import-store"
import { importStage } from "../domain/imports/import-stage"
import { ForesightError } from "../domain/errors"
import { onInterrupt } from "./interrupt"
import { say } from "./output"
import type { Progress } from "./progress"
import type { StoreConnection } from "./store-connection"
import { tellWhoIsMissing } from "./tell-who-is-missing"

const POLL_MS = 100
/** Temporal is asked less often than our own table: a run that died there is seen a little later. */
const ASK_TEMPORAL_MS = 2_000

/** Follows an import to its end. @returns Its report then, or `null` when the user left. */
export async function followImport({ client, stores }: StoreConnection, importId: string, progress: Progress): Promise<ImportReport | null> {
  const interrupt = onInterrupt({ what: "the import", cancel: () => client.cancelImport(importId) })
  const missing = tellWhoIsMissing(client)
  let asked = Date.now()
  let isAway = false
  try {
    while (!interrupt.left) {
      try {
        const report = await stores.imports.get(importId)
        isAway = false
        if (report.finishedAt) return report
        show(progress, report)
        if (Date.now() - asked >= ASK_TEMPORAL_MS) {
          asked = Date.now()
          const { status, progress: at } = await client.importState(importId)
          if (status !== "running" && !(await stores.imports.get(importId)).finishedAt) {
            throw new ForesightError("conflict", `the workflow of import ${importId} is ${status} but the import has not ended; run the same command again to go on`)
          }
          if (!at) await missing("the import")
        }
      } catch (error) {
        if (!(error instanceof ForesightError) || error.code !== "unavailable") throw error
        if (!isAway) say(`${error.message}; the import waits for it too and goes on by itself`)
        isAway = true
      }
      await sleep(isAway ? ASK_TEMPORAL_MS : POLL_MS)
    }
    return null
  } finally {
    interrupt.dispose()
  }
}

function show(progress: Progress, report: ImportReport): void {
  const { stage, done, total } = importStage(report)
  if (stage === "inserting") progress.update(stage, done, total)
  else progress.update(stage === "matching" ? "matching cancellations" : "counting demand", 0, 0)
}
