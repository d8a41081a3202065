import path from "node:path"
import * as tf from "@tensorflow/tfjs"
import type { FitStage } from "../../domain/training"
import { startBackend } from "../backend"
import { runJobs, threadsFor } from "../threads/run-jobs"
import type { KeptNets } from "./kept-nets"
import { trainNet, type NetStep, type NetTask, type TrainedNet } from "./train-net"

export { netModel } from "./net-model"

export interface FitNets {
  /** Threads at most; as many as there are cores when left out. */
  threads?: number | undefined
  /** Wall seconds that all of them may take together; as many as they need when left out. */
  netSeconds?: number | undefined
  /** Nets that are trained already, and where those go that are trained now. */
  keptNets?: KeptNets | undefined
  /** Hears how many steps of all nets together are done, and their mean loss lately. */
  onProgress?: ((progress: { stage: FitStage; step: number; steps: number; loss?: number }) => void) | undefined
  /** Asked with each progress; `true` ends with the error `canceled`. */
  shouldStop?: (() => boolean) | undefined
  /** The compiled `net-worker.js`; the one beside this file unless given. */
  workerPath?: string
}

/** Trains several nets, each as `trainNet()` does, and gives them in their order. On the wasm backend, which uses one core, each has a thread to itself; a native
 * one spreads every net over all cores or a GPU, and they follow each other in this thread.
 * @throws ForesightError as `trainNet()`, with the net's name in front; `canceled` when `shouldStop` says so; `unavailable` when a thread dies.
 */
export async function fitNets(tasks: readonly NetTask[], options: FitNets = {}): Promise<TrainedNet[]> {
  const { threads, netSeconds = Infinity, keptNets, onProgress, shouldStop, workerPath = path.join(__dirname, "net-worker.js") } = options
  const known = tasks.map((task) => keptNets?.find(task) ?? null)
  const open = tasks.filter((_, at) => !known[at])
  if (open.length === 0) return known.flatMap((net) => net ?? [])
  await startBackend()
  const isWasm = tf.getBackend() === "wasm"
  const atOnce = isWasm ? threadsFor(open.length, threads) : 1
  const seconds = (netSeconds * atOnce) / open.length
  const done: NetStep[] = open.map(() => ({ step: 0, steps: 0 }))
  const trained = await runJobs(
    open.map((task) => ({ name: `net ${task.name}`, task: { ...task, seconds } })),
    {
      ...{ work: trainNet, threads, shouldStop },
      workerPath: isWasm && atOnce > 1 ? workerPath : null,
      onProgress: (job, step) => {
        done[job] = step
        const all = { step: 0, steps: 0 }
        for (const net of done) {
          all.step += net.step
          all.steps += net.steps || step.steps // those that have not begun take as many
        }
        const losses = done.flatMap(({ loss }) => loss ?? [])
        onProgress?.({ stage: "nets", ...all, ...(losses.length > 0 && { loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length }) })
      },
      onResult: (job, net) => keptNets?.keep(open[job] as NetTask, net),
    }
  )
  return known.map((net) => net ?? (trained.shift() as TrainedNet))
}
