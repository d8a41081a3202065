import { existsSync } from "node:fs"
import os from "node:os"
import { setImmediate as nextTurn } from "node:timers/promises"
import { Worker } from "node:worker_threads"
import { ForesightError } from "../../domain/errors"
import type { FromThread, ToThread, Work } from "./messages"

/** A task and its name, which stands in errors. Memory that is shared is not copied into the thread. */
export interface Job<Task> {
  name: string
  task: Task
}

export interface RunJobs<Task, Progress, Result> {
  /** Compiled file that serves `work` by `serveJobs()`. Where it does not exist, as where the package runs as TypeScript, or `null` is given, this thread works itself. */
  workerPath: string | null
  work: Work<Task, Progress, Result>
  /** Threads at most; as many as there are cores unless given. */
  threads?: number | undefined
  /** Asked with each progress that is heard of; `true` ends all threads at once. */
  shouldStop?: (() => boolean) | undefined
  /** Hears of progress now and then, not each time. */
  onProgress?: ((job: number, progress: Progress) => void) | undefined
  /** Hears of each result at once; all of them are given in the end. */
  onResult?: ((job: number, result: Result) => void) | undefined
}

/** Number of threads that jobs are spread over. */
export function threadsFor(jobs: number, threads = os.availableParallelism()): number {
  return Math.min(jobs, Math.max(1, threads))
}

/** Does jobs, each by one thread at a time: what `work` gives for each, in their order.
 * @throws ForesightError `canceled` by `shouldStop`; `unavailable` when a thread dies; what `work` throws, with the job's name in front.
 */
export async function runJobs<Task, Progress, Result>(jobs: readonly Job<Task>[], options: RunJobs<Task, Progress, Result>): Promise<Result[]> {
  const { workerPath, threads, shouldStop } = options
  if (workerPath === null || !existsSync(workerPath)) return runHere(jobs, options)
  const onProgress = (job: number, progress: Progress): void => {
    options.onProgress?.(job, progress)
    if (shouldStop?.()) stop()
  }
  const workers = Array.from({ length: threadsFor(jobs.length, threads) }, () => new Worker(workerPath))
  const results: Result[] = []
  const waiting = jobs.map((job, at) => ({ job, at }))
  /** One thread takes jobs until none waits. */
  const serve = async (worker: Worker): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = await runThere<Task, Progress, Result>(worker, next.job, next.at, onProgress)
      results[next.at] = result
      options.onResult?.(next.at, result)
    }
  }
  let stop: () => void = () => undefined
  const canceled = new Promise<never>((_, reject) => {
    stop = () => reject(canceledError())
  })
  try {
    await Promise.race([Promise.all(workers.map(serve)), canceled])
    return results
  } finally {
    waiting.length = 0
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

function runThere<Task, Progress, Result>(
  worker: Worker,
  { name, task }: Job<Task>,
  job: number,
  onProgress: (job: number, progress: Progress) => void
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const died = (why: string, cause?: unknown) =>
      end(() => reject(new ForesightError("unavailable", `training of ${JSON.stringify(name)} stopped: its thread ${why}`, { cause })))
    const onError = (error: Error) => died(`failed: ${error.message}`, error)
    const onExit = (code: number) => died(`ended with code ${code}`)
    const onMessage = (message: FromThread<Progress, Result>) => {
      if (message.type === "progress") onProgress(job, message.progress)
      else if (message.type === "done") end(() => resolve(message.result))
      else end(() => reject(new ForesightError(message.code, `${name}: ${message.message}`)))
    }
    const end = (settle: () => void) => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit)
      settle()
    }
    worker.on("message", onMessage).on("error", onError).on("exit", onExit)
    const message: ToThread<Task> = { task }
    worker.postMessage(message)
  })
}

async function runHere<Task, Progress, Result>(jobs: readonly Job<Task>[], { work, shouldStop, onProgress, onResult }: RunJobs<Task, Progress, Result>): Promise<Result[]> {
  const results: Result[] = []
  for (const [job, { name, task }] of jobs.entries()) {
    await nextTurn() // lets messages in
    try {
      const result = await work(task, (progress) => {
        onProgress?.(job, progress)
        if (shouldStop?.()) throw canceledError()
      })
      results.push(result)
      onResult?.(job, result)
    } catch (error) {
      if (error instanceof ForesightError && error.code !== "canceled") throw new ForesightError(error.code, `${name}: ${error.message}`, { cause: error })
      throw error
    }
  }
  return results
}

function canceledError(): ForesightError {
  return new ForesightError("canceled", "the training was canceled")
}
