import { logGamma } from "./log-gamma"
import { QUANTILE_LEVELS } from "./types"

/** Shapes between which quantiles are interpolated, per doubling: closer than 1e-4 of the mean. */
const NODES_PER_DOUBLING = 16
const TINY = 1e-15
const MOST_STEPS = 10_000

const nodes = new Map<number, Float64Array>()

/** Writes the quantiles at `QUANTILE_LEVELS` of a gamma distribution with this mean and shape (variance = mean² / shape) to `into` from `offset` on. */
export function gammaQuantiles(mean: number, shape: number, into: Float64Array, offset: number): void {
  const position = Math.log2(shape) * NODES_PER_DOUBLING
  const lower = Math.floor(position)
  const share = position - lower
  const [from, to] = [node(lower), node(lower + 1)]
  for (let level = 0; level < QUANTILE_LEVELS.length; level++) into[offset + level] = mean * ((1 - share) * (from[level] ?? 0) + share * (to[level] ?? 0))
}

/** Quantiles for mean 1, kept: items share their shapes. */
function node(at: number): Float64Array {
  const known = nodes.get(at)
  if (known) return known
  const shape = 2 ** (at / NODES_PER_DOUBLING)
  const made = Float64Array.from(QUANTILE_LEVELS, (level) => inverse(shape, level) / shape)
  nodes.set(at, made)
  return made
}

/** x with P(shape, x) = level: halving an interval that is known to hold it. */
function inverse(shape: number, level: number): number {
  let high = shape + 1
  while (regularizedGamma(shape, high) < level) high *= 2
  let low = 0
  for (let step = 0; step < 200 && high - low > 1e-12 * high && high > Number.MIN_VALUE; step++) {
    const middle = (low + high) / 2
    if (regularizedGamma(shape, middle) < level) low = middle
    else high = middle
  }
  return high
}

/** P(a, x) = γ(a, x) / Γ(a), the share of a gamma distribution of shape `a` and scale 1 below `x`.
 * Series below a + 1, Legendre's continued fraction above.
 * @see Abramowitz & Stegun (1964), 6.5.29 and 6.5.31; Lentz (1976), Applied Optics 15(3).
 */
export function regularizedGamma(a: number, x: number): number {
  if (x <= 0) return 0
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; term > sum * TINY; n++) sum += term *= x / (a + n)
    return front * sum
  }
  // 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))) by Lentz's forward rule: numerators over numerators, denominators over denominators.
  let bottom = x + 1 - a
  let above = 1 / TINY
  let below = 1 / bottom
  let value = below
  for (let n = 1, change = 0; n < MOST_STEPS && Math.abs(change - 1) > TINY; n++) {
    const top = n * (a - n)
    bottom += 2
    below = 1 / (bottom + top * below)
    above = bottom + top / above
    change = above * below
    value *= change
  }
  return 1 - front * value
}
