import { getKernel, registerKernel } from "@tensorflow/tfjs"
import type { TensorInfo } from "@tensorflow/tfjs"
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm"
import { multiply, transposed } from "./batch-mat-mul"
import { floats, reshaped } from "./override-kernel"

export const FUSED_LSTM = "ForesightLstm"
export const FUSED_LSTM_GRADIENT = "ForesightLstmGradient"

/** XNNPACK's logistic function, four numbers at a time; also gives tanh, as `tanh x = 2σ(2x) − 1`. */
function sigmoid(backend: BackendWasm, x: TensorInfo): TensorInfo {
  return getKernel("Sigmoid", "wasm").kernelFunc({ inputs: { x }, backend }) as TensorInfo
}

/** `sums` = projected input + recurrent product + bias of one step, the candidate's doubled for its tanh. */
function addGateInputs(
  backend: BackendWasm,
  { gates, recurrent, b, sums }: Record<"gates" | "recurrent" | "b" | "sums", TensorInfo>,
  step: number,
  batch: number,
  units: number
): void {
  const width = 4 * units
  const z = floats(backend, gates)
  const r = floats(backend, recurrent)
  const bias = floats(backend, b)
  const sum = floats(backend, sums)
  for (let row = 0; row < batch; row += 1) {
    const from = (step * batch + row) * width
    const to = row * width
    for (let column = 0; column < width; column += 1) {
      const value = (z[from + column] as number) + (r[to + column] as number) + (bias[column] as number)
      sum[to + column] = column >= 2 * units && column < 3 * units ? 2 * value : value
    }
  }
}

/** Keeps the gates of one step, moves the cells on, and leaves the doubled cells for their tanh. */
function advanceCells(
  backend: BackendWasm,
  { opened, gates, cells, doubled }: Record<"opened" | "gates" | "cells" | "doubled", TensorInfo>,
  step: number,
  batch: number,
  units: number
): void {
  const width = 4 * units
  const open = floats(backend, opened)
  const kept = floats(backend, gates)
  const c = floats(backend, cells)
  const twice = floats(backend, doubled)
  kept.set(open, step * batch * width)
  for (let row = 0; row < batch; row += 1) {
    const gate = row * width
    const keep = (step * batch + row) * width
    const before = (step * batch + row) * units
    const after = before + batch * units
    for (let unit = 0; unit < units; unit += 1) {
      const candidate = 2 * (open[gate + 2 * units + unit] as number) - 1
      const cell = (open[gate + units + unit] as number) * (c[before + unit] as number) + (open[gate + unit] as number) * candidate
      kept[keep + 2 * units + unit] = candidate
      c[after + unit] = cell
      twice[row * units + unit] = 2 * cell
    }
  }
}

/**
 * One LSTM layer over all steps. Inputs `x` `[steps, batch, features]`, `wx` `[features, 4u]`, `wh` `[u, 4u]`, `b` `[4u]`; gates in the
 * order input, forget, candidate, output. Products and
 * logistic functions are XNNPACK's, the rest three passes over the heap per step.
 * @returns last state `[batch, u]`, and what the gradient needs: gates `[steps, batch, 4u]`, states and cells
 * `[steps + 1, batch, u]` (row 0 is zero), tanh of the cells `[steps, batch, u]`.
 */
function forward(backend: BackendWasm, x: TensorInfo, wx: TensorInfo, wh: TensorInfo, b: TensorInfo): TensorInfo[] {
  const [steps, batch, features] = x.shape as [number, number, number]
  const units = wh.shape[0] as number
  const width = 4 * units
  const gates = multiply(backend, reshaped(x, [steps * batch, features]), wx)
  const states = backend.makeOutput([steps + 1, batch, units], "float32")
  const cells = backend.makeOutput([steps + 1, batch, units], "float32")
  const tanhs = backend.makeOutput([steps, batch, units], "float32")
  const last = backend.makeOutput([batch, units], "float32")
  floats(backend, states).fill(0, 0, batch * units)
  floats(backend, cells).fill(0, 0, batch * units)
  floats(backend, last).fill(0)
  const sums = backend.makeOutput([batch, width], "float32")
  const doubled = backend.makeOutput([batch, units], "float32")
  for (let step = 0; step < steps; step += 1) {
    const recurrent = multiply(backend, last, wh)
    addGateInputs(backend, { gates, recurrent, b, sums }, step, batch, units)
    const opened = sigmoid(backend, sums)
    advanceCells(backend, { opened, gates, cells, doubled }, step, batch, units)
    const squashed = sigmoid(backend, doubled)
    const open = floats(backend, opened)
    const half = floats(backend, squashed)
    const h = floats(backend, states)
    const tc = floats(backend, tanhs)
    const now = step * batch * units
    for (let at = 0; at < batch * units; at += 1) {
      const tanh = 2 * (half[at] as number) - 1
      tc[now + at] = tanh
      h[now + batch * units + at] = (open[Math.floor(at / units) * width + 3 * units + (at % units)] as number) * tanh
    }
    floats(backend, last).set(h.subarray(now + batch * units, now + 2 * batch * units))
    for (const used of [recurrent, opened, squashed]) backend.disposeData(used.dataId)
  }
  for (const used of [sums, doubled]) backend.disposeData(used.dataId)
  return [last, reshaped(gates, [steps, batch, width]), states, cells, tanhs]
}

