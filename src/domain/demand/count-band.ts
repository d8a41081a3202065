import { negativeBinomialQuantiles } from "./negative-binomial-quantiles"
import { storedBand, type Band } from "./sum-of-series"
import { QUANTILE_LEVELS } from "./types"

/** A count is taken to vary no less than single sales that come one by one. */
const LEAST_DISPERSION = 1e-6

/** Mean and band of a number of whole units with this mean and variance, negative binomial; nothing for a mean of 0. */
export function countBand(mean: number, variance: number): Band {
  if (!(mean > 0)) return { mean: 0, low: 0, high: 0 }
  const quantiles = new Float64Array(QUANTILE_LEVELS.length)
  negativeBinomialQuantiles(mean, Math.max(LEAST_DISPERSION, (variance - mean) / (mean * mean)), quantiles, 0)
  return storedBand({ mean: [mean], quantiles }, 0)
}
