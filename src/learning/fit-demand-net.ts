import { setImmediate as nextTurn } from "node:timers/promises"
import * as tf from "@tensorflow/tfjs"
import type { Tensor } from "@tensorflow/tfjs"
import type { DemandPanel } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import { packModel, unpackModel } from "../domain/model-bytes"
import type { UnpackedModel } from "../domain/model-bytes"
import { createRandom } from "../domain/random"
import { Adam } from "./adam"
import { DemandNet, demandNetWeights, initialDemandNetWeights, weightTensors } from "./demand-net"
import { demandNetLoss, heldOutWql } from "./demand-net-loss"
import { DemandNetInputs } from "./demand-net-inputs"
import { demandNetSpec } from "./demand-net-spec"
import type { DemandNetSpec } from "./demand-net-spec"
import { DemandWindows } from "./demand-windows"
import type { TrainingWatch } from "./training-watch"

/** Windows a step, fewer where there are few, so that a small shop's net also takes many steps. */
const BATCH = { least: 32, most: 256, share: 1 / 16 }
const MAX_NORM = 1
/** Steps between two looks at the held-out periods, two checkpoints and two plans of the time left. */
const ROUND = 50
/** Rounds without a better held-out figure after which the fit ends. */
const PATIENCE = 6
/** Fewer windows than this cannot fit a net of this size. */
const FEWEST_WINDOWS = 64
/** Kind of the bytes that a checkpoint is packed as. */
const CHECKPOINT = "demand-fit"

export interface FitDemandNet {
  seed: number
  /** Wall seconds this fit may take, those before a resume included. */
  timeBudgetSeconds: number
  /** Most steps, whatever the time. */
  maxSteps: number
  learningRate: number
  /** Holds out the last `horizon` periods before `until`: the weights of the best round win. Without it the last weights do. */
  holdOut: boolean
  /** A fitted net to go on from; a fresh one when `null`. */
  start: DemandNet | null
  stage: string
  /** What `onCheckpoint` gave earlier; ignored when it belongs to other data, another seed or another stage. */
  checkpoint: Uint8Array | null
  watch: TrainingWatch
}

export interface FittedDemandNet {
  net: DemandNet
  /** Step whose weights `net` has. */
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
  curve: FittedDemandNet["curve"]
}

/**
 * Fits the global LSTM on the first `until` periods of a panel.
 * Deterministic for one seed, panel and backend unless the time budget cuts it; a resumed fit takes the same steps as an uncut one.
 * @throws ForesightError `invalid_series` when there is too little history, `canceled` when the watch says stop, `invalid_model` when the loss is not finite.
 */
export async function fitDemandNet(panel: DemandPanel, until: number, horizon: number, options: FitDemandNet): Promise<FittedDemandNet> {
  const spec = options.start?.spec ?? demandNetSpec(panel, until, horizon)
  const limit = options.holdOut ? until - horizon : until
  const inputs = new DemandNetInputs(panel, spec, limit)
  const windows = new DemandWindows(panel, spec, inputs, limit)
  if (windows.count < FEWEST_WINDOWS) {
    const found = `${panel.series.length} series over ${until} periods give ${windows.count}`
    throw new ForesightError("invalid_series", `the net needs ${FEWEST_WINDOWS} training windows; ${found}`)
  }
  const fit = new DemandNetFit(panel, spec, { inputs, windows, until, limit }, options)
  try {
    return await fit.run()
  } finally {
    fit.dispose()
  }
}

interface FitData {
  inputs: DemandNetInputs
  windows: DemandWindows
  until: number
  limit: number
}

class DemandNetFit {
  private state: FitState
  private weights: Tensor[]
  private best: Float32Array[]
  private readonly adam: Adam
  private readonly batchSize: number
  private readonly startedAt = performance.now()

  constructor(
    private readonly panel: DemandPanel,
    private readonly spec: DemandNetSpec,
    private readonly data: FitData,
    private readonly options: FitDemandNet
  ) {
    const fingerprint = this.fingerprint()
    const resumed = options.checkpoint ? readCheckpoint(options.checkpoint, fingerprint, demandNetWeights(spec).length) : null
    const fresh = { fingerprint, step: 0, planned: options.maxSteps, secondsBefore: 0, bestStep: 0, bestLoss: null, curve: [] }
    const weights = resumed?.weights ?? options.start?.weights ?? initialDemandNetWeights(spec, options.seed)
    this.state = resumed?.state ?? fresh
    this.batchSize = Math.max(BATCH.least, Math.min(BATCH.most, Math.round(data.windows.count * BATCH.share)))
    this.weights = weightTensors(spec, weights)
    this.best = resumed?.best ?? [...weights]
    this.adam = resumed
      ? new Adam(weightTensors(spec, resumed.first), weightTensors(spec, resumed.second), resumed.state.step)
      : Adam.startingAt(this.weights)
  }

  async run(): Promise<FittedDemandNet> {
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
    return { net: new DemandNet(this.spec, this.best), step: state.bestStep, curve: state.curve }
  }

  private step(): number {
    const { state, spec, options } = this
    const random = createRandom(options.seed * 1_000_003 + state.step)
    const { series, origins } = this.data.windows.draw(this.batchSize, random)
    const batch = this.data.inputs.batch(series, origins)
    const targets = this.data.windows.targets(series, origins, batch.level)
    const rate = options.learningRate * 0.5 * (1 + Math.cos((Math.PI * state.step) / state.planned))
    const { value, grads } = tf.tidy(() =>
      tf.valueAndGrads((...weights: Tensor[]) => demandNetLoss(spec, weights, batch, targets))(this.weights)
    )
    const loss = value.dataSync()[0] as number
    if (!Number.isFinite(loss)) throw new ForesightError("invalid_model", `the loss is ${loss} at step ${state.step}; expected a finite number`)
    this.weights = this.adam.apply(this.weights, grads, rate, MAX_NORM)
    tf.dispose([value, grads])
    state.step += 1
    return loss
  }

  private endRound(loss: number): void {
    const { state, options, data } = this
    const weights = this.weights.map((weight) => Float32Array.from(weight.dataSync()))
    const validationLoss = options.holdOut ? heldOutWql(new DemandNet(this.spec, weights), this.panel, data.limit, data.until) : undefined
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
    return this.options.holdOut && this.state.step - this.state.bestStep >= PATIENCE * ROUND
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

  private fingerprint(): string {
    const units = this.panel.series.reduce((sum, series) => sum + series.units.reduce((total, sold) => total + (sold >= 0 ? sold : 0), 0), 0)
    const { options, data, spec } = this
    return JSON.stringify([spec, options.stage, options.seed, data.until, data.limit, this.panel.periods[0], this.panel.series.length, units])
  }

  private checkpoint(weights: Float32Array[]): Uint8Array {
    const { first, second } = this.adam.moments()
    const numbered = (name: string, arrays: Float32Array[]) => Object.fromEntries(arrays.map((values, index) => [`${name}${index}`, values]))
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
