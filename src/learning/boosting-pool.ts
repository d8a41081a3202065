import { existsSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import { setImmediate } from "node:timers/promises"
import { Worker } from "node:worker_threads"
import { trainBoosting, unpackTrees, type BoostedTrees, type BoostingTask } from "../domain/boosting"
import { ForesightError } from "../domain/errors"
import type { FromBoostingWorker, ToBoostingWorker } from "./boosting-messages"

/** One model to train; its name stands in errors. Tables share their bytes with the threads, other arrays are copied unless they are shared too. */
export interface BoostingJob extends BoostingTask {
  name: string
}

/** What is told of a job that is being trained. */
export interface BoostingProgress {
  job: number
  round: number
  validationLoss: number | null
}

export interface BoostingPoolOptions {
  /** Threads at most; as many as there are cores unless given. */
  threads?: number
  /** Ends all threads at once. Where models are trained in this thread it is asked after each round, but only `onProgress` can give it then. */
  signal?: AbortSignal
  /** Hears rounds now and then, not every one. */
  onProgress?: (progress: BoostingProgress) => void
  /** The compiled `boosting-worker.js`; the one beside this file unless given. */
  workerPath?: string
}

/** Trains several models, each by one thread at a time: the same trees as `trainBoosting` gives, in the order of `jobs`.
 * Where this file runs as TypeScript there is no compiled thread, and the models are trained in this one.
 * @throws ForesightError `canceled` by the signal; `unavailable` when a thread dies; what `trainBoosting` throws, with the job's name in front.
 */
export async function trainAll(jobs: readonly BoostingJob[], options: BoostingPoolOptions = {}): Promise<BoostedTrees[]> {
  const workerPath = options.workerPath ?? path.join(__dirname, "boosting-worker.js")
  if (!existsSync(workerPath)) return trainHere(jobs, options)
  const { signal } = options
  refuseCanceled(signal)
  const threads = Math.min(jobs.length, Math.max(1, options.threads ?? os.availableParallelism()))
  const workers = Array.from({ length: threads }, () => new Worker(workerPath))
  const trained: BoostedTrees[] = []
  const waiting = jobs.map((job, at) => ({ job, at }))
  /** One thread takes jobs until none waits. */
  const work = async (worker: Worker): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      trained[next.at] = unpackTrees(await trainThere(worker, next.job, next.at, options.onProgress))
  }
  let stop: () => void = () => undefined
  const canceled = new Promise<never>((_, reject) => {
    stop = () => reject(canceledError())
    signal?.addEventListener("abort", stop, { once: true })
  })
  try {
    await Promise.race([Promise.all(workers.map(work)), canceled])
    return trained
  } finally {
    signal?.removeEventListener("abort", stop)
    waiting.length = 0
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

function trainThere(worker: Worker, { name, ...task }: BoostingJob, job: number, onProgress: BoostingPoolOptions["onProgress"]): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const died = (why: string, cause?: unknown) =>
      end(() => reject(new ForesightError("unavailable", `training of ${JSON.stringify(name)} stopped: its thread ${why}`, { cause })))
    const onError = (error: Error) => died(`failed: ${error.message}`, error)
    const onExit = (code: number) => died(`ended with code ${code}`)
    const onMessage = (message: FromBoostingWorker) => {
      if (message.type === "round") onProgress?.({ job, round: message.round, validationLoss: message.validationLoss })
      else if (message.type === "done") end(() => resolve(message.trees))
      else end(() => reject(new ForesightError(message.code, `${name}: ${message.message}`)))
    }
    const end = (settle: () => void) => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit)
      settle()
    }
    worker.on("message", onMessage).on("error", onError).on("exit", onExit)
    const message: ToBoostingWorker = { job, task }
    worker.postMessage(message)
  })
}

async function trainHere(jobs: readonly BoostingJob[], { signal, onProgress }: BoostingPoolOptions): Promise<BoostedTrees[]> {
  const trained: BoostedTrees[] = []
  for (const [job, { name, ...task }] of jobs.entries()) {
    await setImmediate() // lets a signal arrive
    refuseCanceled(signal)
    try {
      const onRound = (round: number, validationLoss: number | null) => {
        onProgress?.({ job, round, validationLoss })
        refuseCanceled(signal) // by what has just heard of the round; nothing else runs meanwhile
      }
      trained.push(trainBoosting({ ...task, onRound }))
    } catch (error) {
      if (error instanceof ForesightError && error.code !== "canceled") throw new ForesightError(error.code, `${name}: ${error.message}`, { cause: error })
      throw error
    }
  }
  return trained
}

function refuseCanceled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw canceledError()
}

function canceledError(): ForesightError {
  return new ForesightError("canceled", "training of boosted trees was canceled")
}
