import * as tf from "@tensorflow/tfjs"
import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs"
import { dense, denseWeights } from "./dense-layer"
import type { NetArchitecture } from "./net-architecture"

const CHANNELS = 24
const KERNEL = 3

/** Dilations whose receptive field, `1 + 2 Σ d` periods, covers the context: 1, 2, 4, … */
export function dilationsFor(context: number): number[] {
  const dilations: number[] = []
  while (1 + (KERNEL - 1) * dilations.reduce((sum, one) => sum + one, 0) < context) dilations.push(2 ** dilations.length)
  return dilations
}

/** Causal convolution over time with kernel 3: `y_t = x_t·A + x_{t−d}·B + x_{t−2d}·C + b`, only where all three are there. By shifted slices and
 * one product, since TensorFlow.js has no gradient of dilated convolutions.
 * @param x `[steps, batch, channels]`, time first. @param w `[3 × channels, outputs]`: oldest first. @returns `[steps − 2 × dilation, batch, outputs]`.
 */
export function dilatedConvolution(x: Tensor3D, w: Tensor2D, b: Tensor1D, dilation: number): Tensor3D {
  const [steps, batch, channels] = x.shape
  const kept = steps - (KERNEL - 1) * dilation
  const shifted = Array.from({ length: KERNEL }, (_, tap) => x.slice([tap * dilation, 0, 0], [kept, batch, channels]))
  const product = tf.concat3d(shifted, 2).reshape<Tensor2D>([kept * batch, KERNEL * channels]).matMul(w).add(b)
  return product.reshape([kept, batch, w.shape[1]])
}

/** Dilated causal convolutions with residual connections, computed only as far back as the last period needs.
 * @see Bai, Kolter & Koltun (2018), arXiv:1803.01271.
 */
export const temporalCnnNet: NetArchitecture = {
  name: "tcn",
  width: CHANNELS,
  weights: ({ context }, inputs) => [
    ...denseWeights("project", inputs, CHANNELS),
    ...dilationsFor(context).flatMap((dilation) => denseWeights(`conv${dilation}`, KERNEL * CHANNELS, CHANNELS)),
  ],
  encode: ({ context }, past, weight) => {
    const [steps, size, inputs] = past.shape
    const dilations = dilationsFor(context)
    const field = 1 + (KERNEL - 1) * dilations.reduce((sum, one) => sum + one, 0)
    let x = dense(past.reshape([steps * size, inputs]), "project", weight).reshape<Tensor3D>([steps, size, CHANNELS])
    x = x.pad([[field - steps, 0], [0, 0], [0, 0]]) // zeros before the context
    for (const dilation of dilations) {
      const y = dilatedConvolution(x, weight<Tensor2D>(`conv${dilation}`), weight<Tensor1D>(`conv${dilation}_bias`), dilation).relu()
      const [kept] = y.shape
      x = x.slice([x.shape[0] - kept, 0, 0], [kept, size, CHANNELS]).add(y)
    }
    return x.reshape([size, CHANNELS])
  },
}
