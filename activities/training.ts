import type { TrainingAnswer } from "../src/api/answers"
import type { Stores } from "../src/database/stores"
import { addDays, dayInZone, type Day } from "../src/domain/day"
import type { DemandPanel } from "../src/domain/demand"
import { ForesightError } from "../src/domain/errors"
import { EVENT_NAMES, EVENT_WEIGHTS } from "../src/domain/events"
import { MODEL_KINDS, type ModelKind, type TrainingJob, type TrainingProgress, type TrainingResult } from "../src/domain/training"
import { withHeartbeats, type ActivityContext } from "./activity-context"
import { keepReplays, weeksToReplay } from "./keep-replays"
import { trainingDue } from "./training-due"

export type TrainingTrigger = TrainingAnswer["trigger"]

/** Runs one job in a process of its own; aborting the signal stops it. */
export type RunTraining = (
  job: TrainingJob,
  hooks: { onReady?: (backend: string) => void; onProgress?: (progress: TrainingProgress) => void; onCheckpoint?: (bytes: Uint8Array, step: number) => void; signal?: AbortSignal }
) => Promise<TrainingResult>

export interface TrainingActivityDeps {
  stores: Pick<Stores, "trainingRuns" | "modelVersions" | "demand" | "events" | "forecastHistory">
  loadPanel: (asOf: Day, pulse: () => void) => Promise<DemandPanel>
  runTraining: RunTraining
  settings: { horizonWeeks: number; sumWeeks: number; timeBudgetSeconds: number; memoryBudgetBytes: number; timeZone: string }
  today: () => Day
  context: () => ActivityContext
}

/** Days of browsing and buying that tastes are learned from. */
const TASTE_DAYS = 730
/** Rolling origins of the demand backtest, the held-out ones included. */
const ORIGINS = 6
/** The database hears of progress at most so often, ms. */
const REPORT_MS = 1000

