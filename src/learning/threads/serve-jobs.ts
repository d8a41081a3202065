import { parentPort } from "node:worker_threads"
import { ForesightError } from "../../domain/errors"
import type { FromThread, ToThread, Work } from "./messages"

/** Milliseconds between two messages about progress. */
const INTERVAL = 200

/** Makes this thread do one task after the other, until the pool ends it.
 * @param handedOver Pieces of memory of a result that change hands instead of being copied. */
export function serveJobs<Task, Progress, Result>(work: Work<Task, Progress, Result>, handedOver: (result: Result) => ArrayBuffer[]): void {
  const say = (message: FromThread<Progress, Result>, transferred: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transferred)
  let lastTold = 0
  const tell = (progress: Progress): void => {
    const now = performance.now()
    if (now - lastTold < INTERVAL) return
    lastTold = now
    say({ type: "progress", progress })
  }
  const serve = async ({ task }: ToThread<Task>): Promise<void> => {
    try {
      const result = await work(task, tell)
      say({ type: "done", result }, handedOver(result))
    } catch (error) {
      if (!(error instanceof ForesightError)) throw error // nobody foresaw it: the thread ends, and the pool says with which job
      say({ type: "failed", code: error.code, message: error.message })
    }
  }
  parentPort?.on("message", (message: ToThread<Task>) => void serve(message))
}
