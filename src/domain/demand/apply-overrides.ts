import type { Day } from "../day"
import { daysBetween } from "../day"
import { poissonQuantiles } from "./poisson-quantiles"
import { QUANTILE_LEVELS, type Frequency } from "./types"

/** What somebody who knows better says of the days from `fromDay` to `toDay`, both included. Exactly one of the two numbers is set. */
export interface ForecastOverride {
  fromDay: Day
  toDay: Day
  /** Units a week, ≥ 0. */
  unitsPerWeek: number | null
  /** What the forecast is multiplied by, ≥ 0. */
  factor: number | null
}

interface WeeklyForecast {
  firstDay: Day
  frequency: Frequency
  mean: readonly number[]
  quantiles: readonly number[]
}

const DAYS_PER_WEEK = 7
/** No forecast is made longer than this for an override that reaches beyond it. */
const MOST_WEEKS = 60
const LEVELS = QUANTILE_LEVELS.length
/** Level at which a forecast must say more than 0 for its own shape to be worth keeping. */
const SHAPE_LEVEL = QUANTILE_LEVELS.indexOf(0.9)

/** The weekly forecast with what was set by hand.
 *
 * Each day of a week counts a seventh: with `k` of its days set to `u` units a week its mean becomes `(7 − k)/7 · m + k/7 · u` (by a factor `f`: `k/7 · f · m`).
 * Its quantiles are multiplied by new mean / old mean, so that the band keeps its relative width. Where the old forecast has no shape to keep (its 0.9 quantile
 * is 0) the week becomes a Poisson distribution with the new mean. Of several overrides of one day the last given holds.
 * An override that reaches the forecast's last week makes the forecast longer by the weeks it speaks of and one more, so that what is repeated beyond the
 * horizon is the model's own last week. Forecasts that are not weekly are left alone.
 * @param overrides Oldest first.
 */
export function applyOverrides<Forecast extends WeeklyForecast>(forecast: Forecast, overrides: readonly ForecastOverride[]): Forecast {
  const horizon = forecast.mean.length
  const spans = overrides
    .map((override) => ({ ...override, from: daysBetween(forecast.firstDay, override.fromDay), to: daysBetween(forecast.firstDay, override.toDay) }))
    .filter(({ from, to }) => to >= 0 && from <= to)
  if (forecast.frequency !== "week" || horizon === 0 || spans.length === 0) return forecast
  const reached = Math.max(...spans.map(({ to }) => Math.floor(to / DAYS_PER_WEEK) + 1))
  const weeks = reached < horizon ? horizon : Math.max(horizon, Math.min(MOST_WEEKS, reached + 1))
  const mean: number[] = []
  const quantiles: number[] = []
  for (let week = 0; week < weeks; week++) {
    const own = Math.min(week, horizon - 1)
    const before = forecast.mean[own] ?? 0
    const row = forecast.quantiles.slice(own * LEVELS, (own + 1) * LEVELS)
    let after = 0
    let isTouched = false
    for (let day = week * DAYS_PER_WEEK; day < (week + 1) * DAYS_PER_WEEK; day++) {
      const override = spans.findLast(({ from, to }) => from <= day && day <= to)
      isTouched ||= override !== undefined
      after += override ? (override.unitsPerWeek ?? before * (override.factor ?? 1)) : before
    }
    const said = isTouched ? after / DAYS_PER_WEEK : before
    mean.push(said)
    quantiles.push(...(isTouched ? reshaped(row, before, said) : row))
  }
  return { ...forecast, mean, quantiles }
}

function reshaped(row: readonly number[], before: number, after: number): number[] {
  const hasShape = before > 0 && (row[SHAPE_LEVEL] ?? 0) > 0
  return hasShape ? row.map((units) => (units * after) / before) : poissonQuantiles(after, QUANTILE_LEVELS)
}
