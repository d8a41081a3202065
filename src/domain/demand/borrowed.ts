import { borrowedLevel, borrowedPriors } from "./borrowed-level"
import { explainedByLevel } from "./explain/explained-by-level"
import { knownValues, levelsAt } from "./known-values"
import { spreadForecasts } from "./spread-forecasts"
import type { DemandModel } from "./types"

/** Share by which a period weighs less than the next one. */
const FADING = 0.1
/** Known periods without any sale after which an item is no newcomer that may still begin to sell. */
const PATIENCE = 8

/** Newcomers borrow: what similar items sold per period when they were new (`borrowedPriors`), updated by the mean of their own periods, the latest of which
 * weigh most. The longer an item has sold the less it borrows. Before the first known period it says nothing.
 */
export const borrowed: DemandModel = explainedByLevel({
  name: "borrowed",
  forecast: (panel, origin, horizon, sums) => {
    const priors = borrowedPriors(panel, origin)
    const point = panel.series.map((series, at) => {
      const { values, seen } = knownValues(series, origin)
      const means = new Float64Array(values.length + 1)
      let [weight, units] = [0, 0]
      values.forEach((value, index) => {
        weight = (1 - FADING) * weight + 1
        units = (1 - FADING) * units + Math.max(0, value)
        const prior = priors[at]
        const [own, known] = [units / weight, index + 1]
        means[known] = prior && (own > 0 || known < PATIENCE) ? borrowedLevel(prior, known, known * own) : own
      })
      const levels = levelsAt(seen, means)
      return { at: (period: number) => levels[period] ?? NaN, scale: null }
    })
    return spreadForecasts(panel, origin, horizon, point, sums)
  },
})
