import type { Stores } from "../database/stores"
import { orderEvents, returnEvents } from "./order-events"
import type { ShopOrder, ShopReturn } from "./shop-reader"

export interface RecordOrderDeps {
  stores: Pick<Stores, "events" | "exclusions">
  /** The shop's time zone, IANA. */
  timeZone: string
}

/**
 * Stores what an order and its returns say as they stand now; what is stored already changes nothing. The subscriber and `reconcile-shop` both store by it.
 * @returns events that were new.
 */
export async function recordOrder({ stores, timeZone }: RecordOrderDeps, order: ShopOrder, returns: readonly ShopReturn[]): Promise<number> {
  const stored = await stores.events.ofOrder(order.id)
  const { events, excluded } = orderEvents(order, { timeZone, stored })
  const cameBack = returns.flatMap((returned) => returnEvents(returned, order, { timeZone, stored }))
  const { inserted } = await stores.events.insert([...events, ...cameBack])
  if (excluded.length > 0) await stores.exclusions.exclude(excluded.map((line) => ({ ...line, importId: null })))
  return inserted
}
