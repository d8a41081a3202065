import type { Stores } from "../src/database/stores"
import { type Day } from "../src/domain/day"
import { advise } from "../src/domain/replenishment/advise"
import { recordOrder } from "../src/shop/record-order"
import type { ChangeCursor, ShopReader, ShopStockLevel } from "../src/shop/shop-reader"
import { throwIfStopped, type ActivityContext } from "./activity-context"

const ORDERS_A_PAGE = 200
const LEVELS_A_PAGE = 1000
const SKUS_AT_ONCE = 200
/** A walk begins so far before the last one's end, ms: a transaction that ended late may carry an older time. */
const OVERLAP_MS = 2 * 60_000

export interface ReconcileActivityDeps {
  stores: Pick<Stores, "events" | "exclusions" | "stock" | "cursors" | "outlooks" | "advice">
  reader: ShopReader
  timeZone: string
  today: () => Day
  now: () => Date
  context: () => ActivityContext
}

export const createReconcileActivities = ({ stores, reader, timeZone, today, now, context }: ReconcileActivityDeps) => {
  const cursorFor = async (name: string, first: boolean): Promise<ChangeCursor | null> => {
    const cursor = await stores.cursors.get(name)
    return cursor && first ? { updatedAt: new Date(cursor.updatedAt.getTime() - OVERLAP_MS), lastId: "" } : cursor
  }

  return {
    /** Stores what the next page of changed orders and their returns say; what is known already changes nothing. `first`: the walk begins. */
    async reconcileNextOrders({ first }: { first: boolean }): Promise<{ orders: number; recovered: number; more: boolean }> {
      const page = await reader.ordersChangedSince(await cursorFor("orders", first), ORDERS_A_PAGE)
      // a second receipt of one return changes the order, not always the return
      const returns = await reader.returnsOf(page.rows.map(({ id }) => id))
      let recovered = 0
      for (const order of page.rows) {
        context().heartbeat({ order: order.id })
        recovered += await recordOrder({ stores, timeZone }, order, returns.filter(({ orderId }) => orderId === order.id))
      }
      if (page.cursor) await stores.cursors.set("orders", page.cursor)
      return { orders: page.rows.length, recovered, more: page.more }
    },

    /** Stores what the next page of changed returns says. */
    async reconcileNextReturns({ first }: { first: boolean }): Promise<{ returns: number; recovered: number; more: boolean }> {
      const page = await reader.returnsChangedSince(await cursorFor("returns", first), ORDERS_A_PAGE)
      let recovered = 0
      for (const returned of page.rows) {
        context().heartbeat({ return: returned.id })
        const order = returned.receivedAt ? await reader.order(returned.orderId) : null
        if (order) recovered += await recordOrder({ stores, timeZone }, order, [returned])
      }
      if (page.cursor) await stores.cursors.set("returns", page.cursor)
      return { returns: page.rows.length, recovered, more: page.more }
    },

    /** Notes today's stock of the next page of levels: those changed since the last walk, whose advice is worked out anew, or every one. */
    async reconcileNextStock({ everyLevel, cursor, first }: { everyLevel: boolean; cursor?: string; first: boolean }): Promise<{ levels: number; more: boolean; nextCursor?: string }> {
      context().heartbeat({ cursor })
      if (everyLevel) {
        const page = await reader.levelsPage(cursor ?? null, LEVELS_A_PAGE)
        await noteStock(page.rows)
        return { levels: page.rows.length, more: page.next !== null, ...(page.next && { nextCursor: page.next }) }
      }
      const readAt = now()
      const page = await reader.levelsChangedSince(await cursorFor("levels", first), LEVELS_A_PAGE)
      await noteStock(page.rows)
      await adviseAnew(page.rows, readAt)
      if (page.cursor) await stores.cursors.set("levels", page.cursor)
      return { levels: page.rows.length, more: page.more }
    },

    /** Gives held lines of unknown SKUs their variant where the product has appeared since. */
    async joinUnknownSkus(): Promise<{ joined: number }> {
      let joined = 0
      for (let after: string | null = null; ; ) {
        throwIfStopped(context())
        context().heartbeat({ after })
        const unknown = await stores.events.unknownSkus({ after, limit: SKUS_AT_ONCE })
        for (const { sku, variantId, productId } of await reader.variantsBySku(unknown)) joined += await stores.events.attachSku(sku, variantId, productId)
        const last = unknown.at(-1)
        if (last === undefined) return { joined }
        after = last
      }
    },
  }

  /** A day counts as out of stock only when nothing was there each time somebody looked. */
  async function noteStock(levels: readonly ShopStockLevel[]): Promise<void> {
    if (levels.length === 0) return
    const day = today()
    const earlier = await stores.stock.range({ fromDay: day, toDay: day, inventoryItemIds: [...new Set(levels.map(({ inventoryItemId }) => inventoryItemId))] })
    const sold = new Map(earlier.map((row) => [`${row.inventoryItemId} ${row.locationId}`, row.inStockFraction ?? 0]))
    await stores.stock.record(
      levels.map(({ inventoryItemId, locationId, stocked, reserved, incoming, isAssumed }) => ({
        inventoryItemId,
        locationId,
        day,
        stocked,
        reserved,
        incoming,
        inStockFraction: Math.max(sold.get(`${inventoryItemId} ${locationId}`) ?? 0, stocked - reserved > 0 ? 1 : 0),
        assumed: isAssumed,
      }))
    )
  }

  /** Brings advice to the stock at hand where the shop's own event did not: it was lost, or its reservation was gone by then. */
  async function adviseAnew(levels: readonly ShopStockLevel[], readAt: Date): Promise<void> {
    if (levels.length === 0) return
    const current = context()
    const outlooks = await stores.outlooks.ofItems([...new Set(levels.map(({ inventoryItemId }) => inventoryItemId))])
    const outlookOf = new Map(outlooks.map((outlook) => [`${outlook.inventoryItemId} ${outlook.locationId}`, outlook]))
    for (const { inventoryItemId, locationId, stocked, reserved, incoming } of levels) {
      throwIfStopped(current)
      current.heartbeat({ item: inventoryItemId })
      const outlook = outlookOf.get(`${inventoryItemId} ${locationId}`)
      if (outlook) await stores.advice.recompute(advise(outlook, { onHand: stocked, reserved, incoming }), readAt)
    }
  }
}
export type ReconcileActivities = ReturnType<typeof createReconcileActivities>
