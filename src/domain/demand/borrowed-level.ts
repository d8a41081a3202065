import type { DemandPanel, DemandSeries } from "./types"

/** First periods of an item's life from which its kind is known. */
const FIRST_PERIODS = 8
/** Known ones of them that an item must have to lend. */
const LEAST_PERIODS = 4
/** Items that are wanted to borrow from; with fewer of the same category and price, those of the category, then of the shop. */
const LEAST_ITEMS = 5
/** Prices from 1/1.5 to 1.5 times an item's own are of its band. */
const PRICE_BAND = 1.5
const MOST_DISPERSION = 10
/** Items are never taken to be more alike than this (variance of rates over their squared mean). */
const LEAST_SPREAD = 0.02
/** What items of a kind sell per period when they are new: a gamma distribution of rates over items, by its moments. */
export interface BorrowedPrior {
  /** Units per period. */
  mean: number
  /** Variance of the rate from item to item: the smaller, the more alike they are. */
  between: number
  /** φ of an item's own periods, whose variance is `m + φ·m²`; the typical one. */
  dispersion: number
  /** Items it was learnt from. */
  items: number
}

/** Gamma–Poisson update: the rate after `periods` known periods with `units` in all is `(K·m + units) / (K + periods)`, as if the prior's mean `m` had been seen
 * for `K` periods: variance of a period over variance from item to item. With Poisson periods this is the conjugate update `(k + units) / (k/m + periods)`,
 * with more variable ones Bühlmann's linear credibility.
 * @see Gelman et al. (2013), Bayesian Data Analysis, 2.6; Bühlmann (1967), ASTIN Bulletin 4(3).
 */
export function borrowedLevel({ mean, between, dispersion }: BorrowedPrior, periods: number, units: number): number {
  const weight = (mean + dispersion * (mean * mean + between)) / between
  return (weight * mean + units) / (weight + periods)
}

/** A prior per series of the panel, from the first eight periods of similar items whose beginning lies in the panel and was before `origin`: of the same
 * category and price band, else of the same category, else of the shop; `null` where fewer than five can lend.
 */
export function borrowedPriors(panel: DemandPanel, origin: number): (BorrowedPrior | null)[] {
  const lenders = panel.series.flatMap((series, at) => lenderOf(series, at, origin) ?? [])
  const byCategory = new Map<string, Lender[]>()
  for (const lender of lenders) byCategory.set(lender.category, [...(byCategory.get(lender.category) ?? []), lender])
  const shop = priorOf(lenders)
  const categories = new Map([...byCategory].map(([name, items]) => [name, priorOf(items)]))
  return panel.series.map((series, at) => {
    const category = series.category ?? ""
    const price = lastPrice(series, origin)
    const alike = (byCategory.get(category) ?? []).filter((lender) => lender.at !== at && lender.price <= price * PRICE_BAND && lender.price >= price / PRICE_BAND)
    return priorOf(alike) ?? categories.get(category) ?? shop
  })
}

interface Lender {
  at: number
  category: string
  price: number
  mean: number
  dispersion: number
  periods: number
}

function lenderOf(series: DemandSeries, at: number, origin: number): Lender | null {
  if (series.firstPeriod === 0) return null // it may be old
  const values = [...series.units.subarray(series.firstPeriod, Math.min(origin, series.firstPeriod + FIRST_PERIODS))].filter((units) => !Number.isNaN(units))
  if (values.length < LEAST_PERIODS) return null
  const mean = values.reduce((sum, units) => sum + Math.max(0, units), 0) / values.length
  const squares = values.reduce((sum, units) => sum + (units - mean) ** 2, 0) / (values.length - 1)
  return { at, category: series.category ?? "", price: lastPrice(series, origin), mean, dispersion: mean > 0 ? (squares - mean) / (mean * mean) : 1, periods: values.length }
}

function lastPrice(series: DemandSeries, origin: number): number {
  for (let period = origin - 1; period >= series.firstPeriod; period--) {
    const price = series.price[period] ?? NaN
    if (!Number.isNaN(price)) return price
  }
  return NaN
}

/** Moments over items: their mean rate, and the variance of rates beyond what the noise of few periods makes of it. */
function priorOf(lenders: readonly Lender[]): BorrowedPrior | null {
  if (lenders.length < LEAST_ITEMS) return null
  const mean = lenders.reduce((sum, lender) => sum + lender.mean, 0) / lenders.length
  if (!(mean > 0)) return null
  const sorted = lenders.map(({ dispersion }) => dispersion).sort((a, b) => a - b)
  const dispersion = Math.min(MOST_DISPERSION, Math.max(0, sorted[sorted.length >> 1] ?? 1))
  const between = lenders.reduce((sum, lender) => sum + (lender.mean - mean) ** 2, 0) / (lenders.length - 1)
  const noise = lenders.reduce((sum, lender) => sum + (lender.mean + dispersion * lender.mean ** 2) / lender.periods, 0) / lenders.length
  return { mean, between: Math.max(between - noise, LEAST_SPREAD * mean * mean), dispersion, items: lenders.length }
}
