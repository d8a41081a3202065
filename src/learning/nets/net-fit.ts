import { setImmediate as nextTurn } from "node:timers/promises"
import * as tf from "@tensorflow/tfjs"
import type { Scalar, Tensor } from "@tensorflow/tfjs"
import { ForesightError } from "../../domain/errors"
import { createRandom } from "../../domain/random"
import { Adam } from "../adam"

const MAX_NORM = 1
/** Steps between two points of the curve, and two plans of the time left. */
const ROUND = 50

export interface NetFitOptions {
  seed: number
  /** Most steps, whatever the time. */
  steps: number
  /** Wall seconds after which, at the end of a round of 50 steps, no further step is planned. */
  seconds: number
  learningRate: number
  /** Hears of every step; what it throws ends the fit. */
  tell: (step: { step: number; steps: number; loss?: number }) => void
}

/** What is trained: its weights and its loss. */
export interface NetTrainee {
  readonly first: readonly Float32Array[]
  /** Tensors of weights; the caller disposes of them. */
  tensors(values: readonly Float32Array[]): Tensor[]
  /** Draws a batch; its loss for given weights is worked out within `tf.tidy()`. */
  draw(random: () => number): (weights: Tensor[]) => Scalar
}

export interface FittedNetWeights {
  weights: readonly Float32Array[]
  /** Mean loss of every round of 50 steps. */
  curve: { step: number; loss: number }[]
}

/** Trains by Adam with a rate that falls along a cosine to 0 at the last step.
 * Deterministic for one seed, data and backend unless the seconds cut it.
 * @throws ForesightError `invalid_model` when the loss is not finite.
 */
export async function fitNetWeights(trainee: NetTrainee, { seed, steps, seconds, learningRate, tell }: NetFitOptions): Promise<FittedNetWeights> {
  const startedAt = performance.now()
  const curve: FittedNetWeights["curve"] = []
  let weights = trainee.tensors(trainee.first)
  const adam = new Adam(weights)
  try {
    let planned = steps
    let roundLoss = 0
    for (let step = 0; step < planned; ) {
      const lossOf = trainee.draw(createRandom(seed * 1_000_003 + step))
      const { value, grads } = tf.tidy(() => tf.valueAndGrads((...tensors: Tensor[]) => lossOf(tensors))(weights))
      const loss = value.dataSync()[0] as number
      if (Number.isFinite(loss)) weights = adam.apply(weights, grads, 0.5 * learningRate * (1 + Math.cos((Math.PI * step) / planned)), MAX_NORM)
      tf.dispose([value, grads])
      if (!Number.isFinite(loss)) throw new ForesightError("invalid_model", `the loss is ${loss} at step ${step}; expected a finite number`)
      roundLoss += loss
      step += 1
      if (step % ROUND === 0 || step === planned) {
        curve.push({ step, loss: roundLoss / (step % ROUND || ROUND) })
        roundLoss = 0
        const passed = (performance.now() - startedAt) / 1000
        planned = Math.min(steps, step + Math.max(0, Math.floor(((seconds - passed) * step) / passed))) // may grow again on a machine that was busy for a while
      }
      const last = curve.at(-1)
      tell({ step, steps: planned, ...(last && { loss: last.loss }) })
      await nextTurn() // lets messages in: a cancel arrives between two steps
    }
    return { weights: weights.map((weight) => Float32Array.from(weight.dataSync())), curve }
  } finally {
    tf.dispose(weights)
    adam.dispose()
  }
}
