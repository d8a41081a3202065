import * as tf from "@tensorflow/tfjs"
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs"
import { QUANTILE_LEVELS } from "../../domain/demand/types"
import { ForesightError } from "../../domain/errors"
import { createRandom, nextNormal } from "../../domain/random"
import { ARCHITECTURES } from "./architectures"
import type { NetWeight, WeightOf } from "./net-architecture"
import { aheadInputs, periodInputs, type NetBatch } from "./net-inputs"
import type { NetSpec } from "./net-spec"
import { SERIES_INPUTS } from "./series-past"

const LEVELS = QUANTILE_LEVELS.length
const HIDDEN = 48
const EMBEDDING = 4
/** Softplus of it is 0.17: quantiles start spread over 0 … 2.4 levels. */
const FIRST_STEP = -1.7

/** Weights of a whole net in their fixed order: the architecture's own, then those that all nets share. */
function netWeights(spec: NetSpec): NetWeight[] {
  const architecture = ARCHITECTURES[spec.name]
  const fixed = architecture.width + SERIES_INPUTS + EMBEDDING * spec.categorical.length
  return [
    ...architecture.weights(spec, periodInputs(spec)),
    ...spec.categorical.map(({ values }, at): NetWeight => ({ name: `embedding${at}`, shape: [values.length + 1, EMBEDDING], start: { deviation: 0.1 } })),
    { name: "decoder_series", shape: [fixed, HIDDEN], start: "glorot" },
    { name: "decoder_ahead", shape: [aheadInputs(spec), HIDDEN], start: "glorot" },
    { name: "decoder_bias", shape: [HIDDEN], start: { value: 0 } },
    { name: "lowest", shape: [HIDDEN, 1], start: "glorot" },
    { name: "steps", shape: [HIDDEN, LEVELS - 1], start: "glorot" },
    { name: "lowest_bias", shape: [1], start: { value: 0 } },
    { name: "steps_bias", shape: [LEVELS - 1], start: { value: FIRST_STEP } },
  ]
}

/** First weights, the same for the same seed. */
export function initialWeights(spec: NetSpec, seed: number): Float32Array[] {
  const random = createRandom(seed)
  return netWeights(spec).map(({ shape, start }) => {
    const [rows = 1, columns = 1] = shape
    if (typeof start === "object" && "value" in start) return new Float32Array(rows * columns).fill(start.value)
    const deviation = start === "glorot" ? Math.sqrt(2 / (rows + columns)) : start.deviation
    return Float32Array.from({ length: rows * columns }, () => deviation * nextNormal(random))
  })
}

/** Tensors of the weights; the caller disposes of them. @throws ForesightError `invalid_model` where numbers and shapes do not fit. */
export function netTensors(spec: NetSpec, weights: readonly Float32Array[]): Tensor[] {
  return netWeights(spec).map(({ name, shape }, index) => {
    const values = weights[index]
    const size = shape.reduce((product, dimension) => product * dimension, 1)
    if (values?.length !== size) throw new ForesightError("invalid_model", `the net's weight ${name} has ${values?.length ?? 0} numbers; expected ${size}`)
    return tf.tensor(values, [...shape])
  })
}

/** Quantiles of each target as ratios to its scale, `[size × windows, levels]`, ascending: the lowest is free, each next one adds a softplus. One small
 * net for all targets reads what the architecture made of the past, the series' own inputs and what is known of the target, so that periods ahead learn from each other.
 * They may lie below 0 while the net learns (a cut would stop the gradient of items that sell seldom); forecasts cut them.
 */
export function netRatios(spec: NetSpec, weights: readonly Tensor[], batch: NetBatch): Tensor2D {
  const byName = new Map(netWeights(spec).map(({ name }, index) => [name, weights[index] as Tensor]))
  const weight: WeightOf = <Shape extends Tensor>(name: string) => byName.get(name) as Shape
  const { size } = batch
  const targets = spec.windows.length
  const past = tf.tensor3d(batch.past, [spec.context, size, periodInputs(spec)])
  const encoded = ARCHITECTURES[spec.name].encode(spec, past, weight)
  const embedded = batch.categories.map((rows, at) => weight<Tensor2D>(`embedding${at}`).gather<Tensor2D>(tf.tensor1d(rows, "int32")))
  const series = tf.concat2d([encoded, tf.tensor2d(batch.fixed, [size, SERIES_INPUTS]), ...embedded], 1).matMul(weight<Tensor2D>("decoder_series"))
  const ahead = tf.tensor2d(batch.ahead, [size * targets, aheadInputs(spec)]).matMul(weight<Tensor2D>("decoder_ahead")).add(weight<Tensor1D>("decoder_bias"))
  const hidden = ahead.reshape<Tensor3D>([size, targets, HIDDEN]).add(series.reshape([size, 1, HIDDEN])).relu().reshape<Tensor2D>([size * targets, HIDDEN])
  const lowest = hidden.matMul(weight<Tensor2D>("lowest")).add<Tensor2D>(weight<Tensor1D>("lowest_bias"))
  const steps = hidden.matMul(weight<Tensor2D>("steps")).add<Tensor2D>(weight<Tensor1D>("steps_bias")).softplus()
  const sums = Float32Array.from({ length: LEVELS * LEVELS }, (_, at) => (Math.floor(at / LEVELS) <= at % LEVELS ? 1 : 0))
  return tf.matMul<Tensor2D>(tf.concat2d([lowest, steps], 1), tf.tensor2d(sums, [LEVELS, LEVELS]))
}

/** What a batch is trained towards, `[size × windows]` each; weights are 0 where demand is unknown. */
export interface NetTargets {
  ratios: Float32Array
  weights: Float32Array
}

/** Weighted pinball loss `max(q·e, (q − 1)·e)`, `e = y − ŷ`, of ratios, averaged over windows, targets and levels. */
export function netLoss(spec: NetSpec, weights: readonly Tensor[], batch: NetBatch, targets: NetTargets): Scalar {
  const rows = targets.ratios.length
  const levels = tf.tensor1d([...QUANTILE_LEVELS])
  const error = tf.tensor2d(targets.ratios, [rows, 1]).sub(netRatios(spec, weights, batch))
  const pinball = error.mul(levels).add(error.neg().relu()) // q·e for e ≥ 0, q·e − e below
  return pinball.mul(tf.tensor2d(targets.weights, [rows, 1])).mean()
}
