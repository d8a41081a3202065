import * as tf from "@tensorflow/tfjs"
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs"
import { QUANTILE_LEVELS } from "../domain/demand/types"
import { longRunLevel } from "../domain/demand/explain/long-run-level"
import { partsByOcclusion, type OccludedCause } from "../domain/demand/explain/occlusion"
import { sampleIndexes } from "../domain/demand/sample-indexes"
import { scaleLevels } from "../domain/demand/scale-levels"
import type { DemandForecast, DemandModel, DemandPanel, DemandParts, DemandSeries, ExplainedSpan } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import { createRandom, nextNormal } from "../domain/random"
import { DemandNetInputs } from "./demand-net-inputs"
import type { DemandBatch } from "./demand-net-inputs"
import { EMBEDDING, PERIOD_INPUTS, SERIES_INPUTS, TARGET_INPUTS } from "./demand-net-spec"
import type { DemandNetSpec } from "./demand-net-spec"
import { calibrationFactors } from "./level-calibration"
import type { PastForecasts } from "./level-calibration"
import { lastLstmState } from "./lstm"
import { OCCLUDED_CAUSES, withoutInputs } from "./occlude-demand-batch"

const LEVELS = QUANTILE_LEVELS.length
/** Windows forecast in one pass. */
const FORECAST_BATCH = 1024
/** Most series whose earlier forecasts are looked at, evenly spread over the panel. */
const CALIBRATION_SERIES = 4000
/** Weights of the horizon before the origin and of the one before that. */
const CALIBRATION_WEIGHTS = [1, 0.5]
/** Forecasts kept per panel, which must not change meanwhile: those of one origin and of the two before it. */
const REMEMBERED = 4

/** The net's weights in their fixed order: name and shape. */
function demandNetWeights({ units, hidden, horizon, categories }: DemandNetSpec): [name: string, shape: number[]][] {
  return [
    ["lstm_input", [PERIOD_INPUTS, 4 * units]],
    ["lstm_recurrent", [units, 4 * units]],
    ["lstm_bias", [4 * units]],
    ["embedding", [categories.length + 1, EMBEDDING]],
    ["hidden", [units + EMBEDDING + SERIES_INPUTS + horizon * TARGET_INPUTS, hidden]],
    ["hidden_bias", [hidden]],
    ["output", [hidden, horizon * LEVELS]],
    ["output_bias", [horizon * LEVELS]],
  ]
}

/** First weights: normal with variance 2 / (in + out) (Glorot), biases 0, the forget gates' 1, and quantiles spread over 0 … 2.5 levels. */
export function initialDemandNetWeights(spec: DemandNetSpec, seed: number): Float32Array[] {
  const random = createRandom(seed)
  return demandNetWeights(spec).map(([name, shape]) => {
    const [rows, columns] = shape as [number, number | undefined]
    if (name === "lstm_bias") return Float32Array.from({ length: rows }, (_, at) => (at >= spec.units && at < 2 * spec.units ? 1 : 0))
    if (name === "output_bias") return Float32Array.from({ length: rows }, (_, at) => (at % LEVELS === 0 ? 0 : -1.7))
    if (columns === undefined) return new Float32Array(rows)
    const deviation = name === "embedding" ? 0.1 : Math.sqrt(2 / (rows + columns))
    return Float32Array.from({ length: rows * columns }, () => deviation * nextNormal(random))
  })
}

/** Tensors of the weights, for one pass or one training; the caller disposes of them. */
export function weightTensors(spec: DemandNetSpec, weights: readonly Float32Array[]): Tensor[] {
  return demandNetWeights(spec).map(([name, shape], index) => {
    const values = weights[index]
    const size = shape.reduce((product, dimension) => product * dimension, 1)
    if (values?.length !== size) {
      throw new ForesightError("invalid_model", `the net's weight ${name} has ${values?.length ?? 0} numbers; expected ${size}`)
    }
    return tf.tensor(values, shape)
  })
}

/**
 * Quantiles as ratios to the level, `[size, horizon, levels]`, ascending: the lowest is free, each next one adds a softplus. They may lie
 * below 0 while the net learns (a cut would stop the gradient of items that sell seldom); forecasts cut them.
 */
export function demandNetRatios(spec: DemandNetSpec, weights: readonly Tensor[], batch: DemandBatch): Tensor3D {
  const [lstmInput, lstmRecurrent, lstmBias, embedding, hidden, hiddenBias, output, outputBias] = weights as [
    Tensor2D, Tensor2D, Tensor, Tensor2D, Tensor2D, Tensor, Tensor2D, Tensor,
  ]
  const past = tf.tensor3d(batch.past, [spec.context, batch.size, PERIOD_INPUTS])
  const state = lastLstmState(past, lstmInput, lstmRecurrent, lstmBias)
  const category = embedding.gather<Tensor2D>(tf.tensor1d(batch.category, "int32"))
  const known = tf.tensor2d(batch.known, [batch.size, batch.known.length / batch.size])
  const features = tf.concat2d([state, category, known], 1)
  const raw = features.matMul(hidden).add(hiddenBias).relu().matMul(output).add(outputBias).reshape([batch.size * spec.horizon, LEVELS])
  const lowest = raw.slice([0, 0], [-1, 1])
  const steps = raw.slice([0, 1], [-1, LEVELS - 1]).softplus()
  const sums = tf.tensor2d(
    Float32Array.from({ length: LEVELS * LEVELS }, (_, at) => (Math.floor(at / LEVELS) <= at % LEVELS ? 1 : 0)),
    [LEVELS, LEVELS]
  )
  return tf.concat([lowest, steps], 1).matMul(sums).reshape([batch.size, spec.horizon, LEVELS])
}