export const createTrainingActivities = ({ stores, loadPanel, runTraining, settings, today, context }: TrainingActivityDeps) => {
  const servingBytes = async (kind: ModelKind) => {
    const serving = await stores.modelVersions.serving(kind)
    return serving ? stores.modelVersions.bytes(serving.id) : null
  }

  /** The job and the days its data covers. */
  const prepare = async (kind: ModelKind, trainingRunId: string, seed: number, pulse: () => void): Promise<{ job: TrainingJob; dataFrom: Day; dataTo: Day }> => {
    const dataTo = addDays(today(), -1)
    const serving = await servingBytes(kind)
    const { horizonWeeks: horizon, sumWeeks: sumPeriods, timeBudgetSeconds, memoryBudgetBytes, timeZone } = settings
    if (kind === "demand") {
      const panel = await loadPanel(dataTo, pulse)
      const dataFrom = panel.periods[0]
      if (!dataFrom || panel.series.length === 0) throw new ForesightError("too_little_data", "there is no demand to learn from yet: import a sales history or wait for orders")
      const checkpoint = (await stores.trainingRuns.checkpoint(trainingRunId))?.bytes ?? null
      const replayPeriods = await weeksToReplay(stores, today())
      return { job: { task: "train", kind, panel, horizon, sumPeriods, origins: ORIGINS, seed, timeBudgetSeconds, checkpoint, serving, replayPeriods }, dataFrom, dataTo }
    }
    const interactions = await stores.events.interactions(addDays(dataTo, -TASTE_DAYS))
    const first = interactions.at[0]
    if (first === undefined) throw new ForesightError("too_little_data", "there is nothing to learn tastes from yet: import a history or wait for visits and orders")
    return { job: { task: "train", kind, interactions, seed, timeBudgetSeconds, memoryBudgetBytes, serving }, dataFrom: dayInZone(new Date(first * 1000), timeZone), dataTo }
  }

  return {
    /** Which kinds the night trains. */
    async modelsDue({ all }: { all: boolean }): Promise<ModelKind[]> {
      const browsing = EVENT_NAMES.filter((name) => name !== "purchase" && EVENT_WEIGHTS[name] > 0)
      const [span, browsed, bought] = await Promise.all([stores.demand.span(), stores.events.has(browsing), stores.events.has(["purchase"])])
      // sessions are learned from browsing alone; imported sales have none
      const hasData: Record<ModelKind, boolean> = { demand: span !== null, taste: browsed || bought, session: browsed }
      const states = await Promise.all(
        MODEL_KINDS.map(async (kind) => {
          const { trainings } = await stores.trainingRuns.list({ kind, limit: 50, offset: 0 })
          const good = trainings.find(({ status }) => status === "promoted" || status === "kept")
          const day = (instant: Date | null | undefined) => (instant ? dayInZone(instant, settings.timeZone) : null)
          return { kind, hasData: hasData[kind], lastTrained: day(good?.finishedAt), lastTried: day(trainings[0]?.createdAt) }
        })
      )
      return trainingDue(states, today(), all)
    },

    /** Makes the row that follows a training. Safe to repeat. */
    async openTrainingRun({ trainingRunId, ...run }: { trainingRunId: string; kind: ModelKind; trigger: TrainingTrigger; workflowId: string; seed: number }): Promise<void> {
      await stores.trainingRuns.create({ id: trainingRunId, ...run })
    },

    /** Ends a row whose training failed or was canceled. */
    async closeTrainingRun({ trainingRunId, status, error }: { trainingRunId: string; status: "failed" | "canceled"; error: string | null }): Promise<void> {
      await stores.trainingRuns.finish(trainingRunId, { status, error })
    },

    /** Reads the data, trains in a process of its own and stores the version with the gate's decision. A retry goes on from the last checkpoint; after a success it answers the same again. */
    async trainModelVersion({ trainingRunId, kind, seed }: { trainingRunId: string; kind: ModelKind; seed: number }): Promise<{ status: "promoted" | "kept" }> {
      const current = context()
      const run = await stores.trainingRuns.get(trainingRunId)
      if (run.status === "promoted" || run.status === "kept") return { status: run.status }

      return withHeartbeats(current, async (note) => {
        await stores.trainingRuns.start(trainingRunId, { runId: current.runId, backend: null })
        const { job, dataFrom, dataTo } = await prepare(kind, trainingRunId, seed, () => current.heartbeat({ stage: "data" }))
        const reporter = createReporter(stores.trainingRuns, trainingRunId)
        let result: TrainingResult
        try {
          result = await runTraining(job, {
            onReady: (backend) => reporter.backend(backend, current.runId),
            onProgress: (progress) => {
              note({ stage: progress.stage, step: progress.step })
              reporter.progress(progress)
            },
            onCheckpoint: (bytes, step) => reporter.checkpoint(bytes, step),
            signal: current.signal,
          })
        } catch (error) {
          await reporter.flush().catch(() => undefined) // the first error counts
          throw current.signal.aborted ? current.stopped() : error
        }
        await reporter.flush()
        if (result.task !== "train") throw new ForesightError("invalid_model", `the training process answered ${result.task}; expected train`)
        const { bytes, algorithm, parameters, backtest, gate, backend, seconds, lossCurve } = result
        const version = await stores.modelVersions.add({ id: trainingRunId, kind, algorithm, parameters, backtest, gate, dataFrom, dataTo, seed, seconds, backend, bytes })
        if (gate.promote) await keepReplays(stores, result.replays ?? [], { modelVersionId: version.id, computedAt: version.createdAt })
        const status = gate.promote ? ("promoted" as const) : ("kept" as const)
        await stores.trainingRuns.finish(trainingRunId, { status, gate, modelVersionId: version.id, backend, lossCurve })
        return { status }
      })
    },
  }
}
export type TrainingActivities = ReturnType<typeof createTrainingActivities>

/** Brings progress and checkpoints to the database without holding up the training; of several waiting ones only the newest is written. */
function createReporter(runs: Stores["trainingRuns"], id: string) {
  let ready: { backend: string; runId: string | null } | null = null
  let progress: TrainingProgress | null = null
  let points: { step: number; loss: number }[] = []
  let saved: { bytes: Uint8Array; step: number } | null = null
  let reportedAt = 0
  let writing: Promise<void> = Promise.resolve()
  let failure: unknown

  const write = async (everything: boolean) => {
    const [started, checkpoint] = [ready, saved]
    ready = saved = null
    if (started) await runs.start(id, started)
    if (checkpoint) await runs.saveCheckpoint(id, checkpoint.step, checkpoint.bytes)
    if (!progress || (!everything && Date.now() - reportedAt < REPORT_MS)) return
    const [now, curve] = [progress, points]
    progress = null
    points = []
    reportedAt = Date.now()
    await runs.report(id, now, curve)
  }
  /** One write after the other; a short absence of the database must not stop a training. */
  const queue = (everything = false) => {
    writing = writing.then(() => write(everything)).catch((error: unknown) => {
      failure = error
    })
    return writing
  }
  return {
    backend(backend: string, runId: string | null) {
      ready = { backend, runId }
      void queue()
    },
    progress(next: TrainingProgress) {
      progress = next
      if (next.loss !== undefined) points.push({ step: next.step, loss: next.loss })
      if (Date.now() - reportedAt >= REPORT_MS) void queue()
    },
    checkpoint(bytes: Uint8Array, step: number) {
      saved = { bytes, step }
      void queue()
    },
    /** Writes what is left. @throws The database's error when that fails. */
    async flush() {
      await writing
      failure = undefined
      await queue(true)
      if (failure instanceof Error) throw failure
    },
  }
}
