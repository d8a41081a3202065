import type { DataSource } from "typeorm"
import type { ShopEvent } from "../../domain/events"
import { upsertRows } from "../bulk"
import { CartLineEntity } from "../entities/cart-line.entity"
import { insertEvents, makingPartitions } from "../insert-events"
import { countChanged, holdLock, rows, transaction } from "../query"

/** What a cart held of one variant when it was last looked at. */
export interface CartLine {
  variantId: string
  productId: string | null
  quantity: number
}

/** A cart as it is now: its lines (one a variant), and what happened to it since the last look. */
interface CartLook {
  lines: readonly CartLine[]
  events: readonly ShopEvent[]
}

export interface CartStore {
  /** Stores a cart's lines and the events that led to them in one transaction, one caller at a time: a change is told once,
   * and one that could not be told is told by the next caller.
   * @param look Reads the cart, given the lines it held before; called when no other caller looks at it, again where a month's partition was missing.
   * `null` changes nothing.
   * @returns events added. */
  exchange(cartId: string, look: (before: CartLine[]) => Promise<CartLook | null>): Promise<number>
  /** Carts that hold something and have not changed since `before`, longest first, whether or not an order came of them. */
  idle(before: Date, limit: number): Promise<{ cartId: string; changedAt: Date; lines: number; units: number; ordered: boolean }[]>
  /** Forgets carts not seen since `before`. @returns lines removed. */
  forgetBefore(before: Date): Promise<number>
}

/** Makes the cart store of an opened data source. */
export function createCartStore(dataSource: DataSource): CartStore {
  return {
    exchange(cartId, look) {
      let events: readonly ShopEvent[] = []
      const exchangeOnce = () =>
        transaction(dataSource, async (manager) => {
          await holdLock(manager, `cart ${cartId}`)
          const before = await rows<CartLine>(
            manager,
            `SELECT variant_id AS "variantId", product_id AS "productId", quantity::float8 AS quantity FROM foresight.cart_line
              WHERE cart_id = $1 ORDER BY variant_id`,
            [cartId]
          )
          const now = await look(before)
          if (!now) return 0
          events = now.events
          await rows(manager, "DELETE FROM foresight.cart_line WHERE cart_id = $1", [cartId])
          await upsertRows(manager, dataSource, CartLineEntity, now.lines.map((line) => ({ ...line, cartId })))
          return (await insertEvents(manager, dataSource, events)).size
        })
      return makingPartitions(dataSource, () => events, exchangeOnce)
    },

    idle: (before, limit) =>
      rows(
        dataSource,
        `WITH idle AS (SELECT cart_id, max(updated_at) AS changed_at, count(*)::int AS lines, sum(quantity)::float8 AS units FROM foresight.cart_line
            GROUP BY cart_id HAVING max(updated_at) <= $1 ORDER BY changed_at, cart_id LIMIT $2)
          SELECT cart_id AS "cartId", changed_at AS "changedAt", lines, units,
            EXISTS (SELECT FROM foresight.event e WHERE e.cart_id = idle.cart_id AND e.name = 'purchase') AS ordered FROM idle ORDER BY changed_at, cart_id`,
        [before, limit]
      ),

    forgetBefore: (before) => countChanged(dataSource, "DELETE FROM foresight.cart_line WHERE updated_at < $1", [before]),
  }
}
