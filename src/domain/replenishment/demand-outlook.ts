import type { Day } from "../day"
import { daysBetween } from "../day"
import { addPaths } from "../demand/demand-paths"
import type { PathDraws } from "../demand/path-draws"
import { quantileIndex, selectQuantile } from "../demand/select-quantile"
import type { DemandForecast } from "../demand/types"
import { weekdayOf } from "../demand/weekday-profile"
import { ForesightError } from "../errors"
import { OUTLOOK_DAYS, SUM_LEVELS, type DemandOutlook, type ReplenishmentSettings } from "./types"

/** One variant that uses the inventory item. */
interface OutlookPart {
  /** Weekly forecast of the variant at the location. */
  forecast: DemandForecast
  /** Units of the item that one unit of the variant needs; above 1 or several parts for kits and shared items. */
  requiredQuantity: number
  /** ρ between two weeks of this variant's demand, in [0, 1): the one chosen for its class. */
  correlation: number
}

export interface OutlookInput {
  inventoryItemId: string
  locationId: string
  /** First day of the protection period (today). */
  day: Day
  /** First day of the forecasts' first week; not after `day`. */
  forecastFrom: Day
  parts: readonly OutlookPart[]
  /** Share of a week's units per weekday, Monday first, shape `[7]`, sum 1. */
  weekdayProfile: readonly number[]
  settings: ReplenishmentSettings
  assumed: DemandOutlook["assumed"]
  /** Users who set a part's forecast by hand. */
  overriddenBy?: string[]
  /** Whether the item sells in whole units: sums of futures are then rounded to whole units. */
  wholeUnits: boolean
  modelVersionId: string | null
  /** Known weeks since the first sale; 0 when never sold. */
  historyWeeks: number
  /** Shared by all items of a run; at least 1,000 paths. */
  draws: PathDraws
}

const DAYS_PER_WEEK = 7
/** Futures drawn of each item, at night and when its settings change. */
export const OUTLOOK_PATHS = 1000

/** Draws the futures of one inventory item at one location and keeps what advice is computed from.
 * Weeks are drawn jointly per part (independent between parts), summed by required quantity and split into days by the weekday profile;
 * lead times are `round(max(0, L + sd·z))`, review and cover whole days too. Weeks beyond the forecasts' horizon repeat the last one.
 * Expected units come from the forecasts' means, quantiles from the paths.
 * @throws ForesightError `invalid_series` when `day` lies before `forecastFrom` or the profile does not sum to 1.
 */
export function drawOutlook(input: OutlookInput): DemandOutlook {
  const { settings, draws } = input
  const offset = daysBetween(input.forecastFrom, input.day)
  if (offset < 0) throw new ForesightError("invalid_series", `day is ${input.day}; expected it on or after forecastFrom ${input.forecastFrom}`)
  const shares = cumulativeShares(input.weekdayProfile, weekdayOf(input.forecastFrom))
  const leads = draws.normals().map((z) => Math.round(Math.max(0, settings.leadTimeDays + settings.leadTimeSdDays * z)))
  const longestLead = leads.reduce((most, lead) => Math.max(most, lead), 0)
  const review = Math.round(settings.reviewDays)
  const weeks = Math.ceil((offset + longestLead + Math.max(OUTLOOK_DAYS, review)) / DAYS_PER_WEEK) + 1

  const futures = new Futures(input, weeks, offset, shares)
  const scratch = new Float64Array(draws.paths)
  const sumsAt = (days: number, withLead: boolean, whole: boolean) => {
    if (withLead && settings.leadTimeSdDays > 0) futures.sumsInto(scratch, days, leads)
    else futures.sumsInto(scratch, withLead ? days + longestLead : days, null)
    if (whole) for (let path = 0; path < scratch.length; path++) scratch[path] = Math.round(scratch[path] as number)
    return scratch
  }
  const quantilesOf = (sums: Float64Array) => {
    sums.sort()
    return SUM_LEVELS.map((level) => sums[quantileIndex(sums.length, level)] ?? 0)
  }

  const mean = (days: number) => meanUnits(input.parts, shares, offset + days) - meanUnits(input.parts, shares, offset)
  const meanOverLeads = (days: number) =>
    settings.leadTimeSdDays === 0 ? mean(longestLead + days) : leads.reduce((sum, lead) => sum + mean(lead + days), 0) / leads.length
  const expectedDemand = meanOverLeads(review)
  return {
    inventoryItemId: input.inventoryItemId,
    locationId: input.locationId,
    day: input.day,
    expectedDemand,
    coverDemand: meanOverLeads(review + Math.round(settings.coverDays)) - expectedDemand,
    protectionQuantiles: quantilesOf(sumsAt(review, true, input.wholeUnits)),
    leadTimeQuantiles: quantilesOf(sumsAt(0, true, input.wholeUnits)),
    medianCurve: curve((days) => selectQuantile(sumsAt(days, false, false), 0.5)),
    highCurve: curve((days) => selectQuantile(sumsAt(days, false, false), 0.9)),
    serviceCurve: curve((days) => selectQuantile(sumsAt(days, true, input.wholeUnits), settings.serviceLevel)),
    settings,
    assumed: input.assumed,
    overriddenBy: input.overriddenBy ?? [],
    modelVersionId: input.modelVersionId,
    historyWeeks: input.historyWeeks,
  }
}

