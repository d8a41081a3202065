import type { Tensor2D } from "@tensorflow/tfjs"
import { dense, denseWeights } from "./dense-layer"
import type { NetArchitecture } from "./net-architecture"

const HIDDEN = 64
const WIDTH = 32

/** Two dense layers over the whole past at once.
 * @see Hornik, Stinchcombe & White (1989), Multilayer feedforward networks are universal approximators, Neural Networks 2(5); rectifiers: Glorot, Bordes & Bengio (2011), AISTATS.
 */
export const mlpNet: NetArchitecture = {
  name: "mlp",
  width: WIDTH,
  weights: ({ context }, inputs) => [...denseWeights("first", context * inputs, HIDDEN), ...denseWeights("second", HIDDEN, WIDTH)],
  encode: (_, past, weight) => {
    const [steps, size, inputs] = past.shape
    const flat = past.transpose([1, 0, 2]).reshape<Tensor2D>([size, steps * inputs])
    return dense(dense(flat, "first", weight).relu(), "second", weight).relu()
  },
}
