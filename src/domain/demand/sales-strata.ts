import type { SalesStratum } from "./conditional-poisson"
import type { DemandPanel, DemandSeries } from "./types"

/** Periods in which an item's level is taken to stand still: a quarter of weeks. */
const STRATUM_PERIODS = 13
/** Prices within 2% of the usual one are the usual one. */
const SAME_PRICE = 0.02
/** Of a price below this share of the usual one people speak as of an offer. */
const OFFER_PRICE = 0.95
/** More of a period's units made up for lack of stock than this, and nobody knows what it would have sold. */
const MOST_MADE_UP = 0.02
/** Units a period for which "as always" counts beside what others sold. */
const PRIOR_UNITS = 20
/** One period of an item counts for the others' season as at most so many of its usual ones: a bulk order makes no season. */
const LARGEST_UNITS = 5

/** A quarter of one series: for each known period what was sold, what others say of the time, and at what price. */
export interface PricedStratum extends Omit<SalesStratum, "cause"> {
  /** Logarithm of the price over the usual one, shape `[periods]`. */
  price: number[]
  /** Share of each period in a promotion, or 1 where the price paid was that of an offer, shape `[periods]`. */
  promotion: number[]
  /** The median price of the quarter. */
  usualPrice: number
  /** 0 for the last quarter of the panel. */
  quartersBack: number
}

/** Cuts each series into quarters, the last one ending with the panel. Periods of unknown demand, or with much of it made up for lack of stock, are left out;
 * so are quarters without a sale.
 *
 * A price is seen only when something sells. Between two sales at one price it was that price; else it is taken to have been the usual one.
 *
 * Season and what moves all at once come from other items at their usual prices, of the category and beyond it of the shop: units over usual units of the
 * same period, the item itself left out.
 * @param promoted Share of each period in a known promotion, per series of the panel, shape `[≥ periods]` each; `null` where there was none.
 */
export function salesStrata(panel: DemandPanel, promoted: readonly (Float64Array | null)[]): PricedStratum[][] {
  const periods = panel.periods.length
  const drafts = panel.series.map((series, at) => draftsOf(series, periods, promoted[at] ?? null))
  const shop = usualSales(periods)
  const categories = new Map<string, UsualSales>()
  const addAll = (sign: 1 | -1, quarters: readonly Draft[], sales: UsualSales) => quarters.forEach((quarter) => addUsual(sign, quarter, sales))
  panel.series.forEach(({ category }, at) => {
    const own = categories.get(category ?? "") ?? usualSales(periods)
    categories.set(category ?? "", own)
    for (const sales of [shop, own]) addAll(1, drafts[at] ?? [], sales)
  })
  return panel.series.map(({ category }, at) => {
    const quarters = drafts[at] ?? []
    const own = categories.get(category ?? "") ?? shop
    for (const sales of [shop, own]) addAll(-1, quarters, sales)
    const made = quarters.map(({ at: when, units, price, promotion, usualPrice, quartersBack }): PricedStratum => {
      const exposure = when.map((period) => {
        const whole = (shop.units[period]! + PRIOR_UNITS) / (shop.usual[period]! + PRIOR_UNITS)
        return (own.units[period]! + PRIOR_UNITS * whole) / (own.usual[period]! + PRIOR_UNITS)
      })
      return { units, exposure: exposure.map((share) => Math.max(1e-6, share)), price, promotion, usualPrice, quartersBack }
    })
    for (const sales of [shop, own]) addAll(1, quarters, sales)
    return made
  })
}

/** Whether a period was sold at another price than the usual one. */
export const isOtherPrice = (price: number) => Math.abs(price) >= SAME_PRICE

interface Draft {
  /** Periods of the panel that are known. */
  at: number[]
  units: number[]
  price: number[]
  promotion: number[]
  usualPrice: number
  quartersBack: number
  /** Mean units of periods at the usual price; 0 where there is none. */
  usualUnits: number
}

function draftsOf(series: DemandSeries, periods: number, promoted: Float64Array | null): Draft[] {
  const drafts: Draft[] = []
  for (let to = periods; to > series.firstPeriod; to -= STRATUM_PERIODS) {
    const known: number[] = []
    for (let period = Math.max(series.firstPeriod, to - STRATUM_PERIODS); period < to; period++) {
      const units = series.units[period] ?? NaN
      if (units >= 0 && !((series.madeUp?.[period] ?? 0) > MOST_MADE_UP * units) && !isMixed(series, period)) known.push(period)
    }
    const isSeen = (period: number) => series.units[period]! > 0 && series.price[period]! > 0
    const usualPrice = median(known.filter(isSeen).map((period) => series.price[period] as number))
    if (usualPrice === null || known.length < 2) continue
    const units = known.map((period) => series.units[period] as number)
    const paid = known.map((period) => (isSeen(period) ? (series.price[period] as number) : betweenSales(series, period, usualPrice)))
    const price = paid.map((amount) => Math.log(amount / usualPrice))
    const promotion = known.map((period, at) => Math.max(Math.min(1, promoted?.[period] ?? 0), Math.exp(price[at]!) <= OFFER_PRICE ? 1 : 0))
    const usual = units.filter((_, at) => isUsual(price[at]!, promotion[at]!))
    const quartersBack = Math.floor((periods - to) / STRATUM_PERIODS)
    const usualUnits = usual.length > 0 ? usual.reduce((sum, sold) => sum + sold, 0) / usual.length : 0
    drafts.push({ at: known, units, price, promotion, usualPrice, quartersBack, usualUnits })
  }
  return drafts
}

const isUsual = (price: number, promotion: number) => !isOtherPrice(price) && promotion === 0

/** Whether the price changed within the period: what was paid then lies between the prices before and after, and belongs to neither. */
function isMixed({ price, units }: DemandSeries, period: number): boolean {
  if (!(units[period]! > 0)) return false
  const [before, own, after] = [Math.log(price[period - 1] ?? NaN), Math.log(price[period] ?? NaN), Math.log(price[period + 1] ?? NaN)]
  const [from, to] = [own - before, after - own]
  return Math.abs(from) > SAME_PRICE && Math.abs(to) > SAME_PRICE && from > 0 === to > 0
}

/** The price of a period without a sale. */
function betweenSales({ price, units }: DemandSeries, period: number, usualPrice: number): number {
  const before = price[period] ?? NaN // carried forward from the last sale
  let next = period + 1
  while (next < units.length && !(units[next]! > 0 && price[next]! > 0)) next++
  const after = price[next] ?? NaN
  return before > 0 && Math.abs(Math.log(after / before)) < SAME_PRICE ? before : usualPrice
}

function median(values: number[]): number | null {
  const sorted = values.sort((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1] ?? null
}

/** Units sold at usual prices, and what would have been usual for those who did, per period. */
interface UsualSales {
  units: Float64Array
  usual: Float64Array
}
const usualSales = (periods: number): UsualSales => ({ units: new Float64Array(periods), usual: new Float64Array(periods) })

function addUsual(sign: 1 | -1, { at, units, price, promotion, usualUnits }: Draft, sales: UsualSales): void {
  if (usualUnits === 0) return
  at.forEach((period, index) => {
    if (!isUsual(price[index]!, promotion[index]!)) return
    sales.units[period]! += sign * Math.min(units[index]!, LARGEST_UNITS * usualUnits)
    sales.usual[period]! += sign * usualUnits
  })
}
