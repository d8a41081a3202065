import { Client, Connection, isGrpcDeadlineError, isGrpcServiceError, ScheduleNotFoundError, ScheduleOverlapPolicy, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from "@temporalio/client"
import { DEFAULT_SEED } from "../domain/default-seed"
import { ForesightError } from "../domain/errors"
import type { ModelKind } from "../domain/training"
import type { WorkflowIds } from "../domain/workflow-ids"
import { workflowIds, WORKFLOWS } from "../domain/workflow-ids"
import type { ForesightOptions } from "../options"
import type { ImportHistoryInput, ImportOutcome, ImportProgress } from "../../workflows/import-history"
import type { NightlyInput, NightlyOutcome, NightlyProgress } from "../../workflows/nightly"
import type { RetrainAfterOrdersInput } from "../../workflows/retrain-after-orders"
import type { TrainModelInput, TrainModelOutcome } from "../../workflows/train-model"
import { connectionOptions } from "./connection-options"
import type { TaskQueues } from "./queues"
import { taskQueues } from "./queues"

/** A call from a request waits no longer than this, ms. */
const CALL_MS = 3_000
/** Silence after the last order before a training that orders caused, ms. */
const QUIET_MS = 10 * 60_000

export interface ForesightClientInput {
  temporal: ForesightOptions["temporal"]
  shopId: string
  /** Longest wait of a single call, ms. */
  callMs?: number
}

export interface RunState<Progress> {
  /** `gone`: Temporal knows no such run. */
  status: "running" | "completed" | "failed" | "canceled" | "gone"
  progress: Progress | null
}

/** What the web process and the commands ask of Temporal. Connects on the first call; every call has a deadline, so that a shop never waits for Temporal. */
export class ForesightClient {
  readonly ids: WorkflowIds
  readonly queues: TaskQueues
  private readonly callMs: number
  private opened: { connection: Connection; client: Client } | undefined

  constructor(private readonly input: ForesightClientInput) {
    this.ids = workflowIds(input.shopId)
    this.queues = taskQueues(input.temporal.taskQueuePrefix)
    this.callMs = input.callMs ?? CALL_MS
  }

  /** The SDK's own client, for what is not wrapped here (schedules at the worker's start). */
  get client(): Client {
    return this.open().client
  }

  /** Starts a training, or answers the one of its kind that runs already. */
  async startTraining(
    input: Pick<TrainModelInput, "kind" | "trigger" | "trainingRunId"> & { seed?: number; thenRefresh?: boolean }
  ): Promise<{ trainingRunId: string; workflowId: string; alreadyRunning: boolean }> {
    const workflowId = this.ids.trainModel(input.kind)
    const { kind, trigger, trainingRunId, seed = DEFAULT_SEED, thenRefresh = true } = input
    try {
      await this.call((client) =>
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
      const { memo } = await this.call((client) => client.workflow.getHandle(workflowId).describe())
      const running = memo?.trainingRunId
      return { trainingRunId: typeof running === "string" ? running : trainingRunId, workflowId, alreadyRunning: true }
    }
  }

  /** Asks this training to stop; it ends within seconds and its row says `canceled`. Another one of its kind is left alone.
   * @returns `another`: that one runs; `none`: no training of the kind does. */
  async cancelTraining(kind: ModelKind, trainingRunId: string): Promise<"asked" | "another" | "none"> {
    const workflowId = this.ids.trainModel(kind)
    try {
      const { status, memo, runId } = await this.call((client) => client.workflow.getHandle(workflowId).describe())
      if (status.name !== "RUNNING") return "none"
      if (memo?.trainingRunId !== trainingRunId) return "another"
      await this.call((client) => client.workflow.getHandle(workflowId, runId).cancel())
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
    await this.call((client) =>
      client.workflow.signalWithStart(WORKFLOWS.retrainAfterOrders, {
        taskQueue: this.queues.light,
        workflowId: this.ids.retrainAfterOrders,
        args: [{ shopId: this.input.shopId, threshold, quietMs, seed } satisfies RetrainAfterOrdersInput],
        signal: "orders-placed",
        signalArgs: [count, threshold],
      })
    )
  }

  /** Starts turning a staged file into events; one that runs already goes on. */
  async startImport(importId: string): Promise<string> {
    const workflowId = this.ids.importHistory(importId)
    await this.call((client) =>
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
    return this.state(this.ids.importHistory(importId))
  }

  /** What a finished import says; `null` where its workflow did not end well. */
  async importOutcome(importId: string): Promise<ImportOutcome | null> {
    const { status } = await this.importState(importId)
    if (status !== "running" && status !== "completed") return null
    return this.call((client) => client.workflow.getHandle(this.ids.importHistory(importId)).result() as Promise<ImportOutcome>)
  }

  cancelImport(importId: string): Promise<boolean> {
    return this.cancel(this.ids.importHistory(importId))
  }

  /** Runs the whole cycle now; one that was started by hand and runs already goes on. @returns its workflow id. */
  async startNightly({ train, trigger = "cli", seed = DEFAULT_SEED }: { train: NightlyInput["train"]; trigger?: NightlyInput["trigger"]; seed?: number }): Promise<string> {
    await this.call((client) =>
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
    return this.state(this.ids.nightly)
  }

  nightlyResult(): Promise<NightlyOutcome> {
    return this.client.workflow.getHandle(this.ids.nightly).result() as Promise<NightlyOutcome>
  }

  cancelNightly(): Promise<boolean> {
    return this.cancel(this.ids.nightly)
  }

  /** Ends the counting of new orders for good. @returns false when nothing was counted. */
  stopCounting(): Promise<boolean> {
    return this.cancel(this.ids.retrainAfterOrders)
  }

  /** Has the shop walked now instead of at the next interval. @returns false before the first worker made the schedule. */
  async requestReconcile(): Promise<boolean> {
    try {
      await this.call((client) => client.schedule.getHandle(this.ids.reconcileSchedule).trigger(ScheduleOverlapPolicy.BUFFER_ONE))
      return true
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return false
      throw error
    }
  }

  /** Whether Temporal answers, who polls the queues, and which schedules there are. */
  async health(): Promise<{ temporal: { ok: boolean; message: string }; worker: { ok: boolean; message: string }; schedules: { ok: boolean; message: string } }> {
    const unknown = { ok: false, message: "unknown while Temporal is away" }
    try {
      const [light, training] = await Promise.all([this.pollers(this.queues.light), this.pollers(this.queues.training)])
      const { address, namespace } = this.input.temporal
      const missing = await this.missingSchedules()
      return {
        temporal: { ok: true, message: `${address}, namespace ${namespace}` },
        worker: {
          ok: light > 0 && training > 0,
          message: light > 0 && training > 0 ? `${light} on ${this.queues.light}, ${training} on ${this.queues.training}` : `nobody works on ${light > 0 ? this.queues.training : this.queues.light}: start one with "npx foresight worker"`,
        },
        schedules: { ok: missing.length === 0, message: missing.length === 0 ? "nightly and reconcile-shop" : `missing ${missing.join(", ")}: a worker makes them when it starts` },
      }
    } catch (error) {
      return { temporal: { ok: false, message: error instanceof Error ? error.message : String(error) }, worker: unknown, schedules: unknown }
    }
  }

  /** Closes the connection; the next call opens a new one. */
  async close(): Promise<void> {
    const { opened } = this
    this.opened = undefined
    await opened?.connection.close()
  }

  private open() {
    this.opened ??= (() => {
      const connection = Connection.lazy({ ...connectionOptions(this.input.temporal), connectTimeout: this.callMs })
      return { connection, client: new Client({ connection, namespace: this.input.temporal.namespace }) }
    })()
    return this.opened
  }

  private async call<Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer> {
    const { client } = this.open()
    try {
      return await client.withDeadline(Date.now() + this.callMs, () => work(client))
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof WorkflowNotFoundError || error instanceof ScheduleNotFoundError) throw error
      const cause = error instanceof Error ? (error.cause ?? error) : error
      const late = isGrpcDeadlineError(error) || isGrpcDeadlineError(cause)
      const detail = late ? `nothing within ${this.callMs / 1000} s` : isGrpcServiceError(cause) ? cause.details || cause.message : cause instanceof Error ? cause.message : String(cause)
      throw new ForesightError("unavailable", `Temporal at ${this.input.temporal.address} (namespace ${this.input.temporal.namespace}) did not answer: ${detail}`, { cause: error })
    }
  }

  private async cancel(workflowId: string): Promise<boolean> {
    try {
      await this.call((client) => client.workflow.getHandle(workflowId).cancel())
      return true
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false
      throw error
    }
  }

  private async state<Progress>(workflowId: string): Promise<RunState<Progress>> {
    const handle = this.open().client.workflow.getHandle(workflowId)
    try {
      const { status } = await this.call(() => handle.describe())
      if (status.name === "RUNNING") {
        // no worker, no answer: the run is there all the same
        const progress = await this.call(() => handle.query<Progress>("progress")).catch(() => null)
        return { status: "running", progress }
      }
      const ended = status.name === "COMPLETED" ? "completed" : status.name === "CANCELLED" ? "canceled" : "failed"
      return { status: ended, progress: null }
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { status: "gone", progress: null }
      throw error
    }
  }

  private async pollers(queue: string): Promise<number> {
    const name = { name: queue, kind: 1 }
    const { pollers } = await this.call((client) =>
      client.workflowService.describeTaskQueue({ namespace: this.input.temporal.namespace, taskQueue: name, taskQueueType: 2 })
    )
    const since = Date.now() - 90_000
    return (pollers ?? []).filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > since).length
  }

  private async missingSchedules(): Promise<string[]> {
    const missing: string[] = []
    for (const scheduleId of [this.ids.nightlySchedule, this.ids.reconcileSchedule]) {
      try {
        await this.call((client) => client.schedule.getHandle(scheduleId).describe())
      } catch (error) {
        if (!(error instanceof ScheduleNotFoundError)) throw error
        missing.push(scheduleId)
      }
    }
    return missing
  }
}

