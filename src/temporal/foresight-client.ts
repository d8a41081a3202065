import type { Client } from "@temporalio/client"
import { ScheduleNotFoundError, ScheduleOverlapPolicy, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from "@temporalio/client"
import { DEFAULT_SEED } from "../domain/default-seed"
import type { ModelKind } from "../domain/training"
import type { WorkflowIds } from "../domain/workflow-ids"
import { workflowIds, WORKFLOWS } from "../domain/workflow-ids"
import type { ForesightOptions } from "../options"
import type { ImportHistoryInput, ImportOutcome, ImportProgress } from "../../workflows/import-history"
import type { NightlyInput, NightlyOutcome, NightlyProgress } from "../../workflows/nightly"
import type { ReconcileCounts, ReconcileInput, ReconcileProgress } from "../../workflows/reconcile-shop"
import type { RecountDemandInput } from "../../workflows/recount-demand"
import type { RetrainAfterOrdersInput } from "../../workflows/retrain-after-orders"
import type { TrainModelInput, TrainModelOutcome } from "../../workflows/train-model"
import type { TaskQueues } from "./queues"
import { taskQueues } from "./queues"
import { TemporalCalls, type RunState } from "./temporal-calls"
import { temporalHealth, type TemporalHealth } from "./temporal-health"

/** A call from a request waits no longer than this, ms. */
const CALL_MS = 3_000
/** Silence after the last order before a training that orders caused, ms. */
const QUIET_MS = 10 * 60_000
/** Silence after the last line that was set aside or restored before the recount, ms. */
const RECOUNT_QUIET_MS = 10_000

export interface ForesightClientInput {
  temporal: ForesightOptions["temporal"]
  shopId: string
  /** Longest wait of a single call, ms. */
  callMs?: number
}

/** What the web process and the commands ask of Temporal. Connects on the first call; every call has a deadline, so that a shop never waits for Temporal. */
export class ForesightClient {
  readonly ids: WorkflowIds
  readonly queues: TaskQueues
  private readonly calls: TemporalCalls

  constructor(private readonly input: ForesightClientInput) {
    this.ids = workflowIds(input.shopId)
    this.queues = taskQueues(input.temporal.taskQueuePrefix)
    this.calls = new TemporalCalls(input.temporal, input.callMs ?? CALL_MS)
  }

  /** The SDK's own client, for what is not wrapped here (schedules at the worker's start). */
  get client(): Client {
    return this.calls.client
  }

  /** Starts a training, or answers the one of its kind that runs already. */
  async startTraining(
    input: Pick<TrainModelInput, "kind" | "trigger" | "trainingRunId"> & { seed?: number; thenRefresh?: boolean }
  ): Promise<{ trainingRunId: string; workflowId: string; alreadyRunning: boolean }> {
    const workflowId = this.ids.trainModel(input.kind)
    const { kind, trigger, trainingRunId, seed = DEFAULT_SEED, thenRefresh = true } = input
    try {
      await this.calls.call((client) =>
        client.workflow.start(WORKFLOWS.trainModel, {
          taskQueue: this.queues.light,
          workflowId,
          args: [{ shopId: this.input.shopId, kind, trigger, trainingRunId, seed, thenRefresh } satisfies TrainModelInput],
          memo: { trainingRunId },
        })
      )
      return { trainingRunId, workflowId, alreadyRunning: false }
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      const { memo } = await this.calls.call((client) => client.workflow.getHandle(workflowId).describe())
      const running = memo?.trainingRunId
      return { trainingRunId: typeof running === "string" ? running : trainingRunId, workflowId, alreadyRunning: true }
    }
  }

  /** Asks this training to stop; it ends within seconds and its row says `canceled`. Another one of its kind is left alone.
   * @returns `another`: that one runs; `none`: no training of the kind does. */
  async cancelTraining(kind: ModelKind, trainingRunId: string): Promise<"asked" | "another" | "none"> {
    const workflowId = this.ids.trainModel(kind)
    try {
      const { status, memo, runId } = await this.calls.call((client) => client.workflow.getHandle(workflowId).describe())
      if (status.name !== "RUNNING") return "none"
      if (memo?.trainingRunId !== trainingRunId) return "another"
      await this.calls.call((client) => client.workflow.getHandle(workflowId, runId).cancel())
      return "asked"
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return "none"
      throw error
    }
  }

  /** Waits for a training's end. @throws WorkflowFailedError */
  trainingResult(kind: ModelKind): Promise<TrainModelOutcome> {
    return this.client.workflow.getHandle(this.ids.trainModel(kind)).result() as Promise<TrainModelOutcome>
  }

  /** Counts new orders towards the next training between two nights. */
  async ordersPlaced(count: number, { threshold, quietMs = QUIET_MS, seed = DEFAULT_SEED }: { threshold: number; quietMs?: number; seed?: number }): Promise<void> {
    await this.calls.call((client) =>
      client.workflow.signalWithStart(WORKFLOWS.retrainAfterOrders, {
        taskQueue: this.queues.light,
        workflowId: this.ids.retrainAfterOrders,
        args: [{ shopId: this.input.shopId, threshold, quietMs, seed } satisfies RetrainAfterOrdersInput],
        signal: "orders-placed",
        signalArgs: [count, threshold],
      })
    )
  }

  /** Judges changed lines and counts their days again, once no further change has come for a while. */
  async recountDemand({ quietMs = RECOUNT_QUIET_MS }: Partial<RecountDemandInput> = {}): Promise<void> {
    await this.calls.call((client) =>
      client.workflow.signalWithStart(WORKFLOWS.recountDemand, {
        taskQueue: this.queues.light,
        workflowId: this.ids.recountDemand,
        args: [{ quietMs } satisfies RecountDemandInput],
        signal: "demand-touched",
      })
    )
  }

  /** Starts turning a staged file into events; one that runs already goes on. */
  async startImport(importId: string): Promise<string> {
    const workflowId = this.ids.importHistory(importId)
    await this.calls.call((client) =>
      client.workflow.start(WORKFLOWS.importHistory, {
        taskQueue: this.queues.light,
        workflowId,
        args: [{ importId } satisfies ImportHistoryInput],
        workflowIdConflictPolicy: "USE_EXISTING",
      })
    )
    return workflowId
  }

  importState(importId: string): Promise<RunState<ImportProgress>> {
    return this.calls.state(this.ids.importHistory(importId))
  }

  /** What a finished import says; `null` where its workflow did not end well. */
  async importOutcome(importId: string): Promise<ImportOutcome | null> {
    const { status } = await this.importState(importId)
    if (status !== "running" && status !== "completed") return null
    return this.calls.call((client) => client.workflow.getHandle(this.ids.importHistory(importId)).result() as Promise<ImportOutcome>)
  }

  cancelImport(importId: string): Promise<boolean> {
    return this.calls.cancel(this.ids.importHistory(importId))
  }

  /** Runs the whole cycle now; one that was started by hand and runs already goes on. @returns its workflow id. */
  async startNightly({ train, trigger = "cli", seed = DEFAULT_SEED }: { train: NightlyInput["train"]; trigger?: NightlyInput["trigger"]; seed?: number }): Promise<string> {
    await this.calls.call((client) =>
      client.workflow.start(WORKFLOWS.nightly, {
        taskQueue: this.queues.light,
        workflowId: this.ids.nightly,
        args: [{ shopId: this.input.shopId, train, trigger, seed } satisfies NightlyInput],
        workflowIdConflictPolicy: "USE_EXISTING",
      })
    )
    return this.ids.nightly
  }

  nightlyState(): Promise<RunState<NightlyProgress>> {
    return this.calls.state(this.ids.nightly)
  }

  nightlyResult(): Promise<NightlyOutcome> {
    return this.client.workflow.getHandle(this.ids.nightly).result() as Promise<NightlyOutcome>
  }

  cancelNightly(): Promise<boolean> {
    return this.calls.cancel(this.ids.nightly)
  }

  /** Walks the whole shop now: with `fromStart` from its very first order, or on from where such a walk was stopped,
   * else from where the last walk ended; a backfill that runs already goes on. @returns its workflow id. */
  async startBackfill({ fromStart }: { fromStart: boolean }): Promise<string> {
    await this.calls.call((client) =>
      client.workflow.start(WORKFLOWS.reconcileShop, {
        taskQueue: this.queues.light,
        workflowId: this.ids.backfill,
        args: [{ fromStart, everyLevel: true } satisfies ReconcileInput],
        workflowIdConflictPolicy: "USE_EXISTING",
      })
    )
    return this.ids.backfill
  }

  backfillState(): Promise<RunState<ReconcileProgress>> {
    return this.calls.state(this.ids.backfill)
  }

  /** What the last backfill did; waits for one that runs. @throws WorkflowFailedError */
  backfillResult(): Promise<ReconcileCounts> {
    return this.client.workflow.getHandle(this.ids.backfill).result() as Promise<ReconcileCounts>
  }

  cancelBackfill(): Promise<boolean> {
    return this.calls.cancel(this.ids.backfill)
  }

  /** Ends the counting of new orders for good. @returns false when nothing was counted. */
  stopCounting(): Promise<boolean> {
    return this.calls.cancel(this.ids.retrainAfterOrders)
  }

  /** Has the shop walked now instead of at the next interval. @returns false before the first worker made the schedule. */
  async requestReconcile(): Promise<boolean> {
    try {
      await this.calls.call((client) => client.schedule.getHandle(this.ids.reconcileSchedule).trigger(ScheduleOverlapPolicy.BUFFER_ONE))
      return true
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return false
      throw error
    }
  }

  /** Whether Temporal answers, who polls the queues, and which schedules there are. */
  health(): Promise<TemporalHealth> {
    return temporalHealth(this.calls, this.ids, this.queues)
  }

  /** Closes the connection; the next call opens a new one. */
  close(): Promise<void> {
    return this.calls.close()
  }
}
