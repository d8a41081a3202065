import { classOf, DEMAND_CLASSES, forEachClass } from "./class-of"
import { isZeroForecast, sumQuantiles } from "./demand-paths"
import { MetricSums, SCORE_LEVELS } from "./metrics"
import type { PathDraws } from "./path-draws"
import type { DemandClass, DemandForecast, DemandPanel, DemandSeries } from "./types"

/** What happened from one origin on. `classes[i]` is `null` for a series unknown before it. */
export interface Origin {
  at: number
  classes: (DemandClass | null)[]
  actuals: Float64Array[]
}

/** How one model did from one origin on. */
export interface OriginScores {
  byClass: Record<DemandClass, MetricSums>
  /** Pinball loss of each series' sum, units, shape `[series]`; `NaN` where it could not be scored. */
  losses: Float64Array
}

/** Whether anything is known of a series before a period. */
export const isKnownBefore = ({ firstPeriod, units }: DemandSeries, at: number): boolean => firstPeriod < at && units.subarray(0, at).some((value) => !Number.isNaN(value))

export function originOf(panel: DemandPanel, at: number, horizon: number): Origin {
  return {
    at,
    classes: panel.series.map((series) => (isKnownBefore(series, at) ? classOf(series, at) : null)),
    actuals: panel.series.map((series) => series.units.subarray(at, at + horizon)),
  }
}

/** Scores forecasts of single periods and of the sum over `sumPeriods`, drawn with the correlation between periods of each class. Periods with
 * unknown demand count neither alone nor in sums. */
export function scoreOrigin(
  origin: Origin,
  forecasts: readonly DemandForecast[],
  correlation: Record<DemandClass, number>,
  sumPeriods: number,
  draws: PathDraws,
  seconds: number
): OriginScores {
  const byClass = forEachClass(() => new MetricSums())
  const losses = new Float64Array(origin.classes.length).fill(NaN)
  const nothing = new Float64Array(SCORE_LEVELS.length)
  forecasts.forEach((forecast, index) => {
    const demandClass = origin.classes[index]
    const actuals = origin.actuals[index]
    if (!demandClass || !actuals) return
    const sums = byClass[demandClass]
    sums.addPeriods(forecast, actuals)
    const sum = actuals.subarray(0, sumPeriods).reduce((units, value) => units + value, 0)
    if (Number.isNaN(sum)) return
    const before = sums.sumPinball
    sums.addSum(sum, isZeroForecast(forecast) ? nothing : sumQuantiles(forecast, sumPeriods, correlation[demandClass], draws, SCORE_LEVELS))
    losses[index] = sums.sumPinball - before
  })
  const counted = DEMAND_CLASSES.reduce((sum, demandClass) => sum + byClass[demandClass].count, 0)
  for (const demandClass of DEMAND_CLASSES) byClass[demandClass].seconds = counted > 0 ? (seconds * byClass[demandClass].count) / counted : 0
  return { byClass, losses }
}

/** Loss of each series over several origins, each by the scores that `of` names for its class there; `NaN` for a series without any.
 * @param of Scores at the origin with this number; `null` leaves the class out. */
export function seriesLosses(origins: readonly Origin[], of: (origin: number, demandClass: DemandClass) => OriginScores | null | undefined): Float64Array {
  const losses = new Float64Array(origins[0]?.classes.length ?? 0).fill(NaN)
  origins.forEach(({ classes }, at) => {
    classes.forEach((demandClass, series) => {
      const loss = (demandClass && of(at, demandClass)?.losses[series]) ?? NaN
      if (!Number.isNaN(loss)) losses[series] = (Number.isNaN(losses[series] ?? NaN) ? 0 : (losses[series] ?? 0)) + loss
    })
  })
  return losses
}

/** All classes together. */
export const totalOf = (results: readonly OriginScores[]): MetricSums =>
  results.reduce((sum, result) => DEMAND_CLASSES.reduce((part, demandClass) => part.add(result.byClass[demandClass]), sum), new MetricSums())
