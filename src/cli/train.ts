import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { TrainingRun } from "../database/stores/training-run-store"
import { ForesightError } from "../domain/errors"
import { MODEL_KINDS, type ModelKind } from "../domain/training"
import { onInterrupt } from "./interrupt"
import { EXIT, print, printJson, say } from "./output"
import { createProgress } from "./progress"
import { withStore, type StoreConnection } from "./store-connection"
import { tellWhoIsMissing } from "./tell-who-is-missing"
import { trainingRunIfBegun } from "./training-run-if-begun"

export interface TrainOptions {
  json: boolean
  seed: number
  thenRefresh: boolean
}

const POLL_MS = 500

/** Kinds named on the command line. @throws ForesightError `invalid_options`. */
export function kindsOf(name: string): readonly ModelKind[] {
  const kind = MODEL_KINDS.find((one) => one === name)
  if (kind) return [kind]
  if (name === "all") return MODEL_KINDS
  throw new ForesightError("invalid_options", `${JSON.stringify(name)} is no kind of model; expected ${MODEL_KINDS.join(", ")} or all`)
}

/** Starts trainings one after the other and follows each; answers the exit code. */
export async function train(name: string, { json, seed, thenRefresh }: TrainOptions): Promise<number> {
  const kinds = kindsOf(name)
  return withStore(async (connection) => {
    const runs: TrainingRun[] = []
    for (const kind of kinds) {
      const { trainingRunId, alreadyRunning } = await connection.client.startTraining({ kind, trigger: "cli", trainingRunId: randomUUID(), seed, thenRefresh })
      if (alreadyRunning) say(`a training of ${kind} runs already; following it`)
      const run = await follow(connection, kind, trainingRunId)
      if (!run) return EXIT.failed
      runs.push(run)
      if (run.status === "promoted" || run.status === "kept") {
        if (thenRefresh) await connection.client.trainingResult(kind)
      }
      if (!json) print(sentence(run))
      if (run.status === "canceled") break
    }
    if (json) printJson({ trainings: runs.map(document) })
    return runs.length === kinds.length && runs.every(({ status }) => status === "promoted" || status === "kept") ? EXIT.done : EXIT.failed
  })
}

/** @returns The run at its end, or `null` when the user left. */
async function follow({ client, stores }: StoreConnection, kind: ModelKind, id: string): Promise<TrainingRun | null> {
  const progress = createProgress()
  const interrupt = onInterrupt({ what: `the training of ${kind}`, cancel: () => client.cancelTraining(kind, id) })
  const missing = tellWhoIsMissing(client)
  try {
    while (!interrupt.left) {
      const run = await trainingRunIfBegun({ stores }, id)
      if (run?.finishedAt) return run
      if (run?.progress) {
        const { stage, step, steps, loss } = run.progress
        progress.update(`${kind}: ${stage}`, step, steps, loss === undefined ? "" : `loss ${loss.toFixed(4)}`)
      } else await missing(run ? `${kind}: waiting` : `${kind}: not begun`)
      await sleep(POLL_MS)
    }
    return null
  } finally {
    interrupt.dispose()
    progress.stop()
  }
}

function sentence({ kind, status, modelVersion, gate, error }: TrainingRun): string {
  if (status === "promoted" || status === "kept") return `${kind}: version ${modelVersion ?? "?"} ${status === "promoted" ? "serves now" : "is kept aside"}. ${gate?.reason ?? ""}`
  return `${kind}: ${status}${error ? `: ${error}` : ""}`
}

const document = ({ id, kind, status, modelVersion, gate, error, backend, createdAt, finishedAt }: TrainingRun) => ({
  id,
  kind,
  status,
  model_version: modelVersion,
  gate,
  error,
  backend,
  seconds: finishedAt ? (finishedAt.getTime() - createdAt.getTime()) / 1000 : null,
})
