/** Above it the normal approximation is as good, and `exp(−mean)` no longer leaves a number. */
const LARGE_MEAN = 200

/** Quantiles of the Poisson distribution, whole units, ascending for ascending levels: what is wanted of an item that sells one by one at a known rate.
 * @param mean Expected units, ≥ 0.
 * @param levels In (0, 1). */
export function poissonQuantiles(mean: number, levels: readonly number[]): number[] {
  if (!(mean > 0)) return levels.map(() => 0)
  if (mean > LARGE_MEAN) return levels.map((level) => Math.max(0, Math.round(mean + Math.sqrt(mean) * normalQuantile(level))))
  return levels.map((level) => {
    let units = 0
    let chance = Math.exp(-mean)
    for (let below = chance; below < level && units < 4 * LARGE_MEAN; below += chance) {
      units += 1
      chance *= mean / units
    }
    return units
  })
}

/** Abramowitz & Stegun (1964), 26.2.23; absolute error below 4.5e-4. */
function normalQuantile(level: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(level, 1 - level)))
  const value = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  return level < 0.5 ? -value : value
}
