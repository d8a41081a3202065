import { fork } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { existsSync } from "node:fs"
import path from "node:path"
import { ForesightError } from "../domain/errors"
import type { ForesightErrorCode } from "../domain/errors"
import type { FromTrainingChild, ToTrainingChild, TrainingJob, TrainingProgress, TrainingResult } from "../domain/training"

export interface RunTraining {
  onProgress?: (progress: TrainingProgress) => void
  /** State from which the job can go on after a crash: pass it as the job's `checkpoint`. */
  onCheckpoint?: (bytes: Uint8Array, step: number) => void
  /** Name of what the child computes on, before the work begins. */
  onReady?: (backend: string) => void
  /** Stops the training: a message first, `SIGKILL` after `graceMs`. */
  signal?: AbortSignal
  /** The compiled `train-child.js`; by default the one beside this file, or the built one when this file runs as TypeScript. */
  childPath?: string
  /** Milliseconds a canceled child may take to end by itself. */
  graceMs?: number
}

const GRACE_MS = 3000

/** Beside this file when compiled; under Jest this file is TypeScript, which cannot be forked, so the built one. */
function builtChild(): string {
  const beside = path.join(__dirname, "train-child.js")
  return existsSync(beside) ? beside : path.resolve(__dirname, "../../.medusa/server/src/worker/train-child.js")
}

/**
 * Runs one training or forecast in a process of its own, so that neither heartbeats nor answers wait for it. The child dies with this process.
 * @throws ForesightError with the child's code; `canceled` after `signal`; `unavailable` when the child cannot start or ends without a result,
 * which may be tried again from the last checkpoint.
 */
export async function runTraining(job: TrainingJob, options: RunTraining = {}): Promise<TrainingResult> {
  const { signal, childPath = builtChild(), graceMs = GRACE_MS } = options
  if (signal?.aborted) throw new ForesightError("canceled", "the training was canceled before it started")
  if (!existsSync(childPath)) throw new ForesightError("unavailable", `${childPath} is missing; build the package first (npm run build)`)
  const child = fork(childPath, [], { serialization: "advanced", execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] })
  const kill = () => void child.kill("SIGKILL")
  let killer: NodeJS.Timeout | undefined
  const cancel = () => {
    post(child, { type: "cancel" })
    killer = setTimeout(kill, graceMs)
  }
  process.once("exit", kill)
  signal?.addEventListener("abort", cancel, { once: true })
  try {
    return await outcome(child, job, options)
  } finally {
    clearTimeout(killer)
    signal?.removeEventListener("abort", cancel)
    process.removeListener("exit", kill)
    kill()
  }
}

/** Sends what a child that is just ending may miss; its end is then noticed by `exit`. */
function post(child: ChildProcess, message: ToTrainingChild): void {
  if (child.connected) child.send(message, () => undefined)
}

function outcome(child: ChildProcess, job: TrainingJob, options: RunTraining): Promise<TrainingResult> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: FromTrainingChild) => {
      if (message.type === "ready") options.onReady?.(message.backend)
      else if (message.type === "progress") options.onProgress?.(message.progress)
      else if (message.type === "checkpoint") options.onCheckpoint?.(message.bytes, message.step)
      else if (message.type === "result") resolve(message.result)
      else reject(new ForesightError(message.code as ForesightErrorCode, message.message))
    })
    child.once("error", (cause) => reject(new ForesightError("unavailable", `the training process did not start: ${cause.message}`, { cause })))
    child.once("exit", (code, signal) => {
      const how = signal ? `by ${signal}` : `with code ${code}`
      reject(
        options.signal?.aborted
          ? new ForesightError("canceled", "the training was canceled and its process stopped")
          : new ForesightError("unavailable", `the training process ended ${how} before it gave a result; it may have run out of memory`)
      )
    })
    post(child, { type: "job", job })
  })
}
