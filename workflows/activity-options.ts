import type { ActivityOptions } from "@temporalio/workflow"
import { workflowInfo } from "@temporalio/workflow"

/** Waits that grow from a second to a minute, for as long as the step's `scheduleToCloseTimeout`: a night outlives a database restart. */
const retry = { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "1 minute" } as const

/** One statement or one small read. */
export const QUICK: ActivityOptions = { startToCloseTimeout: "1 minute", scheduleToCloseTimeout: "6 hours", retry }

/** One page of work that heartbeats as it goes. */
export const PAGED: ActivityOptions = { startToCloseTimeout: "30 minutes", heartbeatTimeout: "1 minute", scheduleToCloseTimeout: "12 hours", retry }

/** Work for the training queue; its name follows from the workflow's own queue, as in src/temporal/queues.ts. */
export function trainingQueue(): string {
  return `${workflowInfo().taskQueue}-training`
}
