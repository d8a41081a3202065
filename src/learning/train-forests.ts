import path from "node:path"
import { packTrees, trainBoosting, unpackTrees, type BoostedTrees, type BoostingTask } from "../domain/boosting"
import { runJobs, type Job } from "./threads/run-jobs"

/** A round of a forest's training. */
export interface BoostingRound {
  round: number
  validationLoss: number | null
}

interface TrainForests {
  /** Threads at most; as many as there are cores unless given. */
  threads?: number | undefined
  /** Asked with each round that is heard of; `true` ends all threads at once. */
  shouldStop?: (() => boolean) | undefined
  /** Hears rounds now and then, not every one. */
  onProgress?: (job: number, round: BoostingRound) => void
  /** The compiled `boosting-worker.js`; the one beside this file unless given. */
  workerPath?: string
}

/** Trains several forests, each by one thread at a time: the same trees as `trainBoosting` gives, in the order of `jobs`. Tables share their bytes with the threads.
 * @throws ForesightError as `runJobs()`.
 */
export async function trainForests(jobs: readonly Job<BoostingTask>[], options: TrainForests = {}): Promise<BoostedTrees[]> {
  const packed = await runJobs(jobs, { workerPath: path.join(__dirname, "boosting-worker.js"), ...options, work: trainPacked })
  return packed.map((bytes) => unpackTrees(bytes))
}

/** The packed trees of one task: one piece of memory, which can change hands. */
export function trainPacked(task: BoostingTask, tell: (round: BoostingRound) => void): Uint8Array<ArrayBuffer> {
  return packTrees(trainBoosting({ ...task, onRound: (round, validationLoss) => tell({ round, validationLoss }) }))
}
