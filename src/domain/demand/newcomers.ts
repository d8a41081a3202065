import { borrowedPriors, type BorrowedPrior } from "./borrowed-level"
import { classOf } from "./class-of"
import { countBand } from "./count-band"
import { gammaQuantiles } from "./gamma-quantiles"
import { panelSample } from "./panel-part"
import { seriesVariant } from "./series-place"
import { storedBand, type Band } from "./sum-of-series"
import { QUANTILE_LEVELS, type DemandPanel, type DemandSeries } from "./types"

/** A variant that was created lately and has not sold yet. */
export interface UnsoldVariant {
  variantId: string
  category: string | null
  title: string
  /** Asked for a unit, in the currency of the panel's prices; `null` where nobody knows. */
  price: number | null
}

/** A variant that is new, and what it may be expected to sell a week at one location: what others sold when they were new. */
export interface Newcomer extends BorrowedPrior {
  variantId: string
  /** Known weeks since its beginning; 0 where it has not sold yet. */
  knownWeeks: number
  /** Others that were new before it: of its category (of those without one, where it has none), and of these the ones of a similar price. */
  ofCategory: number
  ofPrice: number
  /** Variants with the most similar titles, the nearest first; at most three. */
  ofTitle: string[]
}

/** What begins to sell late in a short past may be an old slow item: lenders of what is known to be new must have begun themselves, but for one in five. */
const MAY_BE_OLD = 0.2
/** Series that lend, evenly spread over a larger panel: more of them say no more. */
const MOST_LENDERS = 5_000
/** New series that are looked at, those known the shortest. */
const MOST_NEW = 2_000

/** Everything that is new, the unsold first, with what those that were new before it sold (`borrowedPriors`); nothing where the shop has fewer than five whose beginning it saw.
 * Of a series that is as old as the panel nobody knows whether it is new. A variant at several locations is looked at where it has been the longest. */
export function newcomersOf(panel: DemandPanel, unsold: readonly UnsoldVariant[]): Newcomer[] {
  const origin = panel.periods.length
  const isNew = (series: DemandSeries) => series.firstPeriod > 0 && classOf(series, origin) === "new"
  const known = panelSample({ ...panel, series: panel.series.filter((series) => !isNew(series)) }, MOST_LENDERS).series
  const young = panel.series.filter(isNew).sort((one, two) => two.firstPeriod - one.firstPeriod).slice(0, MOST_NEW)
  const series = [...known, ...young, ...unsold.map((variant) => asSeries(variant, origin))]
  const priors = borrowedPriors({ frequency: panel.frequency, periods: panel.periods, series }, origin, MAY_BE_OLD)
  const idOf = (at: number) => seriesVariant(series[at]?.seriesId ?? "")
  const found = new Map<string, Newcomer>()
  for (const [at, one] of series.entries()) {
    const [variantId, prior, knownWeeks] = [idOf(at), priors[at], knownWeeksOf(one, origin)]
    if (at < known.length || !prior || (found.get(variantId)?.knownWeeks ?? -1) >= knownWeeks) continue
    const { ofTitle, ...lent } = prior
    const similar = ofTitle().map(idOf).filter((id) => id !== variantId)
    found.set(variantId, { variantId, knownWeeks, ...lent, ofTitle: [...new Set(similar)] })
  }
  return [...found.values()].sort((one, two) => one.knownWeeks - two.knownWeeks || (one.variantId < two.variantId ? -1 : 1))
}

/** Units a week of an item like this over its first weeks: mean, and the range that eight of ten lie in. The rate is gamma distributed over items. */
export function newcomerRate({ mean, between }: BorrowedPrior): Band {
  const quantiles = new Float64Array(QUANTILE_LEVELS.length)
  gammaQuantiles(mean, (mean * mean) / between, quantiles, 0)
  return storedBand({ mean: [mean], quantiles }, 0)
}

/** Units of its first `weeks` weeks together, whole units. Mean `w·m`; the variance is that of the rate and that of the weeks, `w²·B + w·(m + φ·(m² + B))`, as a
 * negative binomial distribution.
 * @param weeks > 0, parts of weeks as such. */
export function newcomerTotal({ mean, between, dispersion }: BorrowedPrior, weeks: number): Band {
  return countBand(weeks * mean, weeks * weeks * between + weeks * (mean + dispersion * (mean * mean + between)))
}

/** A series of which nothing is known but its category, price and title. */
function asSeries({ variantId, category, title, price }: UnsoldVariant, origin: number): DemandSeries {
  const unknown = () => new Float64Array(origin).fill(NaN)
  const asked = unknown()
  if (price !== null && origin > 0) asked[origin - 1] = price
  return { seriesId: variantId, category, title, firstPeriod: Math.max(0, origin - 1), units: unknown(), price: asked }
}

function knownWeeksOf({ units, firstPeriod }: DemandSeries, origin: number): number {
  return units.subarray(firstPeriod, origin).reduce((known, value) => known + (Number.isNaN(value) ? 0 : 1), 0)
}
