import type { Stores } from "../src/database/stores"
import type { SetAside } from "../src/database/stores/reconcile-store"
import { ForesightError } from "../src/domain/errors"
import { linkMovedOrders } from "../src/shop/link-people"
import { recordOrders } from "../src/shop/record-order"
import type { ShopReader } from "../src/shop/shop-reader"
import { throwIfStopped, type ActivityContext } from "./activity-context"

export interface RecordChangedDeps {
  stores: Pick<Stores, "orders" | "identities">
  reader: Pick<ShopReader, "orders" | "returnsOf" | "customers" | "guestsByEmail" | "frame">
  timeZone: string
  now: () => Date
}

/** What became of a page of orders. */
export interface OrdersWalked {
  /** Rows of ours that had to be added, changed or removed. */
  recovered: number
  setAside: SetAside[]
}

/** Characters of an error that are kept. */
const ERROR_LENGTH = 200

/**
 * Reads orders with all that became of them and makes what is stored the same. Where that fails, it is tried order by order: one that nobody can read or
 * store is set aside with its error, and the walk goes on.
 * @throws ForesightError `unavailable`, or what the shop's reader throws, when it is not the order that is broken but the shop or the database that is away: Temporal tries the page again.
 */
export async function recordChangedOrders({ stores, reader, timeZone, now }: RecordChangedDeps, orderIds: readonly string[], context: ActivityContext): Promise<OrdersWalked> {
  const ids = [...new Set(orderIds)]
  const attempt = async (some: readonly string[]) => {
    const [orders, returns] = await Promise.all([reader.orders(some), reader.returnsOf(some)])
    const { added, changed, removed, moved } = await recordOrders({ orders: stores.orders, timeZone }, orders, returns)
    await linkMovedOrders({ identities: stores.identities, reader, now }, moved)
    return added + changed + removed
  }
  if (ids.length === 0) return { recovered: 0, setAside: [] }
  try {
    return { recovered: await attempt(ids), setAside: [] }
  } catch (error) {
    if (isAway(error)) throw error
    context.warn("a page of orders cannot be taken at once; each is tried alone", { orders: ids.length, error: textOf(error) })
  }

  const walked: OrdersWalked = { recovered: 0, setAside: [] }
  for (const id of ids) {
    throwIfStopped(context)
    try {
      walked.recovered += await attempt([id])
    } catch (error) {
      if (isAway(error)) throw error
      walked.setAside.push({ kind: "order", id, error: textOf(error) })
      context.warn("order set aside; the walk goes on and the next one tries it again", { orderId: id, error: textOf(error) })
    }
  }
  // all broken at once: rather the shop does not answer
  if (walked.setAside.length === ids.length) await reader.frame()
  return walked
}

const isAway = (error: unknown) => error instanceof ForesightError && error.code === "unavailable"
const textOf = (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, ERROR_LENGTH)