/** Days ahead up to which curves are worked out day by day; beyond, once a week with straight lines between. */
const EXACT_DAYS = 28

/** Values at d = 0 … OUTLOOK_DAYS. */
function curve(valueAt: (days: number) => number): number[] {
  const values: number[] = []
  for (let days = 0; days <= EXACT_DAYS; days++) values.push(valueAt(days))
  for (let from = EXACT_DAYS; from < OUTLOOK_DAYS; ) {
    const to = Math.min(OUTLOOK_DAYS, from + DAYS_PER_WEEK)
    const [low, high] = [values[from] ?? 0, valueAt(to)]
    for (let days = from + 1; days <= to; days++) values.push(low + ((high - low) * (days - from)) / (to - from))
    from = to
  }
  return values
}

/** Share of a forecast week that has passed after `d` of its days, d = 0 … 7. */
function cumulativeShares(profile: readonly number[], firstWeekday: number): Float64Array {
  const total = profile.reduce((sum, share) => sum + share, 0)
  if (profile.length !== DAYS_PER_WEEK || Math.abs(total - 1) > 1e-6 || profile.some((share) => share < 0)) {
    throw new ForesightError("invalid_series", `weekdayProfile is [${profile.join(", ")}]; expected 7 shares ≥ 0 that sum to 1`)
  }
  const shares = new Float64Array(DAYS_PER_WEEK + 1)
  for (let day = 0; day < DAYS_PER_WEEK; day++) shares[day + 1] = (shares[day] ?? 0) + (profile[(firstWeekday + day) % DAYS_PER_WEEK] ?? 0)
  shares[DAYS_PER_WEEK] = 1
  return shares
}

/** Expected units in the first `days` days from `forecastFrom`. */
function meanUnits(parts: readonly OutlookPart[], shares: Float64Array, days: number): number {
  const week = Math.floor(days / DAYS_PER_WEEK)
  const share = shares[days - week * DAYS_PER_WEEK] ?? 0
  let units = 0
  for (const { forecast, requiredQuantity } of parts) {
    const horizon = forecast.mean.length
    if (horizon === 0) continue
    const weekly = (index: number) => forecast.mean[Math.min(index, horizon - 1)] ?? 0
    for (let index = 0; index < week; index++) units += requiredQuantity * weekly(index)
    units += requiredQuantity * weekly(week) * share
  }
  return units
}

/** Cumulative units of every path at the start of every week. */
class Futures {
  private readonly cumulative: Float64Array
  private readonly atStart: Float64Array
  private readonly paths: number

  constructor(
    input: OutlookInput,
    weeks: number,
    private readonly offset: number,
    private readonly shares: Float64Array
  ) {
    const paths = (this.paths = input.draws.paths)
    const all = (this.cumulative = new Float64Array((weeks + 1) * paths))
    const weekly = all.subarray(paths)
    input.parts.forEach((part, stream) => addPaths(part.forecast, weeks, part.correlation, input.draws, stream, part.requiredQuantity, weekly))
    for (let index = paths; index < all.length; index++) all[index] = (all[index] as number) + (all[index - paths] as number)
    this.atStart = new Float64Array(paths)
    const start = new Float64Array(paths)
    this.sumsInto(start, 0, null)
    this.atStart = start
  }

  /** Units over the first `days` days from `day`, plus each path's lead time. */
  sumsInto(into: Float64Array, days: number, leads: Float64Array | null): void {
    const { cumulative, atStart, paths, offset, shares } = this
    if (!leads) {
      const week = Math.floor((offset + days) / DAYS_PER_WEEK)
      const passed = shares[offset + days - week * DAYS_PER_WEEK] ?? 0
      const [from, to] = [cumulative.subarray(week * paths), cumulative.subarray((week + 1) * paths)]
      for (let path = 0; path < paths; path++) {
        into[path] = (from[path] as number) * (1 - passed) + (to[path] as number) * passed - (atStart[path] as number)
      }
      return
    }
    for (let path = 0; path < paths; path++) {
      const day = offset + days + (leads ? (leads[path] as number) : 0)
      const week = (day / DAYS_PER_WEEK) | 0
      const at = week * paths + path
      const from = cumulative[at] as number
      const passed = shares[day - week * DAYS_PER_WEEK] as number
      into[path] = from + passed * ((cumulative[at + paths] as number) - from) - (atStart[path] as number)
    }
  }
}
