import { classOf, DEMAND_CLASSES, forEachClass } from "./class-of"
import { MetricSums, naiveScale, SCORE_COLUMNS } from "./metrics"
import type { DemandClass, DemandForecast, DemandPanel, DemandSeries } from "./types"

/** What happened from one origin on. `classes[i]` is `null` for a series unknown before it. */
export interface Origin {
  at: number
  classes: (DemandClass | null)[]
  series: readonly DemandSeries[]
}

/** How one model did over the origins so far. */
export interface BacktestScores {
  byClass: Record<DemandClass, MetricSums>
  /** Pinball loss of each series' sums, units, shape `[series]`; `NaN` where none could be scored. */
  losses: Float64Array
}

/** Whether anything is known of a series before a period. */
export const isKnownBefore = ({ firstPeriod, units }: DemandSeries, at: number): boolean => firstPeriod < at && units.subarray(0, at).some((value) => !Number.isNaN(value))

export function originOf({ series }: DemandPanel, at: number): Origin {
  return { at, series, classes: series.map((one) => (isKnownBefore(one, at) ? classOf(one, at) : null)) }
}

export const noScores = (series: number): BacktestScores => ({ byClass: forEachClass(() => new MetricSums()), losses: new Float64Array(series).fill(NaN) })

/** Adds forecasts of single periods and of the sum over `sumPeriods` to a model's scores. Periods with unknown demand count neither alone nor in sums.
 * @param forecasts In the order of the panel, with that sum. @param seconds That they took, shared out among the classes. */
export function addScores(scores: BacktestScores, { at, classes, series }: Origin, forecasts: readonly DemandForecast[], sumPeriods: number, seconds: number): void {
  const counted = classes.filter((demandClass) => demandClass !== null).length
  forecasts.forEach((forecast, index) => {
    const [demandClass, units] = [classes[index], series[index]?.units]
    if (!demandClass || !units) return
    const sums = scores.byClass[demandClass]
    const actuals = units.subarray(at, at + forecast.mean.length)
    sums.addPeriods(forecast, actuals, naiveScale(units, at))
    sums.seconds += seconds / counted
    const actual = actuals.subarray(0, sumPeriods).reduce((sum, value) => sum + value, 0)
    const quantiles = forecast.sums?.find(({ periods }) => periods === sumPeriods)?.quantiles
    if (Number.isNaN(actual) || !quantiles) return
    const before = sums.sumPinball
    sums.addSum(
      actual,
      Float64Array.from(SCORE_COLUMNS, (column) => quantiles[column] ?? 0)
    )
    scores.losses[index] = (scores.losses[index] || 0) + sums.sumPinball - before
  })
}

/** All classes together. */
export const totalOf = ({ byClass }: BacktestScores): MetricSums => DEMAND_CLASSES.reduce((total, demandClass) => total.add(byClass[demandClass]), new MetricSums())
