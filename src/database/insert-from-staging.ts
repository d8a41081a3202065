import { SCHEMA } from "./schema"

/** Turns one page of staged lines into events and excluded lines and adds to the report; see `StagingStore.insertPage`.
 * $1 import · $2 after line · $3 up to line · $4 whole weeks to move · $5 the shop's time zone · $6, $7 default location and sales channel · $8 number of the page.
 * A person whom the shop does not know keeps a pseudonym (a hash of what the file calls them), so that their purchases stay together for the recommender.
 * Rows are ordered by their key: two pages at once that hold the same event wait for each other instead of locking crosswise. */
export const INSERT_FROM_STAGING = insertFromStaging("ON CONFLICT (day, event_id) DO NOTHING")
/** The same for a page of which no line is known yet, a fifth faster: Postgres need not look before it writes. Fails as a whole (unique violation) where one is. */
export const INSERT_NEW_FROM_STAGING = insertFromStaging("")

function insertFromStaging(onConflict: string): string {
  return `WITH lines AS (
    SELECT p.kind, p.event_key, p.day + 7 * $4::int AS day,
      CASE WHEN $4::int = 0 THEN p.occurred_at ELSE ((p.occurred_at AT TIME ZONE $5) + $4::int * interval '7 days') AT TIME ZONE $5 END AS occurred_at,
      p.sku, p.order_id, p.session_id, p.quantity, p.unit_price, p.currency_code, p.search_term, p.exclusion_detail,
      coalesce(skus.id, products.other_id) AS variant_id, coalesce(skus.other_id, products.id) AS product_id, customers.id AS customer_id,
      CASE WHEN customers.id IS NULL THEN coalesce(p.visitor_id, customers.other_id) ELSE p.visitor_id END AS visitor_id,
      coalesce(locations.id, $6) AS location_id, coalesce(channels.id, $7) AS sales_channel_id,
      coalesce(p.exclusion, CASE WHEN p.kind IN ('purchase', 'refund') AND p.sku IS NOT NULL AND skus.id IS NULL AND products.other_id IS NULL THEN 'unknown_sku' END) AS reason
    FROM ${SCHEMA}.import_staging p
      LEFT JOIN ${SCHEMA}.import_name skus ON skus.import_id = $1 AND skus.kind = 'sku' AND skus.name = p.sku
      LEFT JOIN ${SCHEMA}.import_name products ON products.import_id = $1 AND products.kind = 'product' AND products.name = p.product_handle
      LEFT JOIN ${SCHEMA}.import_name customers ON customers.import_id = $1 AND customers.kind = 'customer' AND customers.name = p.customer_ref
      LEFT JOIN ${SCHEMA}.import_name locations ON locations.import_id = $1 AND locations.kind = 'location' AND locations.name = p.location
      LEFT JOIN ${SCHEMA}.import_name channels ON channels.import_id = $1 AND channels.kind = 'sales_channel' AND channels.name = p.sales_channel
    WHERE p.import_id = $1 AND p.line > $2 AND p.line <= $3),
  added AS (
    INSERT INTO ${SCHEMA}.event (day, event_id, name, occurred_at, source, customer_id, visitor_id, session_id, product_id, variant_id, sku, location_id,
        sales_channel_id, order_id, quantity, unit_price, currency_code, search_term)
      SELECT day, event_key, kind, occurred_at, 'import:' || $1::text, customer_id, visitor_id, session_id, product_id, variant_id, sku, location_id,
        sales_channel_id, order_id, quantity, unit_price, currency_code, search_term FROM lines ORDER BY day, event_key COLLATE "C"
      ${onConflict} RETURNING day, name),
  taken_out AS (
    INSERT INTO ${SCHEMA}.excluded_line (day, event_id, reason, detail, import_id)
      SELECT DISTINCT ON (day, event_key COLLATE "C") day, event_key, reason, exclusion_detail, $1 FROM lines WHERE reason IS NOT NULL ORDER BY day, event_key COLLATE "C"
      ON CONFLICT (day, event_id) DO NOTHING RETURNING day, reason),
  touched AS (
    INSERT INTO ${SCHEMA}.demand_touched (day)
      SELECT day FROM added WHERE name IN ('purchase', 'refund') UNION SELECT day FROM taken_out),
  counts AS (
    SELECT (SELECT count(*) FROM lines)::int AS read, (SELECT count(*) FROM added)::int AS inserted, (SELECT count(*) FROM taken_out)::int AS excluded),
  report AS (
    UPDATE ${SCHEMA}.import_report r SET lines_kept = r.lines_kept + counts.inserted, lines_duplicate = r.lines_duplicate + counts.read - counts.inserted,
        done_pages = r.done_pages || $8::int,
        excluded = r.excluded || coalesce((SELECT jsonb_object_agg(reason, coalesce((r.excluded ->> reason)::int, 0) + n)
          FROM (SELECT reason, count(*)::int AS n FROM taken_out GROUP BY reason) AS reasons), '{}')
      FROM counts WHERE r.id = $1)
  SELECT inserted, read - inserted AS duplicates, excluded FROM counts`
}
