import { firstPlace } from "../first-place"
import { titleSimilarity } from "./title-similarity"
import type { DemandPanel, DemandSeries } from "./types"

/** First periods of an item's life from which its kind is known. */
const FIRST_PERIODS = 8
/** Known ones of them that an item must have to lend. */
const LEAST_PERIODS = 4
/** Lenders that a shop needs before anything is borrowed. */
const LEAST_LENDERS = 5
/** Lenders of its category, its price band and (weighted by how alike) of similar titles that say as much of a newcomer as what they are the closer look at. */
const CATEGORY_LENDERS = 10
const PRICE_LENDERS = 20
const TITLE_LENDERS = 5
/** Prices from 1/1.5 to 1.5 times an item's own are of its band. */
const PRICE_BAND = 1.5
/** Least cosine of titles that are alike. */
const LEAST_SIMILARITY = 0.1
/** Of them so many are named. */
const MOST_NAMED = 3
const MOST_DISPERSION = 10
/** Items are never taken to be more alike than this (variance of rates over their squared mean). */
const LEAST_SPREAD = 0.02

/** What items of a kind sell per period when they are new: a gamma distribution of rates over items, by its moments. */
export interface BorrowedPrior {
  /** Units per period. */
  mean: number
  /** Variance of the rate from item to item around what was borrowed for it: the smaller, the more alike they are. */
  between: number
  /** φ of an item's own periods, whose variance is `m + φ·m²`; the typical one. */
  dispersion: number
}

/** A prior, and whose beginnings drew it nearer than the shop's. */
export interface LentPrior extends BorrowedPrior {
  /** Lenders of its category, and of these the ones of its price band. */
  ofCategory: number
  ofPrice: number
  /** Positions in the panel of the lenders with the most similar titles, the nearest first; at most three. Worked out when asked for: forecasts need none. */
  ofTitle: () => number[]
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

/** A prior per series of the panel, from the first eight periods of the other items whose beginning lies in the panel and was before `origin`. Its mean is the
 * shop's, drawn towards that of the same category, then of the same category's price band, then of similar titles, each the more the more items say so. Its variance
 * is how far, relative to it, those items were from what would have been borrowed for them. `null` where the shop has fewer than five.
 * @param mayBeOld Items lend only where the chance that they are older than their first known period is at most this; 1: all.
 */
export function borrowedPriors(panel: DemandPanel, origin: number, mayBeOld = 1): (LentPrior | null)[] {
  const lenders = panel.series.flatMap((series, at) => (mayBeOld >= 1 || chanceOfOld(series, origin) <= mayBeOld ? (lenderOf(series, at, origin) ?? []) : []))
  if (lenders.length < LEAST_LENDERS) return panel.series.map(() => null)
  const lent = lentLevels(panel, lenders, origin)
  const dispersion = Math.min(MOST_DISPERSION, Math.max(0, median(lenders.map((lender) => lender.dispersion))))
  let [missed, squares] = [0, 0]
  for (const { at, mean, periods } of lenders) {
    const expected = lent[at]?.mean ?? 0
    missed += (mean - expected) ** 2 - (mean + dispersion * mean * mean) / periods // less what the noise of few periods makes of it
    squares += expected * expected
  }
  const spread = squares > 0 ? Math.max(LEAST_SPREAD, missed / squares) : LEAST_SPREAD
  return lent.map((level) => (level.mean > 0 ? { ...level, between: spread * level.mean * level.mean, dispersion } : null))
}

interface Lender {
  at: number
  category: string
  price: number
  mean: number
  dispersion: number
  periods: number
}

/** What would be borrowed for each series, itself left out, and from whom. */
function lentLevels({ series }: DemandPanel, lenders: readonly Lender[], origin: number): Omit<LentPrior, "between" | "dispersion">[] {
  const lent = new Map(lenders.map((lender) => [lender.at, lender]))
  const shop = new PricedSums(lenders)
  const inCategory = new Map<string, Lender[]>()
  for (const lender of lenders) {
    const found = inCategory.get(lender.category)
    if (found) found.push(lender)
    else inCategory.set(lender.category, [lender])
  }
  const categories = new Map([...inCategory].map(([name, found]) => [name, new PricedSums(found)]))
  const titles = series.map(({ title }) => title)
  const similar = titleSimilarity(titles, [...lent.keys()])
  return series.map((one, at) => {
    const self = lent.get(at)
    const price = self?.price ?? lastPrice(one, origin)
    const category = categories.get(one.category ?? "")
    const byTitle: Sum = { count: 0, sum: 0 }
    for (const [other, cosine] of similar(at)) {
      if (cosine < LEAST_SIMILARITY) continue
      byTitle.count += cosine
      byTitle.sum += cosine * (lent.get(other)?.mean ?? 0)
    }
    const byCategory = category?.all(self) ?? NOBODY
    const byPrice = category?.priced(price / PRICE_BAND, price * PRICE_BAND, self) ?? NOBODY
    const wide = shop.all(self)
    const mean = drawn(drawn(drawn(wide.sum / wide.count, byCategory, CATEGORY_LENDERS), byPrice, PRICE_LENDERS), byTitle, TITLE_LENDERS)
    return { mean, ofCategory: byCategory.count, ofPrice: byPrice.count, ofTitle: () => nearest(similar(at)) }
  })
}

const nearest = (cosines: ReadonlyMap<number, number>) =>
  [...cosines]
    .filter(([, cosine]) => cosine >= LEAST_SIMILARITY)
    .sort(([one, first], [two, second]) => second - first || one - two)
    .slice(0, MOST_NAMED)
    .map(([index]) => index)

interface Sum {
  count: number
  sum: number
}

const NOBODY: Sum = { count: 0, sum: 0 }

/** The mean of a group, drawn towards that of the wider one as if `wider` of its members had that. */
const drawn = (mean: number, { count, sum }: Sum, wider: number) => (sum + wider * mean) / (count + wider)

/** Sums of lenders' rates, one of them left out. */
class PricedSums {
  private readonly prices: number[]
  /** Over all lenders below each place, the unpriced last. */
  private readonly sums: number[] = [0]

