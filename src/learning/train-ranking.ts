import { setImmediate as nextTurn } from "node:timers/promises"
import { trainSession } from "../domain/recommending/train-session"
import { trainTaste } from "../domain/recommending/train-taste"
import type { TrainingJob, TrainingResult } from "../domain/training"
import type { TrainingWatch } from "./training-watch"

type RankingJob = Extract<TrainingJob, { kind: "taste" | "session" }>

/** Trains a recommender: `taste` for known people, `session` for visits. Both count and invert, so no TensorFlow.js backend is started. */
export async function trainRanking(job: RankingJob, backend: string, watch: TrainingWatch): Promise<TrainingResult> {
  const train = job.kind === "taste" ? trainTaste : trainSession
  const result = await train(job.interactions, {
    timeBudgetSeconds: job.timeBudgetSeconds,
    memoryBudgetBytes: job.memoryBudgetBytes,
    serving: job.serving,
    now: () => performance.now() / 1000,
    onProgress: watch.onProgress,
    shouldStop: watch.shouldStop,
    pause: () => nextTurn(),
  })
  return { ...result, backend }
}
