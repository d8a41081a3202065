import type { Client, ScheduleOptions, ScheduleOptionsStartWorkflowAction, Workflow } from "@temporalio/client"
import { ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from "@temporalio/client"
import type { WorkflowIds } from "../domain/workflow-ids"
import { WORKFLOWS } from "../domain/workflow-ids"
import type { ForesightOptions } from "../options"
import type { NightlyInput } from "../../workflows/nightly"
import type { ReconcileInput } from "../../workflows/reconcile-shop"

type Schedule = Omit<ScheduleOptions<ScheduleOptionsStartWorkflowAction<Workflow>>, "memo" | "searchAttributes">

interface ScheduleInput {
  ids: WorkflowIds
  shopId: string
  taskQueue: string
  seed: number
  options: Pick<ForesightOptions, "nightlyCron" | "timezone" | "reconcileMinutes">
}

function schedules({ ids, shopId, taskQueue, seed, options }: ScheduleInput): Schedule[] {
  const night: NightlyInput = { shopId, seed, train: "due", trigger: "nightly" }
  const walk: ReconcileInput = {}
  return [
    {
      scheduleId: ids.nightlySchedule,
      spec: { cronExpressions: [options.nightlyCron], timezone: options.timezone, jitter: "5 minutes" },
      action: { type: "startWorkflow", workflowType: WORKFLOWS.nightly, workflowId: `${ids.nightly}/scheduled`, taskQueue, args: [night] },
      // a night that was slept through is made up for in the morning, never two at once
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: "12 hours" },
    },
    {
      scheduleId: ids.reconcileSchedule,
      spec: { intervals: [{ every: `${options.reconcileMinutes} minutes` }] },
      action: { type: "startWorkflow", workflowType: WORKFLOWS.reconcileShop, workflowId: `${ids.reconcileShop}/scheduled`, taskQueue, args: [walk] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: "1 minute" },
    },
  ]
}

/** Creates the schedules, or brings those of an earlier start up to date; a pause set by an operator stays. Safe from several workers at once.
 * @returns What happened to each schedule. */
export async function ensureSchedules(client: Client, input: ScheduleInput): Promise<{ scheduleId: string; done: "created" | "updated" }[]> {
  const results = []
  for (const schedule of schedules(input)) {
    const { scheduleId, ...content } = schedule
    try {
      await client.schedule.create(schedule)
      results.push({ scheduleId, done: "created" as const })
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error
      await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...content, state }))
      results.push({ scheduleId, done: "updated" as const })
    }
  }
  return results
}

/** Removes the schedules; those that are gone already count as removed. */
export async function removeSchedules(client: Client, ids: WorkflowIds): Promise<void> {
  for (const scheduleId of [ids.nightlySchedule, ids.reconcileSchedule]) {
    try {
      await client.schedule.getHandle(scheduleId).delete()
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error
    }
  }
}
