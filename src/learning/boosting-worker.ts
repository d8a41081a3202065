/** Entry of a thread that trains boosted trees: one task after the other, until the pool ends it. */
import { parentPort } from "node:worker_threads"
import { packTrees, trainBoosting } from "../domain/boosting"
import { ForesightError } from "../domain/errors"
import type { FromBoostingWorker, ToBoostingWorker } from "./boosting-messages"

/** Milliseconds between two messages about rounds. */
const ROUND_INTERVAL = 200

let lastSent = 0
const say = (message: FromBoostingWorker, handedOver: ArrayBuffer[] = []): void => parentPort?.postMessage(message, handedOver)

parentPort?.on("message", ({ job, task }: ToBoostingWorker) => {
  try {
    const trees = trainBoosting({
      ...task,
      onRound(round, validationLoss) {
        const now = performance.now()
        if (now - lastSent < ROUND_INTERVAL) return
        lastSent = now
        say({ type: "round", job, round, validationLoss })
      },
    })
    const bytes = packTrees(trees)
    say({ type: "done", job, trees: bytes }, [bytes.buffer])
  } catch (error) {
    if (!(error instanceof ForesightError)) throw error // nobody foresaw it: the thread ends, and the pool says with which job
    say({ type: "failed", job, code: error.code, message: error.message })
  }
})
