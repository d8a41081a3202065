import type { Stores } from "../src/database/stores"
import { advise } from "../src/domain/replenishment/advise"
import type { ShopReader, ShopStockLevel } from "../src/shop/shop-reader"
import { throwIfStopped, type ActivityContext } from "./activity-context"
import type { WalkCursor, WalkStep } from "./walk-cursor"

const LEVELS_A_PAGE = 1000
const SKUS_AT_ONCE = 200

export interface StockActivityDeps {
  stores: Pick<Stores, "events" | "stock" | "outlooks" | "advice">
  reader: Pick<ShopReader, "levelsPage" | "levelsChangedSince" | "variantsBySku">
  timeZone: string
  cursors: WalkCursor
  now: () => Date
  context: () => ActivityContext
}

/** Stock by the day and within it, and imported lines that wait for their product. */
export const createStockActivities = ({ stores, reader, timeZone, cursors, now, context }: StockActivityDeps) => {
  const noteStock = async (levels: readonly ShopStockLevel[], at: Date): Promise<void> => {
    if (levels.length === 0) return
    await stores.stock.note(
      levels.map(({ inventoryItemId, locationId, stocked, reserved, incoming, isAssumed }) => ({ inventoryItemId, locationId, stocked, reserved, incoming, assumed: isAssumed })),
      at,
      timeZone
    )
  }

  /** Brings advice to the stock at hand where the shop's own event did not: it was lost, or its reservation was gone by then. */
  const adviseAnew = async (levels: readonly ShopStockLevel[], readAt: Date): Promise<void> => {
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

  return {
    /** Notes the stock of the next page of levels: those changed since the last walk, whose advice is worked out anew, or every one. */
    async reconcileNextStock({ everyLevel, cursor, ...step }: WalkStep & { everyLevel: boolean; cursor?: string }): Promise<{ levels: number; more: boolean; nextCursor?: string }> {
      context().heartbeat({ cursor })
      const readAt = now()
      if (everyLevel) {
        const page = await reader.levelsPage(cursor ?? null, LEVELS_A_PAGE)
        await noteStock(page.rows, readAt)
        return { levels: page.rows.length, more: page.next !== null, ...(page.next && { nextCursor: page.next }) }
      }
      const page = await reader.levelsChangedSince(await cursors.begin("levels", step), LEVELS_A_PAGE)
      await noteStock(page.rows, readAt)
      await adviseAnew(page.rows, readAt)
      await cursors.move("levels", step, page.cursor)
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
}
