import { dayInZone } from "../day"
import type { PromotedSpan } from "./promotion-column"

/** When a promotion is to hold, and when it was active. */
interface PlannedPromotion {
  startsAt: Date | null
  endsAt: Date | null
  /** Whether it asks for no code. */
  isAutomatic: boolean
  activeFrom: Date
  /** When it was deactivated or deleted. */
  withdrawnAt: Date | null
}

/** What one price of a price list said from `recordedAt` on, until the next row of the same price. */
export interface ListedPrice {
  priceId: string
  recordedAt: Date
  validFrom: Date
  validTo: Date | null
  /** Whether it is an offer to everybody: on a sale list that is active, for one unit, without further conditions. */
  isOffer: boolean
}

/** When a promotion holds or held: as planned, where no start is planned from when it was made active on, and until it was withdrawn at the latest.
 * @returns `null` for what is no event: a code without dates, which everybody may always use, and what was withdrawn before it began.
 */
export function heldBetween({ startsAt, endsAt, isAutomatic, activeFrom, withdrawnAt }: PlannedPromotion): { from: Date; to: Date | null } | null {
  if (!startsAt && !endsAt && !isAutomatic) return null
  const [from, to] = [startsAt ?? activeFrom, earlier(endsAt, withdrawnAt)]
  return to && to <= from ? null : { from, to }
}

/** The days of a promotion; `null` where it is no event ({@link heldBetween}). */
export function promotionSpan(promotion: PlannedPromotion, timeZone: string): PromotedSpan | null {
  const held = heldBetween(promotion)
  return held && spanOf(held.from, held.to, promotion.activeFrom, timeZone)
}

/** The days on which prices of price lists were, or will be, offers.
 * @param prices Rows of one variant, those of each price oldest first. */
export function offerSpans(prices: readonly ListedPrice[], timeZone: string): PromotedSpan[] {
  return prices.flatMap(({ priceId, recordedAt, validFrom, validTo, isOffer }, at) => {
    if (!isOffer) return []
    const next = prices.find((other, place) => place > at && other.priceId === priceId)
    const known = earlier(recordedAt, validFrom) ?? recordedAt // who finds it in force was late
    return spanOf(validFrom, earlier(validTo, next?.recordedAt ?? null), known, timeZone) ?? []
  })
}

function spanOf(from: Date | null, to: Date | null, known: Date, timeZone: string): PromotedSpan | null {
  if (from && to && to <= from) return null
  const lastMoment = to && new Date(to.getTime() - 1) // what ends at midnight does not hold on the day that begins then
  return {
    fromDay: from && dayInZone(from, timeZone),
    toDay: lastMoment && dayInZone(lastMoment, timeZone),
    knownDay: dayInZone(known, timeZone),
  }
}

function earlier(one: Date | null, two: Date | null): Date | null {
  return one === null || (two !== null && two < one) ? two : one
}
