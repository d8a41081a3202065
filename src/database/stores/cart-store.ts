import type { DataSource } from "typeorm"
import { upsertRows } from "../bulk"
import { CartLineEntity } from "../entities/cart-line.entity"
import { countChanged, holdLock, rows, transaction } from "../query"

/** What a cart held of one variant when it was last looked at. */
export interface CartLine {
  variantId: string
  productId: string | null
  quantity: number
}

export interface CartStore {
  /** Stores a cart's lines (one a variant) and returns those it held before, in one step: two callers never both see the same change. */
  exchange(cartId: string, lines: readonly CartLine[]): Promise<CartLine[]>
  /** Carts that hold something and have not changed since `before`, longest first, whether or not an order came of them. */
  idle(before: Date, limit: number): Promise<{ cartId: string; changedAt: Date; lines: number; units: number; ordered: boolean }[]>
  /** Forgets carts not seen since `before`. @returns lines removed. */
  forgetBefore(before: Date): Promise<number>
}

/** Makes the cart store of an opened data source. */
export function createCartStore(dataSource: DataSource): CartStore {
  return {
    exchange: (cartId, lines) =>
      transaction(dataSource, async (manager) => {
        await holdLock(manager, `cart ${cartId}`)
        const before = await rows<CartLine>(
          manager,
          `SELECT variant_id AS "variantId", product_id AS "productId", quantity::float8 AS quantity FROM foresight.cart_line
            WHERE cart_id = $1 ORDER BY variant_id`,
          [cartId]
        )
        await rows(manager, "DELETE FROM foresight.cart_line WHERE cart_id = $1", [cartId])
        await upsertRows(manager, dataSource, CartLineEntity, lines.map((line) => ({ ...line, cartId })))
        return before
      }),

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
