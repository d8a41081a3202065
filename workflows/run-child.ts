import { executeChild, log, ParentClosePolicy, sleep } from "@temporalio/workflow"
import { WorkflowExecutionAlreadyStartedError } from "@temporalio/common"
import type { Workflow, WorkflowResultType } from "@temporalio/workflow"

/** How often, and for how many tries, a child that runs already is waited for: an hour. */
const WAIT_MS = 10_000
const TRIES = 360

/** Runs a child under its fixed id. The same work may run already, started by hand or by another cycle: it is then waited for and done again, or left alone.
 * @returns The child's result, or `null` when it was left alone. */
export async function runChild<W extends Workflow>(
  workflowType: string,
  { workflowId, args, memo, whenRunning }: { workflowId: string; args: Parameters<W>; memo?: Record<string, unknown>; whenRunning: "wait" | "skip" }
): Promise<WorkflowResultType<W> | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      return await executeChild<(...args: unknown[]) => Promise<WorkflowResultType<W>>>(workflowType, {
        workflowId,
        args,
        ...(memo && { memo }),
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      })
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      if (whenRunning === "skip") break
      await sleep(WAIT_MS)
    }
  }
  log.info("left alone: it runs already", { workflowId })
  return null
}
