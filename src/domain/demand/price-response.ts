import { believedSlope, causeEffect, VAGUE_SLOPE, type CauseEffect } from "./conditional-poisson"
import { priorsOfEffects, type OwnEffect } from "./priors-of-effects"
import { isOtherPrice, salesStrata, type PricedStratum } from "./sales-strata"
import { seriesVariant } from "./series-place"
import type { DemandPanel } from "./types"

/** What the sales of a variant and of similar ones said about its price and its promotions. */
export interface PriceResponse {
  variantId: string
  /** Known weeks that were looked at, over all locations. */
  weeks: number
  /** Per unit, lately; `null` where no price is known. */
  usualPrice: number | null
  /** Percent of units a percent of price, normally negative; `null` where its price never moved. */
  elasticity: number | null
  elasticitySd: number | null
  /** Weeks at another price than the usual one, over all locations. */
  priceWeeks: number
  /** Lowest and highest price of a week over the usual one; `null` as above. */
  lowestPrice: number | null
  highestPrice: number | null
  /** Logarithm of units in a promotion over units without; `null` where it had none. */
  promotionEffect: number | null
  promotionSd: number | null
  promotionWeeks: number
}

/** Weeks at another price, or in a promotion, below which a variant says nothing. */
const LEAST_WEEKS = 2
/** Elasticities of a category are never taken to be more alike than this. */
const LEAST_PRICE_SPREAD = 0.5
/** Nor logarithms of uplifts. */
const LEAST_PROMOTION_SPREAD = 0.2
/** Weeks at another price for which the shop's typical dispersion counts beside an item's own. */
const PRIOR_WEEKS = 20
/** Of the normal distribution: nine of ten lie within so many standard deviations. */
const NINE_OF_TEN = 1.6448536269514722

/** Elasticity and uplift of each variant: Poisson regressions of weekly units on the logarithm of price, and on promotions, within quarters (`causeEffect`,
 * `salesStrata`), all locations together, beginning from what category and shop say (`priorsOfEffects`). A variant whose price never moved says nothing: what
 * others did is no reason to believe it of this one.
 *
 * What people pay tells more than what is listed, but it is no experiment: who lowers prices when things sell badly sees too small an effect.
 * @param promoted As for `salesStrata`.
 */
export function priceResponses(panel: DemandPanel, promoted: readonly (Float64Array | null)[] = []): PriceResponse[] {
  const all = salesStrata(panel, promoted)
  const variants = new Map<string, { category: string; strata: PricedStratum[] }>()
  panel.series.forEach(({ seriesId, category }, at) => {
    const variantId = seriesVariant(seriesId)
    const known = variants.get(variantId) ?? { category: category ?? "", strata: [] }
    known.strata.push(...(all[at] ?? []))
    variants.set(variantId, known)
  })
  const found = [...variants].map(([variantId, { category, strata }]) => ({ variantId, category, strata, ...countsOf(strata) }))
  const prices = effectsOf(found.map((one) => (one.priceWeeks >= LEAST_WEEKS ? one : null)), "price", LEAST_PRICE_SPREAD)
  const promotions = effectsOf(found.map((one) => (one.promotionWeeks >= LEAST_WEEKS ? one : null)), "promotion", LEAST_PROMOTION_SPREAD)
  return found.map(({ variantId, weeks, usualPrice, priceWeeks, promotionWeeks, lowestPrice, highestPrice }, at): PriceResponse => {
    const [price, promotion] = [prices[at], promotions[at]]
    return {
      variantId,
      weeks,
      usualPrice,
      elasticity: price?.mean ?? null,
      elasticitySd: price?.sd ?? null,
      priceWeeks,
      lowestPrice: price ? lowestPrice : null,
      highestPrice: price ? highestPrice : null,
      promotionEffect: promotion?.mean ?? null,
      promotionSd: promotion?.sd ?? null,
      promotionWeeks,
    }
  })
}

/** Nine of ten lie between; `isKnown`: all of them on one side of 0, else the history does not show which way it goes. */
export function effectInterval({ mean, sd }: Effect): { low: number; high: number; isKnown: boolean } {
  const [low, high] = [mean - NINE_OF_TEN * sd, mean + NINE_OF_TEN * sd]
  return { low, high, isKnown: low > 0 || high < 0 }
}

/** A normal belief. */
interface Effect {
  mean: number
  sd: number
}

interface Sold {
  category: string
  strata: readonly PricedStratum[]
}

/** The effect of each; `null` for those that are none or whose cause never varied. */
function effectsOf(variants: readonly (Sold | null)[], cause: "price" | "promotion", leastSpread: number): (Effect | null)[] {
  const own = variants.map((one) => {
    if (!one) return null
    const strata = one.strata.map(({ units, exposure, [cause]: values }) => ({ units, exposure, cause: values }))
    const effect = causeEffect(strata)
    return effect && { strata, group: one.category, ...effect }
  })
  const known = steadied(own.flatMap((effect) => effect ?? []))
  const priors = priorsOfEffects(known, leastSpread)
  const believed = known.map(({ strata, dispersion }, at): Effect => {
    const { mean, variance } = believedSlope(strata, priors[at] ?? VAGUE_SLOPE, dispersion)
    return { mean, sd: Math.sqrt(variance) }
  })
  let next = 0
  return own.map((effect) => (effect ? (believed[next++] ?? null) : null))
}

/** Dispersions drawn to what is typical of the shop for items that sell as much, as if that had been seen for `PRIOR_WEEKS`: a few weeks at another price
 * that came out close together by chance are no reason to be sure. Typical is `φ = 1 + α · units a week` with the median α.
 * @see Smyth (2004), Stat. Appl. Genet. Mol. Biol. 3(1), for variances of many likes.
 */
function steadied<One extends OwnEffect & Pick<CauseEffect, "dispersion" | "causePeriods" | "meanUnits">>(effects: readonly One[]): One[] {
  const excesses = effects.map(({ dispersion, meanUnits }) => (dispersion - 1) / Math.max(1e-9, meanUnits)).sort((a, b) => a - b)
  const typical = excesses[excesses.length >> 1] ?? 0
  return effects.map((effect) => {
    const dispersion = (PRIOR_WEEKS * (1 + typical * effect.meanUnits) + effect.causePeriods * effect.dispersion) / (PRIOR_WEEKS + effect.causePeriods)
    return { ...effect, dispersion, variance: (effect.variance * dispersion) / effect.dispersion }
  })
}

function countsOf(strata: readonly PricedStratum[]) {
  let [weeks, priceWeeks, promotionWeeks, lowest, highest] = [0, 0, 0, 0, 0]
  for (const { units, price, promotion } of strata) {
    weeks += units.length
    priceWeeks += price.filter(isOtherPrice).length
    promotionWeeks += promotion.filter((share) => share >= 0.5).length
    lowest = Math.min(lowest, ...price)
    highest = Math.max(highest, ...price)
  }
  // of the latest quarter the place that sold most in it says what is usual
  const sold = ({ units }: PricedStratum) => units.reduce((sum, value) => sum + value, 0)
  const [latest] = [...strata].sort((one, two) => one.quartersBack - two.quartersBack || sold(two) - sold(one))
  return { weeks, priceWeeks, promotionWeeks, usualPrice: latest?.usualPrice ?? null, lowestPrice: Math.exp(lowest), highestPrice: Math.exp(highest) }
}
