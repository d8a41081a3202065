import type { Stores } from "../../database/stores"
import { createZoneClock } from "../../domain/imports/zone-clock"
import { dayInZone, dayNumber } from "../../domain/day"
import type { Day } from "../../domain/day"
import { heldBetween } from "../../domain/demand/promoted-spans"
import { promotionReaches, type PromotedProduct } from "../../domain/insight/promotion-reach"
import type { DemandLevel } from "./demand-picture"

/** A promotion on the calendar. */
export interface PromotionSpan {
  id: string
  code: string
  startsOn: Day
  /** `null`: without an end. */
  endsOn: Day | null
  isRunning: boolean
  isOver: boolean
}

interface Range {
  level: DemandLevel
  fromDay: Day
  toDay: Day
  today: Day
  timeZone: string
}

const MS_PER_DAY = 86_400_000

/** Promotions that lower the price of one of these products at least; at the level `shop` also those of which nobody here knows what they are for. What is no event
 * ({@link heldBetween}) is left out, and what holds on all these days without a planned end: there is no with and without to tell apart. */
export async function promotionsOf(
  stores: Pick<Stores, "promotions">,
  members: readonly PromotedProduct[],
  { level, fromDay, toDay, today, timeZone }: Range
): Promise<PromotionSpan[]> {
  const clock = createZoneClock(timeZone)
  const startOf = (day: Day) => new Date(clock.toInstant(dayNumber(day) * MS_PER_DAY))
  const found = await stores.promotions.seenBetween(startOf(fromDay), new Date(startOf(toDay).getTime() + MS_PER_DAY - 1))
  return found.flatMap((promotion) => {
    const held = heldBetween(promotion)
    const reaches = level === "shop" ? promotion.targetType !== "shipping_methods" : members.some((member) => promotionReaches(promotion, member) === true)
    if (!held || !reaches) return []
    const startsOn = dayInZone(held.from, timeZone)
    const endsOn = held.to && dayInZone(held.to, timeZone)
    if (startsOn < fromDay && endsOn === null) return []
    const isOver = (endsOn !== null && endsOn < today) || promotion.withdrawnAt !== null
    return [{ id: promotion.promotionId, code: promotion.code, startsOn, endsOn, isRunning: !isOver && startsOn <= today, isOver }]
  })
}
