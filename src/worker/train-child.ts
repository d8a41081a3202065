/** Entry of the training process: one job comes in, progress, checkpoints and one result go out, then the process ends. */
import os from "node:os"
import { ForesightError } from "../domain/errors"
import type { FromTrainingChild, ToTrainingChild, TrainingJob } from "../domain/training"
import { runTrainingJob } from "../learning/registry"
import type { TrainingWatch } from "../learning/training-watch"

/** Milliseconds between two progress messages of one stage: often enough for a bar, seldom enough for the channel. */
const PROGRESS_INTERVAL = 250

let canceled = false

function send(message: FromTrainingChild): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!process.connected || !process.send) return resolve()
    process.send(message, (error: Error | null) => (error ? reject(error) : resolve()))
  })
}

/** Sends what may be lost: a parent that is gone ends this process by `disconnect`. */
function tell(message: FromTrainingChild): void {
  send(message).catch(() => process.exit(1))
}

function watchTraining(): TrainingWatch {
  let lastStage = ""
  let lastSent = 0
  return {
    onProgress(progress) {
      const now = performance.now()
      if (progress.stage === lastStage && progress.step < progress.steps && now - lastSent < PROGRESS_INTERVAL) return
      lastStage = progress.stage
      lastSent = now
      tell({ type: "progress", progress })
    },
    onCheckpoint: (bytes, step) => tell({ type: "checkpoint", bytes, step }),
    shouldStop: () => canceled,
  }
}

async function run(job: TrainingJob): Promise<void> {
  try {
    const result = await runTrainingJob(job, watchTraining(), (backend) => tell({ type: "ready", backend }))
    await send({ type: "result", result })
  } catch (error) {
    const code = error instanceof ForesightError ? error.code : "unavailable"
    // people read the message; the stack of what nobody foresaw belongs into the worker's log
    if (!(error instanceof ForesightError)) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    await send({ type: "failed", code, message: error instanceof Error ? error.message : String(error) })
  }
  process.disconnect()
}

/** The shop's own processes go first on a busy machine. Not every system allows it, and training works without. */
function lowerPriority(): void {
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    return
  }
}

lowerPriority()
process.on("message", (message: ToTrainingChild) => {
  if (message.type === "cancel") canceled = true
  else run(message.job).catch(() => process.exit(1))
})
process.on("disconnect", () => process.exit())
// A Ctrl-C in a terminal reaches the whole group: the parent decides what becomes of the training and says so by `cancel`.
process.on("SIGINT", () => undefined)
