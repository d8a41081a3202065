import type { Stores } from "../../database/stores"
import type { SaidWeek } from "../../database/stores/forecast-history-store"
import type { DemandOverride } from "../../database/stores/demand-override-store"
import { channelOutlook, type ChannelOutlook } from "../../domain/demand/channel-outlook"
import { addDays, dayInZone, daysBetween } from "../../domain/day"
import type { Day } from "../../domain/day"
import { bandOfPeriod, bandOfSum, storedBand, sumPaths, swingRatio } from "../../domain/demand/sum-of-series"
import type { Band } from "../../domain/demand/sum-of-series"
import type { DemandClass } from "../../domain/demand/types"
import { demandRemarks, describeDemand } from "../../domain/insight/describe-demand"
import type { DemandRemark } from "../../domain/insight/describe-demand"
import { protectionDays } from "../../domain/replenishment/replenishment-settings"
import type { ReplenishmentSettings } from "../../domain/replenishment/types"
import { labelsOf, meanOf, pathDraws, type DemandLine } from "./demand-list"
import { LIST_WEEKS, type DemandLevel, type DemandPicture, type PictureSeries } from "./demand-picture"
import { promotionsOf, type PromotionSpan } from "./demand-promotions"
import { reasonsOf, type DemandReasons } from "./demand-reasons"

/** A past week. */
interface PastDemandWeek {
  firstDay: Day
  sold: number
  /** What would have been sold with stock; `null` where nobody knows, or the week lies before what is kept. */
  demand: number | null
  /** Mean price paid; `null` where nothing was sold, or several products are added up. */
  price: number | null
  /** Share of the time in which it could not be sold, over all series. */
  outOfStock: number
  /** What was said of it a week ahead; `null` where nothing was kept. */
  said: Pick<SaidWeek, "mean" | "low" | "high"> | null
}
/** A week ahead. */
interface DemandWeekAhead extends Band {
  firstDay: Day
  /** The model's own expectation where somebody set another. */
  modelMean: number | null
}

/** Everything the page shows of one group. */
export interface DemandDetail extends Pick<DemandLine, "title" | "sku" | "thumbnail" | "productId"> {
  level: DemandLevel
  id: string
  series: number
  demandClass: DemandClass | null
  classes: Partial<Record<DemandClass, number>>
  historyWeeks: number
  locationIds: string[]
  history: PastDemandWeek[]
  forecast: DemandWeekAhead[]
  next: Band & { sold: number }
  /** The same by sales channel; empty where fewer than two sold in the last year. */
  channels: ChannelOutlook[]
  /** Lead time and review period. `isOwn`: the item's own settings, not the shop's defaults. */
  leadTime: Band & { days: number; isOwn: boolean }
  promotions: PromotionSpan[]
  overrides: DemandOverride[]
  remarks: DemandRemark[]
  sentence: string
  /** Why the next weeks differ from the long run; `null` where nobody said. */
  reasons: DemandReasons | null
}

interface DetailContext {
  stores: Pick<Stores, "demand" | "demandWeeks" | "forecastHistory" | "promotions" | "settings">
  defaults: ReplenishmentSettings
  timeZone: string
  now: () => Date
  defaultLocationId: string | null
}

/** Weeks of history that are shown. */
const HISTORY_WEEKS = 52
const DAYS_PER_WEEK = 7