interface Saved {
  x: TensorInfo
  wh: TensorInfo
  gates: TensorInfo
  states: TensorInfo
  cells: TensorInfo
  tanhs: TensorInfo
}

/** Back-propagation through time of `forward` for the gradient `dLast` `[batch, u]` of the last state. @returns gradients of wx, wh and b. */
function backward(backend: BackendWasm, dLast: TensorInfo, { x, wh, gates, states, cells, tanhs }: Saved): TensorInfo[] {
  const [steps, batch, features] = x.shape as [number, number, number]
  const units = wh.shape[0] as number
  const width = 4 * units
  const whTransposed = transposed(backend, wh, units, width)
  const dGates = backend.makeOutput([steps * batch, width], "float32")
  const dStep = backend.makeOutput([batch, width], "float32")
  let dState = backend.makeOutput([batch, units], "float32")
  floats(backend, dState).set(floats(backend, dLast))
  const dCell = new Float32Array(batch * units)
  for (let step = steps - 1; step >= 0; step -= 1) {
    const dz = floats(backend, dGates)
    const dzStep = floats(backend, dStep)
    const dh = floats(backend, dState)
    const z = floats(backend, gates)
    const c = floats(backend, cells)
    const tc = floats(backend, tanhs)
    for (let row = 0; row < batch; row += 1) {
      const zAt = (step * batch + row) * width
      const before = (step * batch + row) * units
      for (let unit = 0; unit < units; unit += 1) {
        const at = row * units + unit
        const f = unit + units
        const g = f + units
        const o = g + units
        const input = z[zAt + unit] as number
        const forget = z[zAt + f] as number
        const candidate = z[zAt + g] as number
        const output = z[zAt + o] as number
        const tanh = tc[before + unit] as number
        const dhAt = dh[at] as number
        const dc = (dCell[at] as number) + dhAt * output * (1 - tanh * tanh)
        dz[zAt + unit] = dc * candidate * input * (1 - input)
        dz[zAt + f] = dc * (c[before + unit] as number) * forget * (1 - forget)
        dz[zAt + g] = dc * input * (1 - candidate * candidate)
        dz[zAt + o] = dhAt * tanh * output * (1 - output)
        dCell[at] = dc * forget
      }
    }
    if (step > 0) {
      dzStep.set(dz.subarray(step * batch * width, (step + 1) * batch * width))
      const earlier = multiply(backend, dStep, whTransposed)
      backend.disposeData(dState.dataId)
      dState = earlier
    }
  }
  const dWx = multiply(backend, reshaped(x, [steps * batch, features]), dGates, true)
  const dWh = multiply(backend, reshaped(states, [steps * batch, units]), dGates, true) // the states before each step
  const dB = backend.makeOutput([width], "float32")
  const sums = floats(backend, dB)
  const dz = floats(backend, dGates)
  sums.fill(0)
  for (let at = 0; at < dz.length; at += width) {
    for (let column = 0; column < width; column += 1) sums[column] = (sums[column] as number) + (dz[at + column] as number)
  }
  for (const used of [whTransposed, dGates, dStep, dState]) backend.disposeData(used.dataId)
  return [dWx, dWh, dB]
}

/** Registers the two kernels that `lastLstmState()` runs on wasm. */
export function registerFusedLstm(): void {
  registerKernel({
    kernelName: FUSED_LSTM,
    backendName: "wasm",
    kernelFunc: ({ inputs, backend }) => {
      const { x, wx, wh, b } = inputs as Record<"x" | "wx" | "wh" | "b", TensorInfo>
      return forward(backend as BackendWasm, x, wx, wh, b)
    },
  })
  registerKernel({
    kernelName: FUSED_LSTM_GRADIENT,
    backendName: "wasm",
    kernelFunc: ({ inputs, backend }) => {
      const { dLast, ...saved } = inputs as unknown as Saved & { dLast: TensorInfo }
      return backward(backend as BackendWasm, dLast, saved)
    },
  })
}
