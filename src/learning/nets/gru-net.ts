import * as tf from "@tensorflow/tfjs"
import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs"
import type { NetArchitecture } from "./net-architecture"

const UNITS = 32

/** Last state of one GRU layer: `h ← (1 − z)·n + z·h`, `z, r = σ(x·Wx + h·Wh + b)`, `n = tanh(x·Wx + b + r·(h·Wh + c))`.
 * @param x Inputs `[steps, batch, features]`.
 * @param wx Input weights `[features, 3 × units]`, gates in the order reset, update, candidate.
 * @param wh Recurrent weights `[units, 3 × units]`.
 * @param b Bias of the inputs `[3 × units]`.
 * @param c Bias of the candidate's recurrent part, inside the reset gate, `[units]`.
 * @returns State `[batch, units]`.
 * @see Cho et al. (2014), EMNLP; with the reset gate behind the product, as in cuDNN and PyTorch.
 */
export function lastGruState(x: Tensor3D, wx: Tensor2D, wh: Tensor2D, b: Tensor1D, c: Tensor1D): Tensor2D {
  const [steps, batch, features] = x.shape
  const units = wh.shape[0]
  const projected = x.reshape<Tensor2D>([steps * batch, features]).matMul(wx).add(b).reshape<Tensor3D>([steps, batch, 3 * units])
  let state: Tensor2D = tf.zeros([batch, units])
  for (const input of tf.unstack(projected) as Tensor2D[]) {
    const [inputGates, inputCandidate] = tf.split(input, [2 * units, units], 1) as [Tensor2D, Tensor2D]
    const [ownGates, ownCandidate] = tf.split(state.matMul(wh), [2 * units, units], 1) as [Tensor2D, Tensor2D]
    const [reset, update] = tf.split(inputGates.add(ownGates).sigmoid(), 2, 1) as [Tensor2D, Tensor2D]
    const candidate = inputCandidate.add(reset.mul(ownCandidate.add(c))).tanh()
    state = candidate.add(update.mul(state.sub(candidate)))
  }
  return state
}

/** One GRU layer; its last state is read. */
export const gruNet: NetArchitecture = {
  name: "gru",
  width: UNITS,
  weights: (_, inputs) => [
    { name: "input", shape: [inputs, 3 * UNITS], start: "glorot" },
    { name: "recurrent", shape: [UNITS, 3 * UNITS], start: "glorot" },
    { name: "bias", shape: [3 * UNITS], start: { value: 0 } },
    { name: "candidate_bias", shape: [UNITS], start: { value: 0 } },
  ],
  encode: (_, past, weight) => lastGruState(past, weight<Tensor2D>("input"), weight<Tensor2D>("recurrent"), weight<Tensor1D>("bias"), weight<Tensor1D>("candidate_bias")),
}
