import type { DataSource } from "typeorm"
import { countChanged, rows, transaction } from "./query"

/** Removes a person in one transaction; see `EventStore.eraseCustomer`. Whom `identity` names the same person, guests and carts, goes with them. */
export function eraseCustomer(dataSource: DataSource, customerId: string): Promise<{ deleted: number; anonymised: number; vectors: number }> {
  return transaction(dataSource, async (manager) => {
    const people = (await rows<{ id: string }>(manager, "SELECT $1 AS id UNION SELECT id FROM foresight.identity WHERE kind = 'guest' AND customer_id = $1", [customerId])).map(({ id }) => id)
    const found = await rows<{ cartId: string }>(
      manager,
      `SELECT id AS "cartId" FROM foresight.identity WHERE kind = 'cart' AND customer_id = ANY($1::text[])
        UNION SELECT cart_id FROM foresight.event WHERE customer_id = ANY($1::text[]) AND cart_id IS NOT NULL`,
      [people]
    )
    const carts = found.map(({ cartId }) => cartId)
    await rows(manager, "DELETE FROM foresight.cart_line WHERE cart_id = ANY($1::text[])", [carts])
    // the same person before logging in: events of their devices and carts that name no customer
    const deleted = await countChanged(
      manager,
      `DELETE FROM foresight.event WHERE name NOT IN ('purchase', 'refund') AND (customer_id = ANY($1::text[]) OR (customer_id IS NULL AND (cart_id = ANY($2::text[]) OR visitor_id IN
        (SELECT visitor_id FROM foresight.event WHERE visitor_id IS NOT NULL AND (customer_id = ANY($1::text[]) OR (cart_id = ANY($2::text[]) AND customer_id IS NULL))))))`,
      [people, carts]
    )
    const anonymised = await countChanged(
      manager,
      `UPDATE foresight.event SET customer_id = NULL, visitor_id = NULL, session_id = NULL, cart_id = NULL, search_term = NULL, properties = NULL WHERE customer_id = ANY($1::text[])`,
      [people]
    )
    const vectors = await countChanged(manager, "DELETE FROM foresight.customer_vector WHERE customer_id = ANY($1::text[])", [people])
    await rows(manager, "DELETE FROM foresight.identity WHERE customer_id = ANY($1::text[]) OR (kind = 'guest' AND id = ANY($1::text[]))", [people])
    return { deleted, anonymised, vectors }
  })
}
