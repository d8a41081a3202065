import { knownValues, levelsAt } from "./known-values"
import { levelMember } from "./level-member"
import type { DemandSeries } from "./types"

/** A quarter of a year of weeks: what buyers take for "lately". */
const WINDOW = 13

/** Mean of the last `window` known periods before each period, fewer where there are fewer; shape `[origin + 1]`. */
export function windowLevels(series: DemandSeries, origin: number, index: Float64Array | null = null, window = WINDOW): Float64Array {
  const { values, seen } = knownValues(series, origin, index)
  const means = new Float64Array(values.length + 1)
  let sum = 0
  values.forEach((units, at) => {
    sum += units - (at >= window ? (values[at - window] ?? 0) : 0)
    means[at + 1] = sum / Math.min(window, at + 1)
  })
  return levelsAt(seen, means)
}

/** The mean of the last 13 periods: the buyers' own rule, and hard to beat by much. @see Brown (1963), Smoothing, Forecasting and Prediction of Discrete Time Series. */
export const windowAverage = levelMember("window-average", windowLevels)

/** The mean of all that is known: for demand that never changes. @see Hyndman & Athanasopoulos (2021), Forecasting: Principles and Practice, 3rd ed., 5.2. */
export const historicAverage = levelMember("historic-average", (series, origin, index) => windowLevels(series, origin, index, Infinity))
