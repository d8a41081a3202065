import type { Stores } from "../../database/stores"
import { createZoneClock } from "../../domain/imports/zone-clock"
import { dayInZone, dayNumber } from "../../domain/day"
import type { Day } from "../../domain/day"
import { heldUntil } from "../../domain/demand/promoted-spans"
import { promotionReaches, type PromotedProduct } from "../../domain/insight/promotion-reach"
import type { DemandLevel } from "./demand-picture"

/** A promotion on the calendar. */
export interface PromotionSpan {
  id: string
  code: string
  /** `null`: since before anybody looked, or without an end. */
  startsOn: Day | null
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

/** Promotions with a period that lower the price of one of these products at least; at the level `shop` also those of which nobody here knows what they are for.
 * Those that always hold are no event and left out, as is what was withdrawn before it began; what was withdrawn later ended then. */
export async function promotionsOf(
  stores: Pick<Stores, "promotions">,
  members: readonly PromotedProduct[],
  { level, fromDay, toDay, today, timeZone }: Range
): Promise<PromotionSpan[]> {
  const clock = createZoneClock(timeZone)
  const startOf = (day: Day) => new Date(clock.toInstant(dayNumber(day) * MS_PER_DAY))
  const found = await stores.promotions.seenBetween(startOf(fromDay), new Date(startOf(toDay).getTime() + MS_PER_DAY - 1))
  return found.flatMap(({ promotionId, code, startsAt, endsAt: plannedEnd, withdrawnAt, ...promotion }) => {
    if (!startsAt && !plannedEnd) return []
    if (startsAt && withdrawnAt && withdrawnAt <= startsAt) return []
    const endsAt = heldUntil({ endsAt: plannedEnd, withdrawnAt })
    const reaches = level === "shop" ? promotion.targetType !== "shipping_methods" : members.some((member) => promotionReaches(promotion, member) === true)
    if (!reaches) return []
    const startsOn = startsAt && dayInZone(startsAt, timeZone)
    const endsOn = endsAt && dayInZone(endsAt, timeZone)
    const isOver = (endsOn !== null && endsOn < today) || withdrawnAt !== null
    return [{ id: promotionId, code, startsOn, endsOn, isRunning: !isOver && (startsOn === null || startsOn <= today), isOver }]
  })
}
