import * as tf from "@tensorflow/tfjs"
import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs"
import type { NetWeight, WeightOf } from "./net-architecture"

/** Weights of `dense()`. */
export function denseWeights(name: string, inputs: number, outputs: number): NetWeight[] {
  return [
    { name, shape: [inputs, outputs], start: "glorot" },
    { name: `${name}_bias`, shape: [outputs], start: { value: 0 } },
  ]
}

/** `x · W + b` for `x` `[rows, inputs]`. */
export function dense(x: Tensor2D, name: string, weight: WeightOf): Tensor2D {
  return x.matMul(weight<Tensor2D>(name)).add(weight<Tensor1D>(`${name}_bias`))
}

const EPSILON = 1e-5

/** Weights of `layerNorm()`. */
export function normWeights(name: string, width: number): NetWeight[] {
  return [
    { name: `${name}_gain`, shape: [width], start: { value: 1 } },
    { name: `${name}_shift`, shape: [width], start: { value: 0 } },
  ]
}

/** Each row with mean 0 and variance 1, times gain plus shift. @see Ba, Kiros & Hinton (2016), Layer normalization, arXiv:1607.06450. */
export function layerNorm(x: Tensor2D, name: string, weight: WeightOf): Tensor2D {
  // means by a product: the backend multiplies matrices quicker than it sums rows and spreads them again
  const width = x.shape[1]
  const average = tf.fill<tf.Rank.R2>([width, width], 1 / width)
  const centred = x.sub<Tensor2D>(x.matMul(average))
  const variance = centred.square().matMul(average)
  return centred.mul(variance.add(EPSILON).rsqrt()).mul(weight<Tensor1D>(`${name}_gain`)).add(weight<Tensor1D>(`${name}_shift`))
}
