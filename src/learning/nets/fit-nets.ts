import path from "node:path"
import * as tf from "@tensorflow/tfjs"
import type { DemandModel } from "../../domain/demand/types"
import { startBackend } from "../backend"
import { runJobs, threadsFor } from "../threads/run-jobs"
import { netModel } from "./net-model"
import { trainNet, type NetStep, type NetTask } from "./train-net"

export interface FitNets {
  /** Threads at most; as many as there are cores when left out. */
  threads?: number | undefined
  /** Hears how many steps of all nets together are done. */
  onProgress?: ((progress: { stage: string; step: number; steps: number }) => void) | undefined
  /** Asked with each progress; `true` ends with the error `canceled`. */
  shouldStop?: (() => boolean) | undefined
  /** The compiled `net-worker.js`; the one beside this file unless given. */
  workerPath?: string
}

/** Fits several nets, each as `trainNet()` does, in their order. On the wasm backend, which uses one core, each has a thread to itself; a native one spreads every
 * net over all cores or a GPU, and they follow each other in this thread.
 * @throws ForesightError as `trainNet()`, with the net's name in front; `canceled` when `shouldStop` says so; `unavailable` when a thread dies.
 */
export async function fitNets(tasks: readonly NetTask[], options: FitNets = {}): Promise<DemandModel[]> {
  const { threads, onProgress, shouldStop, workerPath = path.join(__dirname, "net-worker.js") } = options
  await startBackend()
  const spread = tf.getBackend() === "wasm" && threadsFor(tasks.length, threads) > 1
  const done: NetStep[] = tasks.map(() => ({ step: 0, steps: 0 }))
  const trained = await runJobs(
    tasks.map((task) => ({ name: `net ${task.name}`, task })),
    {
      ...{ work: trainNet, threads, shouldStop },
      workerPath: spread ? workerPath : null,
      onProgress: (job, step) => {
        done[job] = step
        const all = { step: 0, steps: 0 }
        for (const net of done) {
          all.step += net.step
          all.steps += net.steps || step.steps // those that have not begun take as many
        }
        onProgress?.({ stage: "nets", ...all })
      },
    }
  )
  return trained.map(({ spec, weights }) => netModel(spec, weights))
}
