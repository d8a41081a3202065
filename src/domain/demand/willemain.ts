import { createRandom } from "../random"
import { zeroForecast } from "./demand-paths"
import { knownValues } from "./known-values"
import { sumsWithin } from "./point-forecaster"
import { quantileIndex } from "./select-quantile"
import { QUANTILE_LEVELS, type DemandModel } from "./types"

const PATHS = 400
/** Known periods that are drawn from: more of them are another time. */
const RECENT = 78

/** Bootstrap of intermittent demand: sold or not follows a two-state Markov chain counted in the series' own past, beginning with its last period; sizes are
 * drawn from its past sales and jittered, `1 + ⌊x + z√x⌋` for whole sales (the sale itself where that is not above 0). 400 futures a series from a seed of its
 * place in the panel: the same each time. Periods of a sum are drawn together. Without sales it is 0 throughout.
 * @see Willemain, Smart & Schwarz (2004), Int. J. Forecasting 20(3).
 */
export const willemain: DemandModel = {
  name: "willemain",
  forecast: (panel, origin, horizon, sums) =>
    panel.series.map((series, at) => {
      const forecast = zeroForecast(series.seriesId, horizon)
      const wanted = sumsWithin(sums, horizon)
      const { values } = knownValues(series, origin)
      const recent = values.subarray(Math.max(0, values.length - RECENT))
      const paths = recent.some((units) => units > 0) ? drawPaths(recent, horizon, at) : new Float64Array(horizon * PATHS)
      for (let ahead = 0; ahead < horizon; ahead++) {
        forecast.mean[ahead] = writeQuantiles(paths.slice(ahead * PATHS, (ahead + 1) * PATHS), forecast.quantiles, ahead * QUANTILE_LEVELS.length)
      }
      if (!sums) return forecast
      forecast.sums = wanted.map((periods) => {
        const totals = new Float64Array(PATHS)
        for (let draw = 0; draw < periods * PATHS; draw++) totals[draw % PATHS]! += paths[draw] ?? 0
        const quantiles = new Float64Array(QUANTILE_LEVELS.length)
        return { periods, mean: writeQuantiles(totals, quantiles, 0), quantiles }
      })
      return forecast
    }),
}

/** Futures, period-major, shape `[horizon × PATHS]`. */
function drawPaths(values: Float64Array, horizon: number, seed: number): Float64Array {
  const random = createRandom(Math.imul(seed + 1, 0x9e3779b1))
  const sizes = values.filter((units) => units > 0)
  const whole = sizes.every(Number.isInteger)
  // Counts of moves from [not sold, sold] to sold, with half a move of either kind known beforehand.
  const from = [1, 1]
  const sold = [0.5, 0.5]
  for (let at = 1; at < values.length; at++) {
    const state = (values[at - 1] ?? 0) > 0 ? 1 : 0
    from[state]! += 1
    if ((values[at] ?? 0) > 0) sold[state]! += 1
  }
  const chance = sold.map((moves, state) => moves / (from[state] ?? 1))
  const first = (values.at(-1) ?? 0) > 0 ? 1 : 0
  const paths = new Float64Array(horizon * PATHS)
  for (let path = 0; path < PATHS; path++) {
    let state = first
    for (let ahead = 0; ahead < horizon; ahead++) {
      state = random() < (chance[state] ?? 0) ? 1 : 0
      if (state === 0) continue
      const size = sizes[Math.floor(random() * sizes.length)] ?? 0
      const jittered = size + nearNormal(random) * Math.sqrt(size)
      const rounded = whole ? 1 + Math.floor(jittered) : jittered
      paths[ahead * PATHS + path] = rounded > 0 ? rounded : size
    }
  }
  return paths
}

/** Close to standard normal, quickly: four uniform numbers. */
function nearNormal(random: () => number): number {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3)
}

/** Sorts the draws, writes their quantiles and gives their mean. */
function writeQuantiles(draws: Float64Array, into: Float64Array, offset: number): number {
  draws.sort()
  QUANTILE_LEVELS.forEach((level, at) => (into[offset + at] = draws[quantileIndex(draws.length, level)] ?? 0))
  return draws.reduce((sum, units) => sum + units, 0) / draws.length
}
