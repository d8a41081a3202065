import * as tf from "@tensorflow/tfjs"
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs"
import { FUSED_LSTM, FUSED_LSTM_GRADIENT } from "./kernels/fused-lstm"

/** The recurrent layer's last state, by core operations: what native TensorFlow runs and what the fused kernels are compared with. */
export function lastLstmStateByCoreOps(x: Tensor3D, wx: Tensor2D, wh: Tensor2D, b: Tensor): Tensor2D {
  const [steps, batch, features] = x.shape
  const units = wh.shape[0]
  const projected = x.reshape([steps * batch, features]).matMul(wx).add(b).reshape([steps, batch, 4 * units])
  let state: Tensor2D = tf.zeros([batch, units])
  let cell: Tensor2D = tf.zeros([batch, units])
  for (const input of tf.unstack(projected)) {
    const [i, f, g, o] = tf.split(input.add(state.matMul(wh)), 4, 1) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D]
    cell = f.sigmoid().mul(cell).add(i.sigmoid().mul(g.tanh()))
    state = o.sigmoid().mul(cell.tanh())
  }
  return state
}

/**
 * Last state of one LSTM layer.
 * @param x Inputs `[steps, batch, features]`; no gradient flows to them.
 * @param wx Input weights `[features, 4 × units]`, gates in the order input, forget, candidate, output.
 * @param wh Recurrent weights `[units, 4 × units]`.
 * @param b Bias `[4 × units]`.
 * @returns State `[batch, units]`. On wasm the fused kernels with hand-written back-propagation run, elsewhere core operations.
 */
export function lastLstmState(x: Tensor3D, wx: Tensor2D, wh: Tensor2D, b: Tensor): Tensor2D {
  if (!tf.getKernel(FUSED_LSTM, tf.getBackend())) return lastLstmStateByCoreOps(x, wx, wh, b)
  const fused = tf.customGrad((...inputs) => {
    const [weightsX, weightsH, bias, save] = inputs as unknown as [Tensor, Tensor, Tensor, tf.GradSaveFunc]
    const [last, gates, states, cells, tanhs] = tf
      .engine()
      .runKernel<Tensor[]>(FUSED_LSTM, { x, wx: weightsX, wh: weightsH, b: bias }) as [Tensor, Tensor, Tensor, Tensor, Tensor]
    save([x, weightsH, gates, states, cells, tanhs])
    return {
      value: last,
      gradFunc: (dLast: Tensor | Tensor[], saved: Tensor[]) => {
        const [inputX, savedH, savedGates, savedStates, savedCells, savedTanhs] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]
        return tf.engine().runKernel<Tensor[]>(FUSED_LSTM_GRADIENT, {
          dLast: dLast as Tensor,
          x: inputX,
          wh: savedH,
          gates: savedGates,
          states: savedStates,
          cells: savedCells,
          tanhs: savedTanhs,
        })
      },
    }
  })
  return fused(wx, wh, b) as Tensor2D
}
