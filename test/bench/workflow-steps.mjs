// How long each step of a workflow took, from Temporal's own history: the clock that the product runs by.
import { Client, Connection } from "@temporalio/client"

/**
 * An activity (`workflowId` null) or a child workflow; times in ms since 1970.
 * @typedef {{ name: string, workflowId: string | null, from: number, to: number }} WorkflowStep
 * @typedef {{ from: number, to: number, steps: WorkflowStep[] }} WorkflowTimes
 */

/** @param {{ seconds?: unknown, nanos?: number | null } | null | undefined} time */
const milliseconds = (time) => Number(String(time?.seconds ?? 0)) * 1000 + (time?.nanos ?? 0) / 1e6

/**
 * @param {{ address: string, namespace: string }} temporal
 * @param {string} workflowId its latest execution, with the runs it continued from
 * @returns {Promise<WorkflowTimes>} steps in the order in which they began
 */
export async function workflowTimes({ address, namespace }, workflowId) {
  const connection = await Connection.connect({ address })
  try {
    const client = new Client({ connection, namespace })
    /** @type {WorkflowTimes} */
    const times = { from: Infinity, to: 0, steps: [] }
    for (let runId = /** @type {string | undefined} */ (undefined), more = true; more; ) {
      const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory()
      /** @type {Map<string, Omit<WorkflowStep, "to">>} */
      const begun = new Map()
      runId = undefined
      for (const event of events ?? []) {
        const at = milliseconds(event.eventTime)
        times.from = Math.min(times.from, at)
        times.to = Math.max(times.to, at)
        const { activityTaskScheduledEventAttributes: activity, startChildWorkflowExecutionInitiatedEventAttributes: child } = event
        if (activity) begun.set(String(event.eventId), { name: activity.activityType?.name ?? "", workflowId: null, from: at })
        if (child) begun.set(String(event.eventId), { name: child.workflowType?.name ?? "", workflowId: child.workflowId ?? null, from: at })
        const ended =
          event.activityTaskCompletedEventAttributes?.scheduledEventId ??
          event.childWorkflowExecutionCompletedEventAttributes?.initiatedEventId ??
          event.childWorkflowExecutionFailedEventAttributes?.initiatedEventId
        const step = ended === undefined ? undefined : begun.get(String(ended))
        if (step) times.steps.push({ ...step, to: at })
        runId ??= event.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined
      }
      more = runId !== undefined
    }
    times.steps.sort((a, b) => a.from - b.from)
    return times
  } finally {
    await connection.close()
  }
}

/** @param {readonly WorkflowStep[]} steps @param {string} name @returns {number} seconds of all steps of that name together */
export const secondsOf = (steps, name) => steps.filter((step) => step.name === name).reduce((sum, { from, to }) => sum + (to - from) / 1000, 0)