/** Share of the distribution that each level stands for when the quantile function is integrated to the mean; sums to 1. */
const MEAN_SHARES = QUANTILE_LEVELS.map((level, index) => {
  const below = QUANTILE_LEVELS[index - 1]
  const above = QUANTILE_LEVELS[index + 1]
  return (above === undefined ? 1 : (level + above) / 2) - (below === undefined ? 0 : (below + level) / 2)
})

/** A trained global LSTM: one set of weights for all series, quantiles of each period ahead. */
export class DemandNet implements DemandModel {
  readonly name = "lstm"
  private readonly memory = new WeakMap<DemandPanel, Map<string, DemandForecast[]>>()

  constructor(
    readonly spec: DemandNetSpec,
    readonly weights: readonly Float32Array[]
  ) {}

  /**
   * Units of each series for the `horizon` periods from `origin` on, without any refitting; nothing from `origin` on is read. The levels are
   * scaled by what would have made the net's forecasts for the two full horizons before `origin` best.
   * @throws ForesightError `invalid_model` when the horizon or the frequency is not what the net was trained for.
   */
  forecast(panel: DemandPanel, origin: number, horizon: number): DemandForecast[] {
    if (horizon > this.spec.horizon || panel.frequency !== this.spec.frequency) {
      const { horizon: most, frequency } = this.spec
      const asked = `${horizon} periods of a ${panel.frequency}`
      throw new ForesightError("invalid_model", `the net forecasts up to ${most} periods of a ${frequency}; asked for ${asked}`)
    }
    const factors = this.factorsAt(panel, origin)
    return this.remembered(panel, origin, [...panel.series.keys()]).map(({ seriesId, quantiles: raw }) => {
      const quantiles = raw.slice(0, horizon * LEVELS)
      scaleLevels(quantiles, factors)
      return { seriesId, mean: means(quantiles, horizon), quantiles }
    })
  }

  /** Parts by occlusion of the season's, the price's and the category's inputs; the scaling is kept. */
  explain(panel: DemandPanel, origin: number, _horizon: number, { periods, which }: ExplainedSpan): DemandParts[] {
    const factors = this.factorsAt(panel, origin)
    const longRun = which.map((at) => periods * longRunLevel(panel.series[at] as DemandSeries, origin, panel.frequency).demand)
    const expected = (without: readonly OccludedCause[]) =>
      this.rawForecast(panel, origin, which, without).map(({ quantiles: raw }) => {
        const quantiles = raw.slice(0, periods * LEVELS)
        scaleLevels(quantiles, factors)
        return means(quantiles, periods).reduce((sum, units) => sum + units, 0)
      })
    return partsByOcclusion(OCCLUDED_CAUSES, expected, longRun)
  }

  /** A factor per level, from the two full horizons before `origin`. */
  private factorsAt(panel: DemandPanel, origin: number): Float64Array {
    const sample = sampleIndexes(panel.series.length, CALIBRATION_SERIES)
    const past: PastForecasts[] = []
    for (const [back, weight] of CALIBRATION_WEIGHTS.entries()) {
      const earlier = origin - (back + 1) * this.spec.horizon
      if (earlier < this.spec.context / 2) continue
      past.push({ origin: earlier, forecasts: this.remembered(panel, earlier, sample), series: sample, weight })
    }
    return calibrationFactors(panel, past, origin)
  }

  /** `rawForecast()` over the whole horizon; a backtest, whose origins are a horizon apart, asks for the same ones again and again. */
  private remembered(panel: DemandPanel, origin: number, which: number[]): DemandForecast[] {
    const memory = this.memory.get(panel) ?? new Map<string, DemandForecast[]>()
    this.memory.set(panel, memory)
    const key = `${origin}/${which.length}`
    const forecasts = memory.get(key) ?? this.rawForecast(panel, origin, which)
    memory.delete(key)
    memory.set(key, forecasts)
    const [oldest] = memory.keys()
    if (memory.size > REMEMBERED && oldest !== undefined) memory.delete(oldest)
    return forecasts
  }

  /** The net's own word over its whole horizon, without the scaling: what its training watches.
   * @param which Positions of the series in the panel; all when left out. @param without Causes whose inputs are left out.
   */
  rawForecast(panel: DemandPanel, origin: number, which: readonly number[] = [...panel.series.keys()], without: readonly OccludedCause[] = []) {
    const { spec } = this
    const inputs = new DemandNetInputs(panel, spec, origin)
    const weights = weightTensors(spec, this.weights)
    const forecasts: DemandForecast[] = []
    try {
      for (let start = 0; start < which.length; start += FORECAST_BATCH) {
        const series = which.slice(start, start + FORECAST_BATCH).map((index) => panel.series[index] as DemandSeries)
        const batch = withoutInputs(inputs.batch(series, Array.from(series, () => origin)), without)
        const ratios = tf.tidy(() => demandNetRatios(spec, weights, batch).dataSync())
        for (const [index, { seriesId }] of series.entries()) {
          const from = index * spec.horizon * LEVELS
          const quantiles = Float64Array.from(ratios.subarray(from, from + spec.horizon * LEVELS), (ratio) => {
            return Math.max(0, ratio * (batch.level[index] as number))
          })
          forecasts.push({ seriesId, mean: means(quantiles, spec.horizon), quantiles })
        }
      }
    } finally {
      tf.dispose(weights)
    }
    return forecasts
  }
}

function means(quantiles: Float64Array, horizon: number): Float64Array {
  return Float64Array.from({ length: horizon }, (_, ahead) =>
    MEAN_SHARES.reduce((mean, share, level) => mean + share * (quantiles[ahead * LEVELS + level] as number), 0)
  )
}
