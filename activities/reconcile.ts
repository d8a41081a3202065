import type { Stores } from "../src/database/stores"
import type { ReconcileReport, SetAside } from "../src/database/stores/reconcile-store"
import { isAbandoned } from "../src/domain/abandoned-cart"
import type { OrderChangeKind, ShopReader } from "../src/shop/shop-reader"
import { throwIfStopped, withHeartbeats, type ActivityContext } from "./activity-context"
import { createOfferActivities } from "./reconcile-offers"
import { createStockActivities } from "./reconcile-stock"
import { recordChangedOrders, type OrdersWalked } from "./record-changed-orders"
import { createWalkCursor, type WalkStep } from "./walk-cursor"

const ORDERS_A_PAGE = 200
/** Orders set aside that are tried again by one walk; the next one comes to the others. */
const AGAIN_AT_ONCE = 200
/** Orders set aside that a page names; all of them are kept by the store. */
const SET_ASIDE_NAMED = 20
/** Idle carts looked at for one report. */
const CARTS_LOOKED_AT = 10_000

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

  /** Records orders and remembers those that nobody can read or store, before any cursor moves past them. */
  const record = async (ids: readonly string[], at: Date, current: ActivityContext): Promise<OrdersWalked> => {
    const walked = await recordChangedOrders({ stores, reader, timeZone, now }, ids, current)
    const failed = new Set(walked.setAside.map(({ id }) => id))
    await stores.reconcile.noteTried({ failed: walked.setAside, done: ids.filter((id) => !failed.has(id)) }, at)
    return walked
  }

  /** One page of changes of a kind, at the pace that the options allow.
   * @param again Orders set aside before; tried apart, so that they do not slow the page down. */
  const walkOrders = async (kind: OrderChangeKind, step: WalkStep, again: readonly string[] = []): Promise<OrderPage> => {
    const current = context()
    return withHeartbeats(current, async (note) => {
      const began = now()
      const page = await reader.changesOf(kind, await cursors.begin(kind, step), ORDERS_A_PAGE)
      note({ [kind]: page.cursor?.lastId })
      const ids = [...new Set(page.rows.map(({ orderId }) => orderId))]
      const besides = again.filter((id) => !ids.includes(id))
      const retried = await record(besides, began, current)
      const walked = await record(ids, began, current)
      await cursors.move(kind, step, page.cursor)
      if (page.more) await pause(Math.max(0, ((ids.length + besides.length) / settings.ordersPerSecond) * 1000 - (now().getTime() - began.getTime())), current.signal)
      throwIfStopped(current)
      const setAside = [...walked.setAside, ...retried.setAside].slice(0, SET_ASIDE_NAMED)
      return { seen: page.rows.length, recovered: walked.recovered + retried.recovered, more: page.more, setAside }
    })
  }

  return {
    ...createOfferActivities({ stores, reader, linkGuestsByEmail: settings.linkGuestsByEmail, cursors, now, context }),
    ...createStockActivities({ stores, reader, timeZone, cursors, now, context }),

    /** Begins a walk; `fromStart`: a backfill, which goes on where one that was stopped has ended. `orders`: how many are ahead, as of now. */
    async openReconcile({ fromStart }: { fromStart: boolean }): Promise<{ startedAt: string; orders: number }> {
      const startedAt = now()
      const cursor = await cursors.begin("orders", { first: true, fromStart })
      return { startedAt: startedAt.toISOString(), orders: await reader.ordersSince(cursor?.updatedAt ?? new Date(0)) }
    },

    /** Stores what the next page of changed orders says; what is known already changes nothing. Orders that were set aside are tried again at its beginning. */
    async reconcileNextOrders(step: WalkStep): Promise<OrderPage & { orders: number }> {
      const page = await walkOrders("orders", step, step.first ? await stores.reconcile.ordersSetAside(AGAIN_AT_ONCE) : [])
      return { ...page, orders: page.seen }
    },

    /** Stores what the orders of the next page of changed returns say. */
    async reconcileNextReturns(step: WalkStep): Promise<OrderPage & { returns: number }> {
      const page = await walkOrders("returns", step)
      return { ...page, returns: page.seen }
    },

    /** Stores what the orders of the next page of changed claims or exchanges say. */
    reconcileNextSwaps: ({ kind, ...step }: WalkStep & { kind: "claims" | "exchanges" }): Promise<OrderPage> => walkOrders(kind, step),

    /** Keeps the report of a walk, with the carts that are left behind just now, and ends a backfill. The same run again writes the same report. */
    async closeReconcile({ startedAt, ...report }: Omit<ReconcileReport, "startedAt" | "finishedAt"> & { startedAt: string }): Promise<{ abandonedCarts: number }> {
      const at = now()
      const idle = await stores.carts.idle(new Date(at.getTime() - settings.abandonedCartHours * 3_600_000), CARTS_LOOKED_AT)
      const abandonedCarts = idle.filter((cart) => isAbandoned(cart, at, settings.abandonedCartHours)).length
      await stores.reconcile.addReport({ ...report, walked: { ...report.walked, abandoned_carts: abandonedCarts }, startedAt: new Date(startedAt), finishedAt: at })
      if (report.kind === "backfill") await cursors.endBackfill()
      return { abandonedCarts }
    },
  }
}
export type ReconcileActivities = ReturnType<typeof createReconcileActivities>
