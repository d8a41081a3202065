import type { WorkflowHandle } from "@temporalio/client"

/** When a run was sent signals and when it took its steps, ms since 1970 on the server's clock, whatever the machine did between two lines of a test. */
export interface WorkflowTimes {
  signals: number[]
  /** When each activity of this name was scheduled. */
  activities: (name: string) => number[]
  /** When each child workflow was begun. */
  children: number[]
}

/** Reads the times of a run's history. */
export async function workflowTimes(handle: WorkflowHandle): Promise<WorkflowTimes> {
  const { events } = await handle.fetchHistory()
  const found = (events ?? []).map((event) => ({ event, at: Number(event.eventTime?.seconds ?? 0) * 1000 + (event.eventTime?.nanos ?? 0) / 1e6 }))
  return {
    signals: found.flatMap(({ event, at }) => (event.workflowExecutionSignaledEventAttributes ? [at] : [])),
    activities: (name) => found.flatMap(({ event, at }) => (event.activityTaskScheduledEventAttributes?.activityType?.name === name ? [at] : [])),
    children: found.flatMap(({ event, at }) => (event.startChildWorkflowExecutionInitiatedEventAttributes ? [at] : [])),
  }
}

/** How long nothing was signaled before `at`, ms. */
export const silenceBefore = ({ signals }: WorkflowTimes, at: number): number => at - Math.max(...signals.filter((signal) => signal <= at))
