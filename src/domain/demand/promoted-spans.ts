import { dayInZone } from "../day"
import type { PromotedSpan } from "./promotion-column"

/** When a promotion holds, and since when the shop was known to have it. */
interface PlannedPromotion {
  startsAt: Date | null
  endsAt: Date | null
  firstSeenAt: Date
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

/** The days of a promotion; `null` for one that always holds, which is no event, and for one that was withdrawn before it began. */
export function promotionSpan({ startsAt, endsAt, firstSeenAt, withdrawnAt }: PlannedPromotion, timeZone: string): PromotedSpan | null {
  if (!startsAt && !endsAt) return null
  return spanOf(startsAt, heldUntil({ endsAt, withdrawnAt }), firstSeenAt, timeZone)
}

/** When a promotion ends or ended: as planned, or when it was withdrawn before; `null` for none of both. */
export const heldUntil = ({ endsAt, withdrawnAt }: Pick<PlannedPromotion, "endsAt" | "withdrawnAt">) => earlier(endsAt, withdrawnAt)

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
