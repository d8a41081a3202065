/** Newest events looked at for a customer's devices, and of them. */
const DEVICE_EVENTS = 500

/** The statement of `EventStore.recentOfCustomer`: $1 customer, $2 most rows. A device or a cart that two customers used says nothing about either.
 * Each part reads one index: the scalar subqueries keep the planner from joining whole tables.
 * @param columns Of `event e`. */
export const recentOfPerson = (columns: string): string => `WITH people AS MATERIALIZED (SELECT $1::text AS id UNION SELECT id FROM foresight.identity WHERE kind = 'guest' AND customer_id = $1),
  own AS MATERIALIZED (SELECT e.* FROM foresight.event e WHERE e.customer_id = ANY(ARRAY(SELECT id FROM people)) ORDER BY e.occurred_at DESC, e.event_id DESC LIMIT ${DEVICE_EVENTS}),
  devices AS MATERIALIZED (SELECT visitor_id FROM own WHERE visitor_id IS NOT NULL
    UNION SELECT e.visitor_id FROM foresight.event e
      WHERE e.cart_id = ANY(ARRAY(SELECT id FROM foresight.identity WHERE kind = 'cart' AND customer_id = $1)) AND e.visitor_id IS NOT NULL),
  theirs AS MATERIALIZED (SELECT visitor_id FROM devices d
    WHERE (SELECT true FROM foresight.event o WHERE o.visitor_id = d.visitor_id AND o.customer_id <> ALL(ARRAY(SELECT id FROM people)) LIMIT 1) IS NULL
      AND (SELECT true FROM foresight.event o WHERE o.visitor_id = d.visitor_id AND o.cart_id IS NOT NULL
        AND (SELECT i.customer_id FROM foresight.identity i WHERE i.kind = 'cart' AND i.id = o.cart_id) <> $1 LIMIT 1) IS NULL),
  before AS (SELECT e.* FROM foresight.event e WHERE e.visitor_id = ANY(ARRAY(SELECT visitor_id FROM theirs)) AND e.customer_id IS NULL ORDER BY e.occurred_at DESC, e.event_id DESC LIMIT ${DEVICE_EVENTS})
  SELECT ${columns} FROM (SELECT * FROM own UNION ALL SELECT * FROM before) AS e
  WHERE NOT EXISTS (SELECT FROM foresight.excluded_line x WHERE x.day = e.day AND x.event_id = e.event_id AND x.restored_at IS NULL)
  ORDER BY e.occurred_at DESC, e.event_id DESC LIMIT $2`
