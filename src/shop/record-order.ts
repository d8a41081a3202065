import type { Stores } from "../database/stores"
import type { OrderRowsChanged } from "../database/stores/order-store"
import { orderEvents } from "./order-events"
import type { ShopOrder, ShopReturn } from "./shop-reader"

export interface RecordOrderDeps {
  orders: Pick<Stores["orders"], "storedOf" | "replace">
  /** The shop's time zone, IANA. */
  timeZone: string
}

export interface OrdersRecorded extends OrderRowsChanged {
  /** Customers whose orders went to another one since they were stored. */
  moved: { from: string; to: string }[]
}

/**
 * Makes what is stored of orders what the shop says of them now; what is so already stays. Subscribers and `reconcile-shop` both store by it.
 * @returns rows added, changed and removed; all 0 where nothing was missed.
 */
export async function recordOrders({ orders: store, timeZone }: RecordOrderDeps, orders: readonly ShopOrder[], returns: readonly ShopReturn[]): Promise<OrdersRecorded> {
  if (orders.length === 0) return { added: 0, changed: 0, removed: 0, moved: [] }
  const stored = await store.storedOf(orders.map(({ id }) => id))
  const changed = await store.replace(
    orders.map((order) => ({ orderId: order.id, ...orderEvents(order, returns.filter(({ orderId }) => orderId === order.id), { timeZone, stored: stored.get(order.id) ?? [] }) }))
  )
  const moved = orders.flatMap(({ id, customerId: to }) => {
    const from = stored.get(id)?.find(({ customerId }) => customerId !== null && customerId !== to)?.customerId
    return from && to ? [{ from, to }] : []
  })
  return { ...changed, moved }
}
