import { createRequire } from "node:module"
import path from "node:path"
import nodeUtil from "node:util"
import * as tf from "@tensorflow/tfjs"
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm"
import { ForesightError } from "../domain/errors"
import { registerWasmKernels } from "./kernels/register-wasm-kernels"

/** What `FORESIGHT_BACKEND` may name: native TensorFlow with a GPU, native without, or WebAssembly. */
type BackendChoice = "gpu" | "node" | "wasm"
const ORDER: readonly BackendChoice[] = ["gpu", "node", "wasm"]

const NATIVE_PACKAGE = { gpu: "@tensorflow/tfjs-node-gpu", node: "@tensorflow/tfjs-node" } as const

const requireHere = createRequire(__filename)

/** tfjs-node 4.22 calls two functions that Node 23 removed. */
function restoreRemovedUtil(): void {
  const shimmed = nodeUtil as unknown as Record<string, unknown>
  shimmed["isNullOrUndefined"] ??= (value: unknown) => value === null || value === undefined
  shimmed["isArray"] ??= Array.isArray
}

async function startNative(choice: "gpu" | "node"): Promise<string> {
  restoreRemovedUtil()
  requireHere(NATIVE_PACKAGE[choice]) // registers the backend `tensorflow` with the engine that all copies of tfjs share
  await tf.ready()
  if (tf.getBackend() !== "tensorflow") throw new Error(`${NATIVE_PACKAGE[choice]} loaded, but its backend did not start`)
  const { isUsingGpuDevice } = tf.backend() as { isUsingGpuDevice?: boolean }
  return isUsingGpuDevice ? "tensorflow (gpu)" : "tensorflow (cpu)"
}

async function startWasm(): Promise<string> {
  setWasmPaths(path.dirname(requireHere.resolve("@tensorflow/tfjs-backend-wasm")) + path.sep)
  if (!(await tf.setBackend("wasm"))) throw new Error("the wasm backend did not start")
  await tf.ready()
  registerWasmKernels()
  return (await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) ? "wasm (simd, foresight kernels)" : "wasm (foresight kernels)"
}

function wanted(variable: string | undefined): readonly BackendChoice[] {
  if (!variable) return ORDER
  const choice = ORDER.find((name) => name === variable)
  if (choice) return [choice]
  const why = variable === "cpu" ? "; the plain cpu backend is some twenty times too slow to train on" : ""
  throw new ForesightError("invalid_options", `FORESIGHT_BACKEND is "${variable}"; expected one of ${ORDER.join(", ")}${why}`)
}

/**
 * Starts the fastest TensorFlow.js backend this machine has: tfjs-node-gpu, tfjs-node, else wasm with our kernels. The native packages
 * are optional; their absence is normal.
 * @param variable Value of `FORESIGHT_BACKEND`; when given, only that one is tried.
 * @returns Name for logs and model versions, e.g. `wasm (simd, foresight kernels)`.
 * @throws ForesightError `invalid_options` for another name, `unavailable` naming each backend and why it did not start.
 */
export async function startBackend(variable = process.env["FORESIGHT_BACKEND"]): Promise<string> {
  const failures: string[] = []
  for (const choice of wanted(variable)) {
    try {
      return choice === "wasm" ? await startWasm() : await startNative(choice)
    } catch (error) {
      failures.push(`${choice}: ${String(error instanceof Error ? error.message : error).split("\n")[0]}`)
    }
  }
  throw new ForesightError("unavailable", `no TensorFlow.js backend to train on (${failures.join("; ")})`)
}
