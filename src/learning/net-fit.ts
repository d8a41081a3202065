import { setImmediate as nextTurn } from "node:timers/promises"
import * as tf from "@tensorflow/tfjs"
import type { Scalar, Tensor } from "@tensorflow/tfjs"
import { ForesightError } from "../domain/errors"
import { packModel, unpackModel } from "../domain/model-bytes"
import type { UnpackedModel } from "../domain/model-bytes"
import { createRandom } from "../domain/random"
import { Adam } from "./adam"
import type { TrainingWatch } from "./training-watch"

const MAX_NORM = 1
/** Steps between two looks at the held-out periods, two checkpoints and two plans of the time left. */
const ROUND = 50
/** Kind of the bytes that a checkpoint is packed as. */
const CHECKPOINT = "demand-fit"

export interface NetFitOptions {
  seed: number
  /** Wall seconds this fit may take, those before a resume included. */
  timeBudgetSeconds: number
  /** Most steps, whatever the time. */
  maxSteps: number
  learningRate: number
  /** Rounds of 50 steps without a better held-out figure after which the fit ends. */
  patience: number
  stage: string
  /** What `onCheckpoint` gave earlier; ignored when it belongs to other data, another seed or another stage. */
  checkpoint: Uint8Array | null
  watch: TrainingWatch
}

/** What is trained: its weights, its loss and what it is judged by. */
export interface NetTrainee {
  readonly first: readonly Float32Array[]
  /** What this training must share with a checkpoint of it. */
  readonly fingerprint: string
  /** Tensors of weights, or of anything of their shape; the caller disposes of them. */
  tensors(values: readonly Float32Array[]): Tensor[]
  /** Draws a batch; its loss for given weights is worked out within `tf.tidy()`. */
  draw(random: () => number): (weights: Tensor[]) => Scalar
  /** Loss of what is held out; `undefined` where nothing is, and the last weights are then the best. */
  heldOut(weights: readonly Float32Array[]): number | undefined
}

export interface FittedNetWeights {
  weights: readonly Float32Array[]
  /** Step whose weights they are. */
  step: number
  curve: { step: number; loss: number; validationLoss?: number }[]
}

interface FitState {
  fingerprint: string
  step: number
  planned: number
  secondsBefore: number
  bestStep: number
  /** `null` before the first look: JSON knows no infinity. */
  bestLoss: number | null
  curve: FittedNetWeights["curve"]
}

/** Trains by Adam with a rate that falls along a cosine; the weights of the best round win.
 * Deterministic for one seed, data and backend unless the time budget cuts it; a resumed fit takes the same steps as an uncut one.
 * @throws ForesightError `canceled` when the watch says stop, `invalid_model` when the loss is not finite.
 */
export async function fitNetWeights(trainee: NetTrainee, options: NetFitOptions): Promise<FittedNetWeights> {
  const fit = new NetFit(trainee, options)
  try {
    return await fit.run()
  } finally {
    fit.dispose()
  }
}

class NetFit {
  private state: FitState
  private weights: Tensor[]
  private best: readonly Float32Array[]
  private readonly adam: Adam
  private readonly startedAt = performance.now()

  constructor(
    private readonly trainee: NetTrainee,
    private readonly options: NetFitOptions
  ) {
    const { first, fingerprint } = trainee
    const resumed = options.checkpoint ? readCheckpoint(options.checkpoint, fingerprint, first.length) : null
    const fresh = { fingerprint, step: 0, planned: options.maxSteps, secondsBefore: 0, bestStep: 0, bestLoss: null, curve: [] }
    const weights = resumed?.weights ?? first
    this.state = resumed?.state ?? fresh
    this.weights = trainee.tensors(weights)
    this.best = resumed?.best ?? [...weights]
    this.adam = resumed ? new Adam(trainee.tensors(resumed.first), trainee.tensors(resumed.second), resumed.state.step) : Adam.startingAt(this.weights)
  }

  async run(): Promise<FittedNetWeights> {
    const { state, options } = this
    let roundLoss = 0
    let roundSteps = 0
    while (state.step < state.planned && !this.isStale()) {
      if (options.watch.shouldStop()) throw new ForesightError("canceled", `the training was canceled at step ${state.step} of ${state.planned}`)
      roundLoss += this.step()
      roundSteps += 1
      this.report()
      await nextTurn() // lets messages in: a cancel arrives between two steps
      if (state.step % ROUND === 0 || state.step === state.planned) {
        this.endRound(roundLoss / roundSteps)
        roundLoss = 0
        roundSteps = 0
      }
    }
    return { weights: this.best, step: state.bestStep, curve: state.curve }
  }

