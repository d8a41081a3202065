import type { DataSource } from "typeorm"
import type { Day } from "../domain/day"
import { EVENT_NAMES, EVENT_WEIGHTS, type EventName } from "../domain/events"
import type { InteractionTable } from "../domain/recommending/types"
import { readAll } from "./read-all"

interface Row {
  userId: string
  productId: string
  sessionId: string | null
  name: EventName
  at: number
}

/** Events of one visitor who logged in as one customer, or whose cart became that customer's, belong to that customer, also those from before; a guest's belong to the
 * customer they became (`identity`). Without a visitor the session stands for the person.
 * Browsers name visitors and sessions themselves, so these names are marked: none can pass for a customer.
 * The last condition is `toldOnce`: one hash join with the few rows that a storefront told. */
const SQL = `WITH guests AS MATERIALIZED (SELECT id, customer_id FROM foresight.identity WHERE kind = 'guest'),
  seen AS (SELECT visitor_id, customer_id FROM foresight.event WHERE visitor_id IS NOT NULL AND customer_id IS NOT NULL
    UNION SELECT e.visitor_id, i.customer_id FROM foresight.event e JOIN foresight.identity i ON i.kind = 'cart' AND i.id = e.cart_id
      WHERE e.visitor_id IS NOT NULL),
  known AS MATERIALIZED (SELECT s.visitor_id, min(coalesce(g.customer_id, s.customer_id)) AS customer_id
    FROM seen s LEFT JOIN guests g ON g.id = s.customer_id
    GROUP BY s.visitor_id HAVING count(DISTINCT coalesce(g.customer_id, s.customer_id)) = 1),
  counted AS NOT MATERIALIZED (SELECT
      coalesce(guests.customer_id, e.customer_id, known.customer_id, 'visitor:' || e.visitor_id, 'session:' || e.session_id) AS user_id,
      e.day, e.event_id, e.source, e.name, e.product_id, e.session_id, e.occurred_at
    FROM foresight.event e
    LEFT JOIN guests ON guests.id = e.customer_id
    LEFT JOIN known ON known.visitor_id = e.visitor_id
    LEFT JOIN foresight.excluded_line x ON x.day = e.day AND x.event_id = e.event_id AND x.restored_at IS NULL
    WHERE e.day >= $1::date AND e.name = ANY($2::text[]) AND e.product_id IS NOT NULL
      AND (e.customer_id IS NOT NULL OR e.visitor_id IS NOT NULL OR e.session_id IS NOT NULL) AND x.day IS NULL)
  SELECT e.user_id AS "userId", e.product_id AS "productId", e.session_id AS "sessionId", e.name, extract(epoch FROM e.occurred_at)::float8 AS at
  FROM counted e
  WHERE NOT EXISTS (SELECT FROM counted told WHERE e.source = 'medusa' AND e.name = 'add_to_cart' AND told.source <> 'medusa' AND told.name = 'add_to_cart'
    AND told.user_id = e.user_id AND told.day = e.day AND told.product_id = e.product_id)
  ORDER BY e.occurred_at, e.event_id`

/** Autovacuum counts months, never the partitioned table: the planner takes the joined sides for a handful of rows and would walk one through for each row of the other. */
const FOR_MANY_ROWS = ["enable_nestloop = off"]

/** Columns of everything from `sinceDay` on that says something about taste; see `EventStore.interactions`. */
export async function readInteractions(dataSource: DataSource, sinceDay: Day): Promise<InteractionTable> {
  const users = new Numbering()
  const items = new Numbering()
  const sessions = new Numbering()
  const user: number[] = []
  const item: number[] = []
  const session: number[] = []
  const weight: number[] = []
  const at: number[] = []
  const purchase: number[] = []
  const names = EVENT_NAMES.filter((name) => EVENT_WEIGHTS[name] > 0)
  for await (const page of readAll<Row>(dataSource, SQL, [sinceDay, names], 20_000, FOR_MANY_ROWS)) {
    for (const row of page) {
      user.push(users.of(row.userId))
      item.push(items.of(row.productId))
      session.push(row.sessionId === null ? -1 : sessions.of(row.sessionId))
      weight.push(EVENT_WEIGHTS[row.name])
      at.push(row.at)
      purchase.push(row.name === "purchase" ? 1 : 0)
    }
  }
  return {
    users: users.names,
    items: items.names,
    sessions: sessions.names,
    user: Int32Array.from(user),
    item: Int32Array.from(item),
    session: Int32Array.from(session),
    weight: Float32Array.from(weight),
    at: Float64Array.from(at),
    purchase: Uint8Array.from(purchase),
  }
}

/** Numbers names by first appearance. */
class Numbering {
  readonly names: string[] = []
  private readonly numbers = new Map<string, number>()

  of(name: string): number {
    const known = this.numbers.get(name)
    if (known !== undefined) return known
    this.numbers.set(name, this.names.length)
    return this.names.push(name) - 1
  }
}
