import * as tf from "@tensorflow/tfjs"
import { meanOfQuantiles } from "../../domain/demand/boosted/level-interpolation"
import { longRunLevel } from "../../domain/demand/explain/long-run-level"
import { partsByOcclusion, type OccludedCause } from "../../domain/demand/explain/occlusion"
import { QUANTILE_LEVELS, type DemandForecast, type DemandModel, type DemandSeries } from "../../domain/demand/types"
import { ForesightError } from "../../domain/errors"
import { netRatios, netTensors } from "./net-decoder"
import { NetInputs } from "./net-inputs"
import type { NetSpec } from "./net-spec"
import { causesOf, withoutInputs } from "./occlude-net-batch"
import type { TrainedNet } from "./train-net"

const LEVELS = QUANTILE_LEVELS.length
/** Windows forecast in one pass. */
const BATCH = 512

/** A trained net as a demand model: every period ahead and every sum it learnt, for any panel of its frequency. Quantiles are not rounded.
 * @param name Which of several nets of one architecture it is. */
export function netModel(name: string, { spec, weights }: Pick<TrainedNet, "spec" | "weights">): DemandModel {
  return {
    name,
    forecast: (panel, origin, horizon, sums = []) => {
      if (horizon > spec.horizon || panel.frequency !== spec.frequency) {
        const asked = `${horizon} periods of a ${panel.frequency}`
        throw new ForesightError("invalid_model", `the net ${spec.name} forecasts up to ${spec.horizon} periods of a ${spec.frequency}; asked for ${asked}`)
      }
      const quantiles = netQuantiles(spec, weights, panel.series, new NetInputs(panel, spec), origin)
      return panel.series.map(({ seriesId }, index): DemandForecast => {
        const row = (which: number) => quantiles.subarray((index * spec.windows.length + which) * LEVELS, (index * spec.windows.length + which + 1) * LEVELS)
        const mean = Float64Array.from({ length: horizon }, (_, ahead) => meanOfQuantiles(row(ahead), 0))
        const totals = spec.windows.flatMap(({ from, to }, which) =>
          from === 0 && sums.includes(to) ? [{ periods: to, mean: meanOfQuantiles(row(which), 0), quantiles: row(which).slice() }] : []
        )
        return { seriesId, mean, quantiles: quantiles.slice(index * spec.windows.length * LEVELS, (index * spec.windows.length + horizon) * LEVELS), sums: totals }
      })
    },
    explain: (panel, origin, _horizon, { periods, which }) => {
      const inputs = new NetInputs(panel, spec)
      const asked = which.map((at) => panel.series[at] as DemandSeries)
      const longRun = asked.map((series) => periods * longRunLevel(series, origin, panel.frequency).demand)
      const expected = (without: readonly OccludedCause[]) => {
        const quantiles = netQuantiles(spec, weights, asked, inputs, origin, without)
        return asked.map((_, at) => {
          let sum = 0
          for (let ahead = 0; ahead < periods; ahead++) sum += meanOfQuantiles(quantiles, (at * spec.windows.length + ahead) * LEVELS)
          return sum
        })
      }
      return partsByOcclusion(causesOf(spec), expected, longRun)
    },
  }
}

/** Units of each window of the spec at all levels for some series of the panel of the inputs, `[series, windows, levels]`, ascending, ≥ 0. @param without Causes whose inputs are left out. */
function netQuantiles(
  spec: NetSpec,
  weights: readonly Float32Array[],
  series: readonly DemandSeries[],
  inputs: NetInputs,
  origin: number,
  without: readonly OccludedCause[] = []
): Float64Array {
  const tensors = netTensors(spec, weights)
  const width = spec.windows.length * LEVELS
  const quantiles = new Float64Array(series.length * width)
  try {
    for (let start = 0; start < series.length; start += BATCH) {
      const part = series.slice(start, start + BATCH)
      const batch = withoutInputs(spec, inputs.batch(part, Array.from(part, () => origin)), without)
      const ratios = tf.tidy(() => netRatios(spec, tensors, batch).dataSync())
      for (const [at, ratio] of ratios.entries()) {
        const window = Math.floor(at / LEVELS)
        const { from, to } = spec.windows[window % spec.windows.length] as { from: number; to: number }
        quantiles[start * width + at] = Math.max(0, ratio * (batch.scale[window] as number) * (to - from))
      }
    }
  } finally {
    tf.dispose(tensors)
  }
  return quantiles
}
