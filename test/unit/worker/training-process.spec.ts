import path from "node:path"
import type { TrainingJob, TrainingProgress } from "../../../src/domain/training"
import { runTraining } from "../../../src/worker/training-process"
import { smallPanel } from "../../support/demand-panels"
import { eventually } from "../../support/eventually"

const childPath = path.resolve(__dirname, "../../support/fake-train-child.cjs")

/** A job for the fake child, which reads what to do from `seed`. */
function job(mode: "result" | "fail" | "crash" | "obedient" | "deaf"): TrainingJob {
  const panel = smallPanel({ series: 1, periods: 8 })
  const base = { task: "train", kind: "demand", panel, horizon: 2, sumPeriods: 2, origins: 1, timeBudgetSeconds: 1, checkpoint: null, serving: null }
  return { ...base, seed: mode } as unknown as TrainingJob
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const gone = (pid: number) => eventually(async () => !isAlive(pid))

/** Starts a job that never ends by itself and cancels it at its first progress. */
async function cancelAtFirstProgress(mode: "obedient" | "deaf", graceMs: number): Promise<{ pid: number; error: unknown; seconds: number }> {
  const controller = new AbortController()
  let pid = 0
  let canceledAt = 0
  const error: unknown = await runTraining(job(mode), {
    childPath,
    graceMs,
    signal: controller.signal,
    onProgress: ({ stage }) => {
      pid = Number(stage)
      canceledAt = performance.now()
      controller.abort()
    },
  }).catch((thrown: unknown) => thrown)
  return { pid, error, seconds: (performance.now() - canceledAt) / 1000 }
}

describe("runTraining()", () => {
  it("passes the job with its typed arrays in, and messages and the result out", async () => {
    const progress: TrainingProgress[] = []
    const checkpoints: [number[], number][] = []
    let ready = ""
    const result = await runTraining(job("result"), {
      childPath,
      onReady: (backend) => (ready = backend),
      onProgress: (message) => progress.push(message),
      onCheckpoint: (bytes, step) => checkpoints.push([[...bytes], step]),
    })
    expect(ready).toBe("fake")
    expect(progress).toEqual([{ stage: "fitting", step: 1, steps: 2 }])
    expect(checkpoints).toEqual([[[1, 2, 3], 1]])
    expect(result.backend).toBe("Float64Array")
    if (result.task === "forecast") await gone(result.correlation["pid"] as number)
  })

  it("throws the child's own error with its code", async () => {
    const failed = runTraining(job("fail"), { childPath })
    await expect(failed).rejects.toMatchObject({ code: "invalid_series", message: "units[3] is -1; expected ≥ 0" })
  })

  it("calls a child that dies unavailable, so that it is tried again", async () => {
    const message = expect.stringContaining("with code 3") as string
    await expect(runTraining(job("crash"), { childPath })).rejects.toMatchObject({ code: "unavailable", message })
  })

  it("asks a child to stop and takes its answer", async () => {
    const { pid, error } = await cancelAtFirstProgress("obedient", 30_000)
    expect(error).toMatchObject({ code: "canceled", message: "stopped at step 1" })
    await gone(pid)
  })

  it("kills a child that does not stop within the grace period", async () => {
    const { pid, error, seconds } = await cancelAtFirstProgress("deaf", 200)
    expect(error).toMatchObject({ code: "canceled" })
    expect(seconds).toBeGreaterThanOrEqual(0.19)
    await gone(pid)
  })

  it("does not start when it is already canceled", async () => {
    await expect(runTraining(job("result"), { childPath, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "canceled" })
  })

  it("says what to do when the package is not built", async () => {
    const missing = runTraining(job("result"), { childPath: "/nowhere/train-child.js" })
    await expect(missing).rejects.toThrow("/nowhere/train-child.js is missing; build the package first")
  })
})
