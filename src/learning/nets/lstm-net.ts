import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs"
import { lastLstmState } from "../lstm"
import type { NetArchitecture } from "./net-architecture"

const UNITS = 32

/** One LSTM layer; its last state is read. The forget gates' biases start at 1.
 * @see Hochreiter & Schmidhuber (1997), Long short-term memory; Salinas et al. (2020), DeepAR, for one net over all series.
 */
export const lstmNet: NetArchitecture = {
  name: "lstm",
  width: UNITS,
  weights: (_, inputs) => [
    { name: "input", shape: [inputs, 4 * UNITS], start: "glorot" },
    { name: "recurrent", shape: [UNITS, 4 * UNITS], start: "glorot" },
    { name: "input_bias", shape: [UNITS], start: { value: 0 } },
    { name: "forget_bias", shape: [UNITS], start: { value: 1 } },
    { name: "other_bias", shape: [2 * UNITS], start: { value: 0 } },
  ],
  encode: (_, past, weight) => {
    const bias = weight<Tensor1D>("input_bias").concat([weight<Tensor1D>("forget_bias"), weight<Tensor1D>("other_bias")])
    return lastLstmState(past, weight<Tensor2D>("input"), weight<Tensor2D>("recurrent"), bias)
  },
}
