import type { Stores } from "../../database/stores"
import type { PastAccuracy, PastWeek } from "../../database/stores/forecast-history-store"
import { addDays, dayInZone } from "../../domain/day"
import type { Day } from "../../domain/day"
import { createZoneClock } from "../../domain/imports/zone-clock"
import { heldBetween } from "../../domain/demand/promoted-spans"
import { missReason } from "../../domain/insight/miss-reason"
import type { MissReason } from "../../domain/insight/miss-reason"
import { plainAccuracy } from "../../domain/insight/plain-accuracy"
import type { PlainAccuracy } from "../../domain/insight/plain-accuracy"
import { promotionReaches } from "../../domain/insight/promotion-reach"

/** How weeks ended beside what had been said of them a week ahead. */
interface LivedAccuracy {
  /** Weeks compared: first days. */
  weeks: Day[]
  /** Those of them that the backtest of the first version forecast afterwards, by parts that had not seen them. */
  replayedWeeks: Day[]
  classes: PastAccuracy[]
}
export interface DemandAccuracy {
  model: { version: number; algorithm: string; createdAt: Date; dataTo: Day } | null
  /** Of the model in service, on past weeks that it had not seen. */
  backtest: PlainAccuracy | null
  lived: LivedAccuracy
  /** Since when forecasts are kept; `null`: none yet. */
  keptSince: Day | null
}

/** A past week far from its forecast, with the reason that is known. */
export interface Surprise extends PastWeek {
  reason: MissReason
  largestOrder: number
  promotion: string | null
}
export interface DemandSurprises {
  misses: Surprise[]
  /** Outside the 98% band in the last week that is over. */
  anomalies: Surprise[]
  anomalyCount: number
  /** First day of that week; `null`: none is over yet. */
  anomalyWeek: Day | null
  keptSince: Day | null
}

/** Weeks of lived accuracy. */
const LIVED_WEEKS = 13
/** Weeks in which the worst misses are looked for. */
const MISS_WEEKS = 4
const MOST_SHOWN = 20
const DAYS_PER_WEEK = 7
const MS_PER_DAY = 86_400_000
/** The page is open on several screens: one reading serves them for so long, ms. */
const KEPT_MS = 60_000

type ReviewStores = Pick<Stores, "forecastHistory" | "modelVersions" | "demandWeeks" | "promotions">

interface Remembered<Answer> {
  last?: { at: number; answer: Promise<Answer> }
}

/** Looks back: how good forecasts were, and what surprised. */
export class DemandReview {
  private readonly accuracyKnown: Remembered<DemandAccuracy> = {}
  private readonly surprisesKnown: Remembered<DemandSurprises> = {}

  constructor(
    private readonly stores: ReviewStores,
    private readonly timeZone: string,
    private readonly now: () => Date
  ) {}

  /** At most a minute old. @param defaultLocationId Where sales without a location count. */
  accuracy(defaultLocationId: string | null): Promise<DemandAccuracy> {
    return this.remembered(this.accuracyKnown, () => this.readAccuracy(defaultLocationId))
  }

  /** At most a minute old. */
  surprises(defaultLocationId: string | null): Promise<DemandSurprises> {
    return this.remembered(this.surprisesKnown, () => this.readSurprises(defaultLocationId))
  }

  private remembered<Answer>(memory: Remembered<Answer>, read: () => Promise<Answer>): Promise<Answer> {
    const at = this.now().getTime()
    if (memory.last && at - memory.last.at < KEPT_MS) return memory.last.answer
    const last = { at, answer: read() }
    memory.last = last
    last.answer.catch(() => {
      if (memory.last === last) delete memory.last
    })
    return last.answer
  }

  private async readAccuracy(defaultLocationId: string | null): Promise<DemandAccuracy> {
    const today = dayInZone(this.now(), this.timeZone)
    const range = { from: addDays(today, -DAYS_PER_WEEK * LIVED_WEEKS), today, defaultLocationId }
    const [serving, weeks, replayedWeeks, classes, keptSince] = await Promise.all([
      this.stores.modelVersions.serving("demand"),
      this.stores.forecastHistory.weeksOver(range),
      this.stores.forecastHistory.replayedWeeks(range),
      this.stores.forecastHistory.accuracy(range),
      this.stores.forecastHistory.firstDay(),
    ])
    const model = serving && { version: serving.version, algorithm: serving.algorithm, createdAt: serving.createdAt, dataTo: serving.dataTo }
    return { model, backtest: serving && plainAccuracy(serving.backtest), lived: { weeks, replayedWeeks, classes }, keptSince }
  }

  private async readSurprises(defaultLocationId: string | null): Promise<DemandSurprises> {
    const today = dayInZone(this.now(), this.timeZone)
    const { forecastHistory: history } = this.stores
    // weeks are kept once in seven days or more: five spans of a week hold four of them that are over
    const [weeks, keptSince] = await Promise.all([history.weeksOver({ from: addDays(today, -DAYS_PER_WEEK * LIVED_WEEKS), today }), history.firstDay()])
    const [from, anomalyWeek] = [weeks.at(-MISS_WEEKS) ?? weeks[0], weeks.at(-1) ?? null]
    if (!from || !anomalyWeek) return { misses: [], anomalies: [], anomalyCount: 0, anomalyWeek: null, keptSince }
    const [worst, outside] = await Promise.all([
      history.worst({ from, today, defaultLocationId }, MOST_SHOWN),
      history.outside({ from: anomalyWeek, today, defaultLocationId }, MOST_SHOWN),
    ])
    const reasons = await this.reasonsOf([...worst, ...outside.weeks], from, today)
    return { misses: worst.map(reasons), anomalies: outside.weeks.map(reasons), anomalyCount: outside.count, anomalyWeek, keptSince }
  }

  private async reasonsOf(weeks: readonly PastWeek[], from: Day, today: Day): Promise<(week: PastWeek) => Surprise> {
    const clock = createZoneClock(this.timeZone)
    const startOf = (day: Day) => clock.toInstant(Date.parse(`${day}T00:00:00Z`))
    const [orders, promotions] = await Promise.all([
      this.stores.demandWeeks.largestOrders(weeks),
      this.stores.promotions.seenBetween(new Date(startOf(from)), new Date(startOf(today))),
    ])
    const events = promotions.flatMap((promotion) => {
      const held = heldBetween(promotion)
      return held ? [{ held, promotion }] : []
    })
    const largest = new Map(orders.map(({ variantId, firstDay, units }) => [`${variantId} ${firstDay}`, units]))
    return (week) => {
      const [start, end] = [startOf(week.firstDay), startOf(addDays(week.firstDay, DAYS_PER_WEEK))]
      const ran = events.find(
        ({ held, promotion }) => promotion.activeFrom.getTime() >= start - MS_PER_DAY && held.from.getTime() < end && (held.to?.getTime() ?? Infinity) > start && promotionReaches(promotion, week) === true
      )?.promotion
      const largestOrder = largest.get(`${week.variantId} ${week.firstDay}`) ?? 0
      const { sold, mean, q90: high, outOfStock } = week
      const reason = missReason({ sold, mean, high, outOfStock, hadNewPromotion: ran !== undefined, largestOrder, isNew: week.demandClass === "new" })
      return { ...week, reason, largestOrder, promotion: reason === "unplanned_promotion" ? (ran?.code ?? null) : null }
    }
  }
}
