import { poissonQuantiles } from "../../src/domain/demand/poisson-quantiles"
import type { DemandPanel, DemandSeries } from "../../src/domain/demand/types"
import { createRandom, nextNormal } from "../../src/domain/random"
import { aPanel, aSeries } from "./demand-builders"

const WEEKS = 104

/** Two years of weekly sales of `items` items in three categories, 2 to 60 a week, with a season that all share, trends of their own, sales more variable than Poisson, a
 * price rise for good and weeks at lower prices: each with its true elasticity.
 * @param elasticityOf Drawn for an item of a category, with a standard normal number for the item. */
export function aPricedPanel(seed: number, items: number, elasticityOf: (category: number, normal: number) => number): { panel: DemandPanel; elasticities: number[] } {
  const random = createRandom(seed)
  const elasticities: number[] = []
  const series = Array.from({ length: items }, (_, item): DemandSeries => {
    const category = item % 3
    const elasticity = elasticityOf(category, nextNormal(random))
    elasticities.push(elasticity)
    const level = Math.exp(Math.log(2) + random() * Math.log(30))
    const trend = 0.3 * (random() - 0.5)
    const regular = 5 + 20 * random()
    const rise = Math.floor(WEEKS * random())
    const price = Float64Array.from({ length: WEEKS }, (_, week) => (week < rise ? regular : 1.06 * regular))
    for (let week = 4 + Math.floor(20 * random()); week < WEEKS; week += 12 + Math.floor(20 * random())) {
      const off = 0.1 + 0.25 * random()
      for (const promoted of random() < 0.5 ? [week] : [week, week + 1]) if (promoted < WEEKS) price[promoted]! *= 1 - off
    }
    const units = Array.from(price, (paid, week) => {
      const season = 1 + 0.4 * Math.sin((2 * Math.PI * (week + 5 * category)) / 52)
      const mean = level * Math.exp((trend * week) / 52) * season * (paid / regular) ** elasticity
      return poissonDraw(random, mean * Math.exp(0.35 * nextNormal(random) - 0.06125))
    })
    // a price is known from the weeks with a sale
    let last = NaN
    const paid = price.map((value, week) => (last = units[week]! > 0 ? value : last))
    return aSeries(units, { category: `c${category}`, price: paid, firstPeriod: 0 })
  })
  return { panel: aPanel(series), elasticities }
}

/** By inversion. */
function poissonDraw(random: () => number, mean: number): number {
  return poissonQuantiles(Math.max(1e-6, mean), [random()])[0] ?? 0
}
