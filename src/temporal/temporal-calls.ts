import {
  Client,
  Connection,
  isGrpcDeadlineError,
  isGrpcServiceError,
  ScheduleNotFoundError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from "@temporalio/client"
import { ForesightError } from "../domain/errors"
import type { ForesightOptions } from "../options"
import { connectionOptions } from "./connection-options"

export interface RunState<Progress> {
  /** `gone`: Temporal knows no such run. */
  status: "running" | "completed" | "failed" | "canceled" | "gone"
  progress: Progress | null
}

/** One lazy connection; every call has a deadline, and a silent server becomes one clear error. */
export class TemporalCalls {
  private opened: { connection: Connection; client: Client } | undefined
  /** Whether the newest call was given up. */
  private isAway = false

  /** @param callMs Longest wait of a single call, ms. */
  constructor(
    readonly temporal: ForesightOptions["temporal"],
    private readonly callMs: number
  ) {}

  /** The SDK's own client; connects with its first call. */
  get client(): Client {
    this.opened ??= (() => {
      const connection = Connection.lazy({ ...connectionOptions(this.temporal), connectTimeout: this.callMs })
      return { connection, client: new Client({ connection, namespace: this.temporal.namespace }) }
    })()
    return this.opened.client
  }

  /** @throws ForesightError `unavailable` when Temporal does not answer in time; the SDK's own errors for what it says of a workflow or schedule (unknown, running already). */
  async call<Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer> {
    const { client } = this
    try {
      const answer = await client.withDeadline(Date.now() + this.callMs, () => work(client))
      this.isAway = false
      return answer
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof WorkflowNotFoundError || error instanceof ScheduleNotFoundError) throw error
      this.isAway = true
      const { address, namespace } = this.temporal
      throw new ForesightError("unavailable", `Temporal at ${address} (namespace ${namespace}) did not answer: ${this.detailOf(error)}`, { cause: error })
    }
  }

  private detailOf(error: unknown): string {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    if (isGrpcDeadlineError(error) || isGrpcDeadlineError(cause)) return `nothing within ${this.callMs / 1000} s`
    if (isGrpcServiceError(cause)) return cause.details || cause.message
    return cause instanceof Error ? cause.message : String(cause)
  }

  /** Asks a workflow to stop. @returns false when Temporal knows no such run. */
  async cancel(workflowId: string): Promise<boolean> {
    try {
      await this.call((client) => client.workflow.getHandle(workflowId).cancel())
      return true
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false
      throw error
    }
  }

  /** Where a workflow stands; `progress` is what its query `progress` answers while it runs. */
  async state<Progress>(workflowId: string): Promise<RunState<Progress>> {
    const handle = this.client.workflow.getHandle(workflowId)
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

  /** Closes the connection; the next call opens a new one. */
  async close(): Promise<void> {
    const { opened, isAway } = this
    this.opened = undefined
    this.isAway = false
    // the SDK's next try of a call that was given up would throw on a closed channel, where nobody catches it; one to nobody holds nothing open
    if (!isAway) await opened?.connection.close()
  }
}
