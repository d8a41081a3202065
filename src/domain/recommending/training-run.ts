import { ForesightError } from "../errors"
import type { TrainingProgress, TrainingResult } from "../training"
import type { OnStep } from "./symmetric-inverse"

/** What both recommender trainings are given besides the interactions. */
export interface RecommenderTraining {
  /** Seconds the fits may take together; bounds the items EASE takes. */
  timeBudgetSeconds: number
  memoryBudgetBytes: number
  /** Bytes of the version in service; `null` when none. */
  serving: Uint8Array | null
  /** Seconds of a running clock. */
  now: () => number
  onProgress?: (progress: TrainingProgress) => void
  /** Asked between steps; `true` ends the training with `canceled`. */
  shouldStop?: () => boolean
  /** Waited for between steps, e.g. a `setImmediate`, so that a cancel message can arrive. */
  pause?: () => Promise<void>
}

export type RecommenderResult = Omit<Extract<TrainingResult, { task: "train" }>, "backend">

/** Reports, lets messages in, and stops when asked to. @throws ForesightError `canceled`. */
async function report({ onProgress, pause, shouldStop }: RecommenderTraining, progress: TrainingProgress): Promise<void> {
  onProgress?.(progress)
  await pause?.()
  if (shouldStop?.()) throw new ForesightError("canceled", `training was canceled while ${progress.stage}, step ${progress.step} of ${progress.steps}`)
}

/** An `OnStep` that reports one of several tasks of a stage, in hundredths of a task, so that the stage's figure only rises. */
export function stage(training: RecommenderTraining, name: TrainingProgress["stage"], task = 0, tasks = 1): OnStep {
  return (step, steps) => report(training, { stage: name, step: 100 * task + Math.floor((100 * step) / steps), steps: 100 * tasks })
}
