import { createRandom, nextNormal } from "../random"
import { QUANTILE_LEVELS } from "./types"

/** The chance behind demand paths, drawn once and used for every series: common random numbers keep advice of items comparable and make it fast. */
export interface PathDraws {
  readonly paths: number
  /** Rank of each path in one period, shape `[paths]`, a permutation of `0 … paths − 1`; correlated between periods by `correlation`. */
  ranks(correlation: number, period: number, stream: number): Uint32Array
  /** Standard normal numbers independent of all ranks, shape `[paths]`, in rank-exact form (their sample is the normal's own quantiles). */
  normals(): Float64Array
  /** For rank `r`: the lower and upper of two neighbouring `QUANTILE_LEVELS` and the weight of the upper (outside [0, 1] in the tails). */
  readonly lower: Uint8Array
  readonly upper: Uint8Array
  readonly weight: Float64Array
}

/** Independent streams that are kept; further ones use the first again. A box that every product is packed in has thousands of parts: memory stays small
 * and the few that share a stream make its sum a little too wide, not too narrow. */
const MAX_STREAMS = 64

/** Draws for `paths` futures. Each period's marginal is stratified (path with rank `r` sits at probability `(r + ½) / paths`), so quantiles of a
 * single period are met exactly; the dependence is a Gaussian copula with equal correlation ρ: `z = √ρ·g + √(1 − ρ)·e`.
 * @param seed Same seed, same draws; a period's draws do not depend on how many periods are asked for.
 */
export function createPathDraws({ paths, seed }: { paths: number; seed: number }): PathDraws {
  const columns = new Map<string, Uint32Array>()
  const normalsOf = (stream: number, period: number) => {
    const random = createRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b) ^ Math.imul(period + 2, 0xc2b2ae35))
    return Float64Array.from({ length: paths }, () => nextNormal(random))
  }
  const commons = new Map<number, Float64Array>()
  const common = (stream: number) => {
    const known = commons.get(stream) ?? normalsOf(stream, -1)
    commons.set(stream, known)
    return known
  }
  let leads: Float64Array | undefined
  return {
    paths,
    ranks(correlation, period, asked) {
      const stream = asked % MAX_STREAMS
      const key = `${correlation}/${stream}/${period}`
      let column = columns.get(key)
      if (!column) {
        const own = normalsOf(stream, period)
        const shared = common(stream)
        const a = Math.sqrt(correlation)
        const b = Math.sqrt(1 - correlation)
        column = ranksOf(own.map((value, path) => a * (shared[path] ?? 0) + b * value))
        columns.set(key, column)
      }
      return column
    },
    normals() {
      leads ??= Float64Array.from(ranksOf(normalsOf(-1, -1)), (rank) => normalQuantile((rank + 0.5) / paths))
      return leads
    },
    ...levelPositions(paths),
  }
}

function ranksOf(values: Float64Array): Uint32Array {
  const order = Uint32Array.from(values, (_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Uint32Array(values.length)
  order.forEach((path, rank) => (ranks[path] = rank))
  return ranks
}

/** Where each rank lies between the stored levels: linear between levels; below the lowest the line of the lowest two goes on to at most one
 * more step (and never under 0, see `drawPeriod`); above the highest an exponential tail through the last two. */
function levelPositions(paths: number): Pick<PathDraws, "lower" | "upper" | "weight"> {
  const lower = new Uint8Array(paths)
  const upper = new Uint8Array(paths)
  const weight = new Float64Array(paths)
  const last = QUANTILE_LEVELS.length - 1
  const [first, second] = QUANTILE_LEVELS
  const [beforeTop, top] = [QUANTILE_LEVELS[last - 1] ?? 0, QUANTILE_LEVELS[last] ?? 1]
  for (let rank = 0, level = 0; rank < paths; rank++) {
    const probability = (rank + 0.5) / paths
    while (level < last - 1 && probability > (QUANTILE_LEVELS[level + 1] ?? 1)) level++
    lower[rank] = level
    upper[rank] = level + 1
    const [from, to] = [QUANTILE_LEVELS[level] ?? 0, QUANTILE_LEVELS[level + 1] ?? 1]
    if (probability < first) weight[rank] = (probability - first) / Math.max(first, second - first)
    else if (probability > top) weight[rank] = 1 + Math.log((1 - top) / (1 - probability)) / Math.log((1 - beforeTop) / (1 - top))
    else weight[rank] = (probability - from) / (to - from)
  }
  return { lower, upper, weight }
}

/** Adds one period's demand of every path to `into` (shape `[paths]`, from `offset`): `scale` × the value at the path's rank in `quantiles`. */
export function drawPeriod(draws: PathDraws, ranks: Uint32Array, quantiles: Float64Array, row: number, scale: number, into: Float64Array, offset: number): void {
  const start = row * QUANTILE_LEVELS.length
  const { lower, upper, weight } = draws
  for (let path = 0; path < ranks.length; path++) {
    const rank = ranks[path] as number
    const from = quantiles[start + (lower[rank] as number)] as number
    const to = quantiles[start + (upper[rank] as number)] as number
    const value = from + (to - from) * (weight[rank] as number)
    if (value > 0) into[offset + path] = (into[offset + path] as number) + scale * value
  }
}

/** Inverse of the standard normal distribution, absolute error below 4.5e-4: enough for days of lead time.
 * @see Abramowitz & Stegun (1964), 26.2.23.
 */
function normalQuantile(probability: number): number {
  const tail = Math.min(probability, 1 - probability)
  const t = Math.sqrt(-2 * Math.log(tail))
  const value = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  return probability < 0.5 ? -value : value
}
