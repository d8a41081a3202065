import { gammaQuantiles } from "./gamma-quantiles"
import { logGamma } from "./log-gamma"
import { QUANTILE_LEVELS } from "./types"

/** Above it single units do not matter: gamma of the same shape. */
const LARGE_MEAN = 1000
/** Standard deviations below the mean at which summing may begin: what lies below is not 1e-12 of the whole. */
const DEEP = 12

/** Writes the quantiles at `QUANTILE_LEVELS` of demand with mean `m` and variance `m + φ·m²` to `into` from `offset` on: negative binomial, whole
 * units; above 1,000 units gamma. Each is the least number with at least that share at or below it. All 0 for a mean of 0.
 * @param dispersion φ > 0.
 */
export function negativeBinomialQuantiles(mean: number, dispersion: number, into: Float64Array, offset: number): void {
  const levels = QUANTILE_LEVELS.length
  if (!(mean > 0)) {
    into.fill(0, offset, offset + levels)
    return
  }
  const size = 1 / dispersion
  if (mean > LARGE_MEAN) return gammaQuantiles(mean, size, into, offset)
  const share = mean / (size + mean)
  let units = Math.max(0, Math.floor(mean - DEEP * Math.sqrt(mean + dispersion * mean * mean)))
  // P(0) = (r / (r + m))^r; P(k) = Γ(k + r) / (k! Γ(r)) · P(0) · (m / (r + m))^k
  const logZero = -size * Math.log1p(mean / size)
  const logFirst = units === 0 ? logZero : logGamma(units + size) - logGamma(units + 1) - logGamma(size) + logZero + units * Math.log(share)
  let chance = Math.exp(logFirst)
  let below = chance
  for (let level = 0; level < levels; level++) {
    while (below < (QUANTILE_LEVELS[level] ?? 1)) {
      chance *= ((units + size) / (units + 1)) * share
      units++
      below += chance
    }
    into[offset + level] = units
  }
}
