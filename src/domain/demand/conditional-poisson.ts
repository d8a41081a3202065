/** Units of a stretch of time in which the level may be anything, but one. */
export interface SalesStratum {
  /** Units per period, ≥ 0, shape `[periods]`. */
  units: number[]
  /** What each period's share of the units would be without the effect, up to a common factor, > 0, shape `[periods]`. */
  exposure: number[]
  /** What is thought to move units, shape `[periods]`. */
  cause: number[]
}

/** How strongly a cause moved units: `units ∝ e^(slope · cause)`. */
export interface Slope {
  mean: number
  variance: number
}

/** What one item's own sales say of it. */
export interface CauseEffect extends Slope {
  /** How many times the variance is that of Poisson sales. */
  dispersion: number
  /** Periods whose cause is not the commonest one of their stratum. */
  causePeriods: number
  /** Units a period. */
  meanUnits: number
}

const MOST_STEPS = 60
const CLOSE = 1e-7
/** Slopes before anything is seen: so weak that it only keeps a slope finite where all units fell on one side of the cause. */
export const VAGUE_SLOPE: Slope = { mean: 0, variance: 100 }
const LONGEST_STEP = 2
const MOST_LEVERAGE = 0.9

/** Poisson regression on one cause within strata, each stratum's level conditioned out: given its total, units are multinomial with shares `π_t = exposure_t
 * · e^(β x_t) / Σ exposure · e^(β x)`. Newton steps on `Σ (y_t − n π_t) x_t = 0`, with a vague normal prior on β. Weeks without a sale need no trick as in a
 * regression of logarithms, and a slow trend cannot pass for an effect.
 *
 * Sales vary more than Poisson. The variance is the larger of two: the quasi-Poisson one, `φ / I` with `I = Σ n Var_π(x)` and φ = residual over expected
 * variance, at least 1; and the robust one, `Σ ((y_t − n π_t) (x_t − x̄) / (1 − h_t))² / I²`, where the leverage `h_t = n π_t (x_t − x̄)² / I + π_t` makes up
 * for how far a period pulls the fit to itself (HC3).
 * @returns `null` where the cause never varied within a stratum that sold anything.
 * @see Hausman, Hall & Griliches (1984), Econometrica 52(4); for zeros: Santos Silva & Tenreyro (2006), Rev. Econ. Stat. 88(4); quasi-likelihood: McCullagh &
 * Nelder (1989), ch. 9; leverage: MacKinnon & White (1985), J. Econometrics 29(3).
 */
export function causeEffect(strata: readonly SalesStratum[]): CauseEffect | null {
  const varied = variedOnes(strata)
  if (varied.length === 0) return null
  const slope = likeliestSlope(varied, VAGUE_SLOPE, 1)
  const moments = varied.map((stratum) => ({ ...stratum, ...momentsOf(stratum, slope) }))
  const information = moments.reduce((sum, { total, spread }) => sum + total * spread, 1 / VAGUE_SLOPE.variance)
  let [robust, residual, expected, sold, periods, free] = [0, 0, 0, 0, 0, -1]
  for (const { units, cause, total, mean, shares } of moments) {
    sold += total
    periods += shares.length
    free += shares.length - 1
    shares.forEach((share, at) => {
      const square = ((units[at] ?? 0) - total * share) ** 2
      const distance = ((cause[at] ?? 0) - mean) ** 2
      const leverage = Math.min(MOST_LEVERAGE, (total * share * distance) / information + share)
      residual += square
      expected += total * share * (1 - share)
      robust += (square * distance) / (1 - leverage) ** 2
    })
  }
  const lost = periods / Math.max(1, free)
  const dispersion = Math.max(1, free > 0 && expected > 0 ? (residual / expected) * lost : 1, robust / information)
  const causePeriods = varied.reduce((sum, { cause }) => sum + cause.length - commonest(cause), 0)
  return { mean: slope, variance: dispersion / information, dispersion, causePeriods, meanUnits: sold / periods }
}

/** The slope that is believed in the end: the likeliest one under a prior and sales `dispersion` times as variable as Poisson, with its variance there.
 * @returns The prior where the cause never varied.
 */
export function believedSlope(strata: readonly SalesStratum[], prior: Slope, dispersion: number): Slope {
  const varied = variedOnes(strata)
  const mean = likeliestSlope(varied, prior, dispersion)
  const information = varied.reduce((sum, stratum) => {
    const { total, spread } = momentsOf(stratum, mean)
    return sum + total * spread
  }, 0)
  return { mean, variance: 1 / (information / dispersion + 1 / prior.variance) }
}

const variedOnes = (strata: readonly SalesStratum[]) =>
  strata.filter(({ units, cause }) => units.some((sold) => sold > 0) && cause.some((value) => Math.abs(value - (cause[0] ?? 0)) > CLOSE))

/** By Newton's steps, from the prior's mean. */
function likeliestSlope(strata: readonly SalesStratum[], prior: Slope, dispersion: number): number {
  let slope = prior.mean
  for (let step = 0; step < MOST_STEPS; step++) {
    let [score, information] = [(prior.mean - slope) / prior.variance, 1 / prior.variance]
    for (const stratum of strata) {
      const { total, mean, spread, moment } = momentsOf(stratum, slope)
      score += (moment - total * mean) / dispersion
      information += (total * spread) / dispersion
    }
    const change = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, score / information))
    slope += change
    if (Math.abs(change) < CLOSE) break
  }
  return slope
}

/** How many periods share the commonest cause. */
function commonest(cause: readonly number[]): number {
  const counts = new Map<string, number>()
  for (const value of cause) counts.set(value.toFixed(2), (counts.get(value.toFixed(2)) ?? 0) + 1)
  return Math.max(...counts.values())
}

/** Shares under a slope, with the total of units, mean and variance of the cause under the shares, and `Σ units · cause`. */
function momentsOf({ units, exposure, cause }: SalesStratum, slope: number) {
  const shares = new Float64Array(cause.length)
  let largest = -Infinity
  for (const value of cause) largest = Math.max(largest, slope * value)
  let sum = 0
  for (let at = 0; at < shares.length; at++) sum += shares[at] = exposure[at]! * Math.exp(slope * cause[at]! - largest)
  let [total, mean, square, moment] = [0, 0, 0, 0]
  for (let at = 0; at < shares.length; at++) {
    const share = (shares[at]! /= sum)
    const value = cause[at]!
    total += units[at]!
    moment += units[at]! * value
    mean += share * value
    square += share * value * value
  }
  return { shares, total, mean, spread: Math.max(0, square - mean * mean), moment }
}