  constructor(lenders: readonly Lender[]) {
    const priced = lenders.filter(({ price }) => price > 0).sort((a, b) => a.price - b.price)
    const ordered = [...priced, ...lenders.filter(({ price }) => !(price > 0))]
    this.prices = priced.map(({ price }) => price)
    for (const { mean } of ordered) this.sums.push((this.sums.at(-1) ?? 0) + mean)
  }

  all(without: Lender | undefined): Sum {
    return this.span(0, this.sums.length - 1, without)
  }

  /** Those with a price in a range that holds the one left out. */
  priced(from: number, to: number, without: Lender | undefined): Sum {
    if (!(from > 0)) return NOBODY
    const placeOf = (holds: (price: number) => boolean) => firstPlace(this.prices.length, (place) => holds(this.prices[place] ?? 0))
    return this.span(
      placeOf((price) => price >= from),
      placeOf((price) => price > to),
      without
    )
  }

  private span(first: number, end: number, without: Lender | undefined): Sum {
    const sum = (this.sums[end] ?? 0) - (this.sums[first] ?? 0)
    return without ? { count: end - first - 1, sum: sum - without.mean } : { count: end - first, sum }
  }
}

function lenderOf(series: DemandSeries, at: number, origin: number): Lender | null {
  if (series.firstPeriod === 0) return null // it may be old
  const values = [...series.units.subarray(series.firstPeriod, Math.min(origin, series.firstPeriod + FIRST_PERIODS))].filter((units) => !Number.isNaN(units))
  if (values.length < LEAST_PERIODS) return null
  const mean = values.reduce((sum, units) => sum + Math.max(0, units), 0) / values.length
  const squares = values.reduce((sum, units) => sum + (units - mean) ** 2, 0) / (values.length - 1)
  return { at, category: series.category ?? "", price: lastPrice(series, origin), mean, dispersion: mean > 0 ? (squares - mean) / (mean * mean) : 1, periods: values.length }
}

/** The chance that an item which sells as often as this one did after its first known period had sold nothing in all the periods before it, though it was there. */
function chanceOfOld({ units, firstPeriod }: DemandSeries, origin: number): number {
  const later = units.subarray(firstPeriod + 1, origin).filter((value) => !Number.isNaN(value))
  const sales = later.reduce((count, value) => count + (value > 0 ? 1 : 0), 0)
  return (1 - (sales + 0.5) / (later.length + 1)) ** firstPeriod
}

function lastPrice(series: DemandSeries, origin: number): number {
  for (let period = origin - 1; period >= series.firstPeriod; period--) {
    const price = series.price[period] ?? NaN
    if (!Number.isNaN(price)) return price
  }
  return NaN
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}
