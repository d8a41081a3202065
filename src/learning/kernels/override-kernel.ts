import { getKernel, registerKernel, unregisterKernel } from "@tensorflow/tfjs"
import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs"
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm"

/** What the package ships under the same name; throws where it ships nothing. */
type ShippedKernel = (inputs: NamedTensorInfoMap, attrs: NamedAttrMap) => TensorInfo | TensorInfo[]

/** A kernel in plain JavaScript on the wasm heap. */
export type WasmKernel<Name extends string> = (
  inputs: Record<Name, TensorInfo>,
  attrs: NamedAttrMap,
  backend: BackendWasm,
  shipped: ShippedKernel
) => TensorInfo | TensorInfo[]

/**
 * Puts `kernel` in the place of the wasm kernel `kernelName`. The backend must be ready, because the shipped kernel binds its
 * wasm function when the backend starts and may be called as a fallback.
 */
export function overrideKernel<Name extends string>(kernelName: string, kernel: WasmKernel<Name>): void {
  const old = getKernel(kernelName, "wasm")
  if (old) unregisterKernel(kernelName, "wasm")
  registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel(inputs as Record<Name, TensorInfo>, attrs ?? {}, backend as BackendWasm, (shippedInputs, shippedAttrs) => {
        if (!old) throw new Error(`the wasm backend ships no kernel ${kernelName}`)
        return old.kernelFunc({ inputs: shippedInputs, attrs: shippedAttrs, backend })
      }),
  })
}

/** The numbers of a float32 tensor where they lie. Take it after the last `makeOutput()`: the heap may grow, and old views detach. */
export function floats(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array
}

/** The same numbers under another shape. */
export function reshaped(tensor: TensorInfo, shape: number[]): TensorInfo {
  return { dataId: tensor.dataId, dtype: tensor.dtype, shape }
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1)
}
