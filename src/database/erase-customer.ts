import type { DataSource, EntityManager } from "typeorm"
import { pseudonymAsSpelled, pseudonymOf } from "./pseudonym"
import { countChanged, rows, transaction } from "./query"

/** Events that name the person ($1), or no customer but one of their carts ($2). */
const OWN = "(customer_id = ANY($1::text[]) OR (customer_id IS NULL AND cart_id = ANY($2::text[])))"

async function names(manager: EntityManager, sql: string, parameters: readonly unknown[]): Promise<string[]> {
  return (await rows<{ name: string }>(manager, sql, parameters)).map(({ name }) => name)
}

/** Removes a person in one transaction; see `EventStore.eraseCustomer`. Whom `identity` names the same person, guests and carts, goes with them. */
export function eraseCustomer(dataSource: DataSource, customerId: string, emails: readonly string[]): Promise<{ deleted: number; anonymised: number; vectors: number }> {
  return transaction(dataSource, async (manager) => {
    const people = await names(manager, "SELECT $1 AS name UNION SELECT id FROM foresight.identity WHERE kind = 'guest' AND customer_id = $1", [customerId])
    const pseudonyms = [...people, ...emails].flatMap((ref) => [pseudonymOf(ref), pseudonymAsSpelled(ref)])
    const carts = await names(
      manager,
      `SELECT id AS name FROM foresight.identity WHERE kind = 'cart' AND customer_id = ANY($1::text[])
        UNION SELECT cart_id FROM foresight.event WHERE customer_id = ANY($1::text[]) AND cart_id IS NOT NULL`,
      [people]
    )
    await rows(manager, "DELETE FROM foresight.cart_line WHERE cart_id = ANY($1::text[])", [carts])
    // the same person before logging in: events of their devices, visits and carts that name no customer
    const devices = await names(
      manager,
      `SELECT visitor_id AS name FROM foresight.event WHERE visitor_id IS NOT NULL AND ${OWN} UNION SELECT unnest($3::text[])`,
      [people, carts, pseudonyms]
    )
    const visits = await names(
      manager,
      `SELECT DISTINCT session_id AS name FROM foresight.event
        WHERE session_id IS NOT NULL AND (${OWN} OR (customer_id IS NULL AND visitor_id = ANY($3::text[])))`,
      [people, carts, devices]
    )
    const [gone] = await rows<{ events: number }>(
      manager,
      `WITH gone AS (DELETE FROM foresight.event WHERE name NOT IN ('purchase', 'refund')
          AND (${OWN} OR (customer_id IS NULL AND (visitor_id = ANY($3::text[]) OR session_id = ANY($4::text[])))) RETURNING day, event_id),
        verdicts AS (DELETE FROM foresight.excluded_line x USING gone WHERE x.day = gone.day AND x.event_id = gone.event_id)
      SELECT count(*)::int AS events FROM gone`,
      [people, carts, devices, visits]
    )
    const anonymised = await countChanged(
      manager,
      `UPDATE foresight.event SET customer_id = NULL, visitor_id = NULL, session_id = NULL, cart_id = NULL, search_term = NULL, properties = NULL
        WHERE customer_id = ANY($1::text[]) OR (customer_id IS NULL AND visitor_id = ANY($2::text[]))`,
      [people, pseudonyms]
    )
    const vectors = await countChanged(manager, "DELETE FROM foresight.customer_vector WHERE customer_id = ANY($1::text[])", [people])
    await rows(manager, "DELETE FROM foresight.identity WHERE customer_id = ANY($1::text[]) OR (kind = 'guest' AND id = ANY($1::text[]))", [people])
    return { deleted: gone?.events ?? 0, anonymised, vectors }
  })
}
