import { ScheduleNotFoundError } from "@temporalio/client"
import type { WorkflowIds } from "../domain/workflow-ids"
import type { TaskQueues } from "./queues"
import type { TemporalCalls } from "./temporal-calls"

interface Part {
  ok: boolean
  message: string
}
export interface TemporalHealth {
  temporal: Part
  worker: Part
  schedules: Part
}

/** A worker asks for work at least once a minute; after this silence, ms, it counts as gone. */
const SILENCE_MS = 90_000

/** Whether Temporal answers, who polls the queues, and which schedules there are; never throws for a server that is away. */
export async function temporalHealth(calls: TemporalCalls, ids: WorkflowIds, queues: TaskQueues): Promise<TemporalHealth> {
  const { address, namespace } = calls.temporal
  try {
    const [light, training] = await Promise.all([pollers(calls, queues.light), pollers(calls, queues.training)])
    const missing = await missingSchedules(calls, ids)
    const idle = light === 0 ? queues.light : training === 0 ? queues.training : null
    const counts = `${light} on ${queues.light}, ${training} on ${queues.training}`
    const schedules = missing.length === 0 ? "nightly and reconcile-shop" : `missing ${missing.join(", ")}: a worker makes them when it starts`
    return {
      temporal: { ok: true, message: `${address}, namespace ${namespace}` },
      worker: { ok: idle === null, message: idle === null ? counts : `nobody works on ${idle}: start one with "npx foresight worker"` },
      schedules: { ok: missing.length === 0, message: schedules },
    }
  } catch (error) {
    const unknown = { ok: false, message: "unknown while Temporal is away" }
    return { temporal: { ok: false, message: error instanceof Error ? error.message : String(error) }, worker: unknown, schedules: unknown }
  }
}

async function pollers(calls: TemporalCalls, queue: string): Promise<number> {
  const taskQueue = { name: queue, kind: 1 }
  const { pollers: seen } = await calls.call((client) =>
    client.workflowService.describeTaskQueue({ namespace: calls.temporal.namespace, taskQueue, taskQueueType: 2 })
  )
  const since = Date.now() - SILENCE_MS
  return (seen ?? []).filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > since).length
}

async function missingSchedules(calls: TemporalCalls, ids: WorkflowIds): Promise<string[]> {
  const missing: string[] = []
  for (const scheduleId of [ids.nightlySchedule, ids.reconcileSchedule]) {
    try {
      await calls.call((client) => client.schedule.getHandle(scheduleId).describe())
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error
      missing.push(scheduleId)
    }
  }
  return missing
}