/** Reads and works out one group. @param members Its series, at least one. @param locationId Set where only one location is looked at. */
export async function demandDetail(
  context: DetailContext,
  picture: DemandPicture,
  { level, id, locationId }: { level: DemandLevel; id: string; locationId: string | undefined },
  members: readonly PictureSeries[]
): Promise<DemandDetail> {
  const { stores, defaults, timeZone, now, defaultLocationId } = context
  const firstDay = picture.firstDay ?? dayInZone(now(), timeZone)
  const fromDay = addDays(firstDay, -DAYS_PER_WEEK * HISTORY_WEEKS)
  const horizon = members.reduce((most, { horizon: weeks }) => Math.max(most, weeks), 0)
  const variantIds = [...new Set(members.map(({ variantId }) => variantId))]
  const isFew = level === "variant" || level === "product"
  const which = { fromDay, toDay: addDays(firstDay, -1), ...(level !== "shop" && { variantIds }), ...(locationId !== undefined && { locationId }), defaultLocationId }
  const [sold, prices, short, said, promotions, lead] = await Promise.all([
    stores.demandWeeks.sold(which),
    isFew ? stores.demand.rowsForPanel({ fromDay, toDay: which.toDay, variantIds }) : [],
    stores.demandWeeks.outOfStock(which),
    stores.forecastHistory.said({ from: fromDay, ...(level !== "shop" && { variantIds }), ...(locationId !== undefined && { locationId }) }),
    promotionsOf(stores, members, { level, fromDay, toDay: addDays(firstDay, DAYS_PER_WEEK * horizon - 1), timeZone, today: dayInZone(now(), timeZone) }),
    leadTimeOf(stores, members, defaults),
  ])

  const priced = new Map<number, { units: number; money: number }>()
  for (const { day, units, unitPrice, locationId: at } of prices) {
    if (unitPrice === null || units <= 0 || (locationId !== undefined && (at || defaultLocationId) !== locationId)) continue
    const week = Math.floor(daysBetween(fromDay, day) / DAYS_PER_WEEK)
    const before = priced.get(week) ?? { units: 0, money: 0 }
    priced.set(week, { units: before.units + units, money: before.money + units * unitPrice })
  }
  const soldIn = new Float64Array(HISTORY_WEEKS)
  const channels = new Map<string, Float64Array>()
  for (const { week, salesChannelId, units } of sold) {
    soldIn[week]! += units
    const own = channels.get(salesChannelId) ?? new Float64Array(HISTORY_WEEKS)
    own[week]! += units
    channels.set(salesChannelId, own)
  }
  const shortIn = new Map(short.map(({ week, days }) => [week, days]))
  const demand = demandOf(members, fromDay)
  const begun = Math.max(0, demand.findIndex((units) => units !== null)) // what is not there yet has no stock, but lacks none
  // Forecasts are kept once a week, on any day of it: each belongs to the week that begins nearest.
  const saidOf = new Map(said.map(({ firstDay: day, ...band }) => [Math.round(daysBetween(fromDay, day) / DAYS_PER_WEEK), band]))
  const history = Array.from({ length: HISTORY_WEEKS }, (_, week): PastDemandWeek => {
    const paid = priced.get(week)
    return {
      firstDay: addDays(fromDay, DAYS_PER_WEEK * week),
      sold: soldIn[week] ?? 0,
      demand: demand[week] ?? null,
      price: paid ? paid.money / paid.units : null,
      said: saidOf.get(week) ?? null,
      outOfStock: week < begun ? 0 : Math.min(1, (shortIn.get(week) ?? 0) / (DAYS_PER_WEEK * members.length)),
    }
  })

  const weeksDrawn = Math.max(horizon, LIST_WEEKS, Math.ceil(lead.days / DAYS_PER_WEEK))
  const paths = sumPaths(members.map((forecast) => ({ forecast, index: forecast.index })), weeksDrawn, pathDraws)
  const mean = meanOf(members, weeksDrawn)
  const modelMean = meanOf(members.map(({ modelMean: own }) => ({ mean: own })), horizon)
  const swing = swingRatio(members.map(({ demand: own }) => own))
  const only = members.length === 1 ? members[0] : undefined
  const forecast = Array.from({ length: horizon }, (_, week): DemandWeekAhead => {
    const band = only ? storedBand(only, week) : bandOfPeriod(paths, mean, swing, week, pathDraws)
    const own = modelMean[week] ?? 0
    return { firstDay: addDays(firstDay, DAYS_PER_WEEK * week), ...band, modelMean: Math.abs(own - band.mean) > 1e-6 * Math.max(1, own) ? own : null }
  })
  const next = bandOfSum(paths, mean, swing, LIST_WEEKS, pathDraws)
  const lately = history.slice(-LIST_WEEKS)
  const soldLately = lately.reduce((sum, week) => sum + week.sold, 0)
  const [promotion] = promotions.filter(({ isOver, startsOn }) => !isOver && startsOn < addDays(firstDay, DAYS_PER_WEEK * LIST_WEEKS))
  const demandClass = level === "variant" ? (members[0]?.demandClass ?? null) : null
  const historyWeeks = members.reduce((most, one) => Math.max(most, one.historyWeeks), 0)
  const facts = {
    demandClass,
    historyWeeks,
    demand: longDemandOf(members),
    soldLately,
    missedLately: lately.reduce((sum, week) => sum + (week.outOfStock > 0 && week.demand !== null ? Math.max(0, week.demand - week.sold) : 0), 0),
    expected: next.mean,
    promotion: promotion ? { code: promotion.code, isRunning: promotion.isRunning } : null,
    isOverridden: forecast.slice(0, LIST_WEEKS).some((week) => week.modelMean !== null),
  }
  return {
    level,
    id,
    ...labelsOf(level, id, members[0], picture.categories),
    series: members.length,
    demandClass,
    classes: members.reduce<Partial<Record<DemandClass, number>>>((counts, one) => ({ ...counts, [one.demandClass]: (counts[one.demandClass] ?? 0) + 1 }), {}),
    historyWeeks,
    locationIds: [...new Set(members.map(({ locationId: at }) => at))],
    history,
    forecast,
    next: { ...next, sold: soldLately },
    channels: channelOutlook(channels, next, LIST_WEEKS),
    leadTime: { ...bandOfSum(paths, mean, swing, lead.days / DAYS_PER_WEEK, pathDraws), ...lead },
    promotions,
    overrides: isFew ? picture.overrides.filter((one) => members.some(({ variantId, locationId: at }) => variantId === one.variantId && at === one.locationId)) : [],
    remarks: demandRemarks(facts),
    sentence: describeDemand(facts),
    reasons: reasonsOf(members),
  }
}

