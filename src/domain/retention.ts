import { addDays } from "./day"
import type { Day } from "./day"
import { EVENT_NAMES } from "./events"
import type { EventName } from "./events"

/** How long rows are kept; what is counted from them (demand per day, arrivals per day, advice) stays. */
export interface Retention {
  /** Days of views, lists and searches. */
  browseDays: number
  /** Days of what was put into or taken out of carts and wishlists, and of checkouts begun. */
  cartDays: number
  /** Days of reports on walks over the shop. */
  reportDays: number
  /** Versions kept with their bytes, per kind, beside the one in service. */
  modelVersions: number
}

const CART_NAMES: readonly EventName[] = [
  ...(["add_to_cart", "remove_from_cart", "add_to_wishlist", "remove_from_wishlist"] as const),
  ...(["begin_checkout", "add_shipping_info", "add_payment_info"] as const),
]
/** Never removed: demand is counted anew from them whenever a line of their day changes. */
const ORDER_NAMES: readonly EventName[] = ["purchase", "refund"]

export interface ExpiredEvents {
  names: EventName[]
  /** First day that is kept. */
  beforeDay: Day
}

/** Which events have expired on `today` (shop's time zone); purchases and refunds never do. */
export function expiredEvents(today: Day, { browseDays, cartDays }: Pick<Retention, "browseDays" | "cartDays">): ExpiredEvents[] {
  const browse = EVENT_NAMES.filter((name) => !CART_NAMES.includes(name) && !ORDER_NAMES.includes(name))
  return [
    { names: browse, beforeDay: addDays(today, -browseDays) },
    { names: [...CART_NAMES], beforeDay: addDays(today, -cartDays) },
  ]
}

/** Events of a month ending with `lastDay` that are to be kept: all names but those that have expired on its every day. */
export function namesKept(lastDay: Day, expired: readonly ExpiredEvents[]): EventName[] {
  return EVENT_NAMES.filter((name) => !expired.some(({ names, beforeDay }) => lastDay < beforeDay && names.includes(name)))
}
