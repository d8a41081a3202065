import type { Stores } from "../src/database/stores"
import { type Day } from "../src/domain/day"
import { orderEvents, returnEvents } from "../src/shop/order-events"
import type { ChangeCursor, ShopReader, ShopStockLevel } from "../src/shop/shop-reader"
import { throwIfStopped, type ActivityContext } from "./activity-context"

const ORDERS_A_PAGE = 200
const LEVELS_A_PAGE = 1000
const SKUS_AT_ONCE = 200
const UNKNOWN_SKUS = 2000
/** A walk begins so far before the last one's end, ms: a transaction that ended late may carry an older time. */
const OVERLAP_MS = 2 * 60_000

export interface ReconcileActivityDeps {
  stores: Pick<Stores, "events" | "exclusions" | "stock" | "cursors">
  reader: ShopReader
  timeZone: string
  today: () => Day
  context: () => ActivityContext
}

export const createReconcileActivities = ({ stores, reader, timeZone, today, context }: ReconcileActivityDeps) => {
  const cursorFor = async (name: string, first: boolean): Promise<ChangeCursor | null> => {
    const cursor = await stores.cursors.get(name)
    return cursor && first ? { updatedAt: new Date(cursor.updatedAt.getTime() - OVERLAP_MS), lastId: "" } : cursor
  }

  return {
    /** Stores what the next page of changed orders says; what is known already changes nothing. `first`: the walk begins. */
    async reconcileNextOrders({ first }: { first: boolean }): Promise<{ orders: number; recovered: number; more: boolean }> {
      const page = await reader.ordersChangedSince(await cursorFor("orders", first), ORDERS_A_PAGE)
      let recovered = 0
      for (const order of page.rows) {
        context().heartbeat({ order: order.id })
        const { events, excluded } = orderEvents(order, { timeZone, stored: await stores.events.ofOrder(order.id) })
        recovered += (await stores.events.insert(events)).inserted
        if (excluded.length > 0) await stores.exclusions.exclude(excluded.map((line) => ({ ...line, importId: null })))
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
        if (!order) continue
        const events = returnEvents(returned, order, { timeZone, stored: await stores.events.ofOrder(order.id) })
        if (events.length > 0) recovered += (await stores.events.insert(events)).inserted
      }
      if (page.cursor) await stores.cursors.set("returns", page.cursor)
      return { returns: page.rows.length, recovered, more: page.more }
    },

    /** Notes today's stock of the next page of levels: those changed since the last walk, or every one. */
    async reconcileNextStock({ everyLevel, cursor, first }: { everyLevel: boolean; cursor?: string; first: boolean }): Promise<{ levels: number; more: boolean; nextCursor?: string }> {
      context().heartbeat({ cursor })
      if (everyLevel) {
        const page = await reader.levelsPage(cursor ?? null, LEVELS_A_PAGE)
        await noteStock(page.rows)
        return { levels: page.rows.length, more: page.next !== null, ...(page.next && { nextCursor: page.next }) }
      }
      const page = await reader.levelsChangedSince(await cursorFor("levels", first), LEVELS_A_PAGE)
      await noteStock(page.rows)
      if (page.cursor) await stores.cursors.set("levels", page.cursor)
      return { levels: page.rows.length, more: page.more }
    },

    /** Gives held lines of unknown SKUs their variant where the product has appeared since. */
    async joinUnknownSkus(): Promise<{ joined: number }> {
      const unknown = await stores.events.unknownSkus(UNKNOWN_SKUS)
      let joined = 0
      for (let at = 0; at < unknown.length; at += SKUS_AT_ONCE) {
        throwIfStopped(context())
        context().heartbeat({ skus: at })
        for (const { sku, variantId, productId } of await reader.variantsBySku(unknown.slice(at, at + SKUS_AT_ONCE))) {
          joined += await stores.events.attachSku(sku, variantId, productId)
        }
      }
      return { joined }
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
}
export type ReconcileActivities = ReturnType<typeof createReconcileActivities>