/** Demand of the members together in each week from `fromDay` on; `null` where none of them is known. */
function demandOf(members: readonly PictureSeries[], fromDay: Day): (number | null)[] {
  const weeks = new Array<number | null>(HISTORY_WEEKS).fill(null)
  for (const { firstWeek, demand } of members) {
    const offset = Math.round(daysBetween(fromDay, firstWeek) / DAYS_PER_WEEK)
    for (const [index, units] of demand.entries()) {
      const week = offset + index
      if (week >= 0 && week < HISTORY_WEEKS && !Number.isNaN(units)) weeks[week] = (weeks[week] ?? 0) + units
    }
  }
  return weeks
}

/** The same as far back as it is kept, all ending with the last week. */
function longDemandOf(members: readonly PictureSeries[]): number[] {
  const length = members.reduce((most, { demand }) => Math.max(most, demand.length), 0)
  const weeks = new Array<number>(length).fill(NaN)
  for (const { demand } of members) {
    for (const [index, units] of demand.entries()) {
      const week = length - demand.length + index
      if (!Number.isNaN(units)) weeks[week] = units + (Number.isNaN(weeks[week] ?? NaN) ? 0 : (weeks[week] ?? 0))
    }
  }
  return weeks
}

/** Days between an order placed today and the arrival of the next one. */
async function leadTimeOf(stores: Pick<Stores, "settings">, members: readonly PictureSeries[], defaults: ReplenishmentSettings): Promise<{ days: number; isOwn: boolean }> {
  const [only] = members
  const own = members.length === 1 && only ? (await stores.settings.of(only.inventoryItemIds)).find(({ locationId }) => locationId === only.locationId) : undefined
  return protectionDays(own?.settings ?? null, defaults)
}
