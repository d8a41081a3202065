import { getKernel } from "@tensorflow/tfjs"
import { registerBatchMatMul } from "./batch-mat-mul"
import { registerEqual } from "./equal"
import { FUSED_LSTM, registerFusedLstm } from "./fused-lstm"
import { registerSplit } from "./split"
import { registerUnsortedSegmentSum } from "./unsorted-segment-sum"

/**
 * Supplies the kernels the wasm backend lacks and replaces the slow ones; call it once the backend is ready. A second call changes nothing.
 * They lean on `makeOutput()` and `typedArrayFromHeap()` of tfjs-backend-wasm 4.22.0, hence the pinned version and the gradient tests.
 */
export function registerWasmKernels(): void {
  if (getKernel(FUSED_LSTM, "wasm")) return
  registerBatchMatMul()
  registerSplit()
  registerEqual()
  registerUnsortedSegmentSum()
  registerFusedLstm()
}