  private step(): number {
    const { state, options } = this
    const lossOf = this.trainee.draw(createRandom(options.seed * 1_000_003 + state.step))
    const rate = options.learningRate * 0.5 * (1 + Math.cos((Math.PI * state.step) / state.planned))
    const { value, grads } = tf.tidy(() => tf.valueAndGrads((...weights: Tensor[]) => lossOf(weights))(this.weights))
    const loss = value.dataSync()[0] as number
    if (!Number.isFinite(loss)) {
      tf.dispose([value, grads])
      throw new ForesightError("invalid_model", `the loss is ${loss} at step ${state.step}; expected a finite number`)
    }
    this.weights = this.adam.apply(this.weights, grads, rate, MAX_NORM)
    tf.dispose([value, grads])
    state.step += 1
    return loss
  }

  private endRound(loss: number): void {
    const { state, options } = this
    const weights = this.weights.map((weight) => Float32Array.from(weight.dataSync()))
    const validationLoss = this.trainee.heldOut(weights)
    if (validationLoss === undefined || state.bestLoss === null || validationLoss < state.bestLoss) {
      state.bestLoss = validationLoss ?? null
      state.bestStep = state.step
      this.best = weights
    }
    state.curve.push({ step: state.step, loss, ...(validationLoss === undefined ? {} : { validationLoss }) })
    const left = Math.floor((options.timeBudgetSeconds - this.seconds()) / this.secondsPerStep())
    state.planned = Math.min(options.maxSteps, state.step + Math.max(0, left)) // may grow again on a machine that was busy for a while
    this.report()
    options.watch.onCheckpoint(this.checkpoint(weights), state.step)
  }

  private isStale(): boolean {
    return this.state.bestLoss !== null && this.state.step - this.state.bestStep >= this.options.patience * ROUND
  }

  private seconds(): number {
    return this.state.secondsBefore + (performance.now() - this.startedAt) / 1000
  }

  private secondsPerStep(): number {
    return this.seconds() / Math.max(1, this.state.step)
  }

  private report(): void {
    const { state, options } = this
    const last = state.curve.at(-1)
    options.watch.onProgress({
      stage: options.stage,
      step: state.step,
      steps: state.planned,
      ...(last ? { loss: last.loss } : {}),
      ...(last?.validationLoss === undefined ? {} : { validationLoss: last.validationLoss }),
      secondsLeft: (state.planned - state.step) * this.secondsPerStep(),
    })
  }

  private checkpoint(weights: Float32Array[]): Uint8Array {
    const { first, second } = this.adam.moments()
    const numbered = (name: string, arrays: readonly Float32Array[]) => Object.fromEntries(arrays.map((values, index) => [`${name}${index}`, values]))
    return packModel(
      CHECKPOINT,
      { ...this.state, secondsBefore: this.seconds() },
      { ...numbered("weight", weights), ...numbered("best", this.best), ...numbered("first", first), ...numbered("second", second) }
    )
  }

  dispose(): void {
    tf.dispose(this.weights)
    this.adam.dispose()
  }
}

type Resumed = Record<"weights" | "best" | "first" | "second", Float32Array[]> & { state: FitState }

/** `null` for a checkpoint of another training or another release: the fit then starts afresh. */
function readCheckpoint(bytes: Uint8Array, fingerprint: string, count: number): Resumed | null {
  let packed: UnpackedModel
  try {
    packed = unpackModel(CHECKPOINT, bytes)
  } catch (error) {
    if (error instanceof ForesightError) return null
    throw error
  }
  const state = packed.meta as FitState
  if (state.fingerprint !== fingerprint) return null
  const array = (name: string) => (packed.names.includes(name) ? packed.array(name, "f4") : new Float32Array())
  const numbered = (name: string) => Array.from({ length: count }, (_, index) => array(`${name}${index}`))
  return { state, weights: numbered("weight"), best: numbered("best"), first: numbered("first"), second: numbered("second") }
}
