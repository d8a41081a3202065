import type { Stores } from "../src/database/stores"
import type { ReconcileReport, SetAside } from "../src/database/stores/reconcile-store"
import { isAbandoned } from "../src/domain/abandoned-cart"
import type { OrderChangeKind, ShopReader } from "../src/shop/shop-reader"
import { throwIfStopped, withHeartbeats, type ActivityContext } from "./activity-context"
import { createOfferActivities } from "./reconcile-offers"
import { createStockActivities } from "./reconcile-stock"
import { recordChangedOrders } from "./record-changed-orders"
import { createWalkCursor } from "./walk-cursor"

const ORDERS_A_PAGE = 200
/** Orders set aside that a report names. */
const SET_ASIDE_NAMED = 20
/** Idle carts looked at for one report. */
const CARTS_LOOKED_AT = 10_000
/** What a walk from the very first row forgets. Stock has no history to walk. */
const CURSORS = ["orders", "returns", "claims", "exchanges", "prices", "promotions", "customers"]

export interface ReconcileActivityDeps {
  stores: Pick<Stores, "events" | "orders" | "identities" | "stock" | "cursors" | "outlooks" | "advice" | "prices" | "promotions" | "reconcile" | "carts">
  reader: ShopReader
  timeZone: string
  settings: { ordersPerSecond: number; linkGuestsByEmail: boolean; abandonedCartHours: number }
  now: () => Date
  context: () => ActivityContext
  /** Waits `ms`; ends early, without an error, when the signal is aborted. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>
}

/** What became of one page. */
export interface OrderPage {
  /** Changes read from the shop. */
  seen: number
  /** Rows of ours that had been missed. */
  recovered: number
  more: boolean
  setAside: SetAside[]
}

export const createReconcileActivities = ({ stores, reader, timeZone, settings, now, context, pause }: ReconcileActivityDeps) => {
  const cursors = createWalkCursor(stores.cursors)

  /** One page of changes of a kind, at the pace that the options allow. */
  const walkOrders = async (kind: OrderChangeKind, first: boolean, also: readonly string[] = []): Promise<OrderPage> => {
    const current = context()
    return withHeartbeats(current, async (note) => {
      const began = now().getTime()
      const page = await reader.changesOf(kind, await cursors.begin(kind, first), ORDERS_A_PAGE)
      note({ [kind]: page.cursor?.lastId })
      const ids = [...also, ...page.rows.map(({ orderId }) => orderId)]
      const { recovered, setAside } = await recordChangedOrders({ stores, reader, timeZone, now }, ids, current)
      if (page.cursor) await stores.cursors.set(kind, page.cursor)
      if (page.more) await pause(Math.max(0, (ids.length / settings.ordersPerSecond) * 1000 - (now().getTime() - began)), current.signal)
      throwIfStopped(current)
      return { seen: page.rows.length, recovered, more: page.more, setAside: setAside.slice(0, SET_ASIDE_NAMED) }
    })
  }

  return {
    ...createOfferActivities({ stores, reader, linkGuestsByEmail: settings.linkGuestsByEmail, cursors, now, context }),
    ...createStockActivities({ stores, reader, timeZone, cursors, now, context }),

    /** Begins a walk; `fromStart` forgets how far earlier ones came. `orders`: how many are ahead, as of now. */
    async openReconcile({ fromStart }: { fromStart: boolean }): Promise<{ startedAt: string; orders: number }> {
      const startedAt = now()
      if (fromStart) await stores.cursors.forget(CURSORS)
      const cursor = await cursors.begin("orders", true)
      return { startedAt: startedAt.toISOString(), orders: await reader.ordersSince(cursor?.updatedAt ?? new Date(0)) }
    },

    /** Stores what the next page of changed orders says; what is known already changes nothing. Orders that the last walk set aside are tried again at its beginning. */
    async reconcileNextOrders({ first }: { first: boolean }): Promise<OrderPage & { orders: number }> {
      const again = first ? (await stores.reconcile.lastSetAside()).flatMap(({ kind, id }) => (kind === "order" ? [id] : [])) : []
      const page = await walkOrders("orders", first, again)
      return { ...page, orders: page.seen }
    },

    /** Stores what the orders of the next page of changed returns say. */
    async reconcileNextReturns({ first }: { first: boolean }): Promise<OrderPage & { returns: number }> {
      const page = await walkOrders("returns", first)
      return { ...page, returns: page.seen }
    },

    /** Stores what the orders of the next page of changed claims or exchanges say. */
    reconcileNextSwaps: ({ kind, first }: { kind: "claims" | "exchanges"; first: boolean }): Promise<OrderPage> => walkOrders(kind, first),

    /** Keeps the report of a walk, with the carts that are left behind just now. The same run again writes the same report. */
    async closeReconcile({ startedAt, ...report }: Omit<ReconcileReport, "startedAt" | "finishedAt"> & { startedAt: string }): Promise<{ abandonedCarts: number }> {
      const at = now()
      const idle = await stores.carts.idle(new Date(at.getTime() - settings.abandonedCartHours * 3_600_000), CARTS_LOOKED_AT)
      const abandonedCarts = idle.filter((cart) => isAbandoned(cart, at, settings.abandonedCartHours)).length
      await stores.reconcile.addReport({ ...report, walked: { ...report.walked, abandoned_carts: abandonedCarts }, startedAt: new Date(startedAt), finishedAt: at })
      return { abandonedCarts }
    },
  }
}
export type ReconcileActivities = ReturnType<typeof createReconcileActivities>
