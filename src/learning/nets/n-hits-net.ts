import * as tf from "@tensorflow/tfjs"
import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs"
import { dense, denseWeights } from "./dense-layer"
import type { NetArchitecture } from "./net-architecture"

/** Periods pooled by each block, the coarsest first. */
const POOLS = [7, 4, 1] as const
const HIDDEN = 32
const WIDTH = 24

/** Mean of each `pool` periods of the context, newest whole: a matrix `[⌈context / pool⌉, context]`. */
export function poolingMatrix(context: number, pool: number): Float32Array {
  const rows = Math.ceil(context / pool)
  const matrix = new Float32Array(rows * context)
  for (let row = 0; row < rows; row++) {
    const to = context - (rows - 1 - row) * pool
    const from = Math.max(0, to - pool)
    for (let period = from; period < to; period++) matrix[row * context + period] = 1 / (to - from)
  }
  return matrix
}

/** Blocks that read the past at ever finer pooling: each says what it makes of it and takes from the ratios what it has explained, by as many
 * numbers as it has pools, spread over their periods; what they say is added up.
 * @see Challu et al. (2023), N-HiTS, AAAI. Its interpolation of the forecasts is left out: horizons here are a few periods.
 */
export const nHitsNet: NetArchitecture = {
  name: "n-hits",
  width: WIDTH,
  weights: ({ context }, inputs) =>
    POOLS.flatMap((pool) => {
      const pools = Math.ceil(context / pool)
      return [
        ...denseWeights(`hidden${pool}`, pools * inputs, HIDDEN),
        ...denseWeights(`said${pool}`, HIDDEN, WIDTH),
        ...(pool === POOLS.at(-1) ? [] : denseWeights(`explained${pool}`, HIDDEN, pools)),
      ]
    }),
  encode: ({ context }, past, weight) => {
    const [, size, inputs] = past.shape
    let ratios = past.slice([0, 0, 0], [context, size, 1])
    const others = past.slice([0, 0, 1], [context, size, inputs - 1])
    const said = POOLS.map((pool) => {
      const pools = Math.ceil(context / pool)
      const means = tf.tensor2d(poolingMatrix(context, pool), [pools, context])
      const pooled = means.matMul(tf.concat3d([ratios, others], 2).reshape<Tensor2D>([context, size * inputs])).reshape<Tensor3D>([pools, size, inputs])
      const flat = pooled.transpose([1, 0, 2]).reshape<Tensor2D>([size, pools * inputs])
      const hidden = dense(flat, `hidden${pool}`, weight).relu<Tensor2D>()
      if (pool !== POOLS.at(-1)) {
        const spread = means.greater(0).toFloat().transpose<Tensor2D>()
        const explained = spread.matMul(dense(hidden, `explained${pool}`, weight).transpose<Tensor2D>())
        ratios = ratios.sub(explained.reshape([context, size, 1]))
      }
      return dense(hidden, `said${pool}`, weight)
    })
    return tf.addN(said)
  },
}
