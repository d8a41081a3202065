import { randomUUID } from "node:crypto"
import type { Stores } from "../../database/stores"
import type { TrainingRun } from "../../database/stores/training-run-store"
import { DEFAULT_SEED } from "../../domain/default-seed"
import { ForesightError } from "../../domain/errors"
import type { ModelKind } from "../../domain/training"
import type { ForesightClient } from "../../temporal/foresight-client"

const FOLLOW_MS = 500

const hasEnded = (run: TrainingRun) => run.status !== "queued" && run.status !== "running"

/** Starts, follows and cancels trainings for the admin; the work itself is the worker's. */
export class Trainings {
  constructor(
    private readonly runs: Stores["trainingRuns"],
    private readonly temporal: Pick<ForesightClient, "ids" | "startTraining" | "cancelTraining">
  ) {}

  /** Starts a training, or answers the one of its kind that runs already.
   * @throws ForesightError `unavailable` when Temporal does not answer. The row then says `failed` and why; should the request have been heard all the same,
   * the row runs on when the training begins. */
  async start(kind: ModelKind): Promise<TrainingRun> {
    const run = await this.runs.create({ id: randomUUID(), kind, trigger: "admin", workflowId: this.temporal.ids.trainModel(kind), seed: DEFAULT_SEED })
    try {
      const { trainingRunId, alreadyRunning } = await this.temporal.startTraining({ kind, trigger: "admin", trainingRunId: run.id, seed: DEFAULT_SEED })
      if (!alreadyRunning || trainingRunId === run.id) return run
      await this.runs.finish(run.id, { status: "canceled", error: "a training of this kind was running already" })
      return await this.runs.get(trainingRunId)
    } catch (error) {
      const reason = `the training of ${kind} could not be started: ${error instanceof Error ? error.message : String(error)}`
      await this.runs.finish(run.id, { status: "failed", error: reason })
      if (error instanceof ForesightError) throw new ForesightError(error.code, reason, { cause: error })
      throw error
    }
  }

  /** Asks the worker to stop; the row says `canceled` within seconds. @throws ForesightError `not_found`, `conflict` when it has ended. */
  async cancel(id: string): Promise<TrainingRun> {
    const run = await this.runs.get(id)
    if (hasEnded(run)) throw new ForesightError("conflict", `Training ${id} has ended (${run.status}); only one that is queued or running can be canceled`)
    const answer = await this.temporal.cancelTraining(run.kind, id)
    if (answer === "asked") return run
    if (answer === "another" && (await this.runs.get(id)).status !== "queued") {
      throw new ForesightError("conflict", `Another training of ${run.kind} runs, not ${id}; look at it again`)
    }
    return this.runs.finish(id, { status: "canceled" })
  }

  /** The run now and after each change, until it ends or `signal` says that nobody listens any more. */
  async *follow(id: string, signal: AbortSignal): AsyncGenerator<TrainingRun> {
    let told = ""
    while (!signal.aborted) {
      const run = await this.runs.get(id)
      const state = JSON.stringify(run)
      if (state !== told) yield run
      if (hasEnded(run)) return
      told = state
      await new Promise((resolve) => setTimeout(resolve, FOLLOW_MS))
    }
  }
}
