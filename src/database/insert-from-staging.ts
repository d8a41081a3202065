import { SCHEMA } from "./schema"

/** Turns one page of staged lines into events and excluded lines and adds to the report; see `ImportStore.insertFromStaging`.
 * $1 import · $2 after line · $3 lines · $4–$6 SKUs · $7–$8 handles · $9–$10 customers · $11–$12 locations · $13–$14 sales channels
 * · $15, $16 defaults.
 * A person whom the shop does not know keeps a pseudonym (a hash of what the file calls them), so that their purchases stay together for the recommender. */
export const INSERT_FROM_STAGING = `WITH page AS (
    SELECT * FROM ${SCHEMA}.import_staging WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3),
  skus AS (SELECT DISTINCT ON (sku) * FROM unnest($4::text[], $5::text[], $6::text[]) AS s(sku, variant_id, product_id) ORDER BY sku),
  handles AS (SELECT DISTINCT ON (handle) * FROM unnest($7::text[], $8::text[]) AS h(handle, product_id) ORDER BY handle),
  customers AS (SELECT DISTINCT ON (ref) * FROM unnest($9::text[], $10::text[]) AS c(ref, customer_id) ORDER BY ref),
  locations AS (SELECT DISTINCT ON (name) * FROM unnest($11::text[], $12::text[]) AS l(name, location_id) ORDER BY name),
  channels AS (SELECT DISTINCT ON (name) * FROM unnest($13::text[], $14::text[]) AS n(name, sales_channel_id) ORDER BY name),
  lines AS (
    SELECT p.*, skus.variant_id, coalesce(skus.product_id, handles.product_id) AS product_id, customers.customer_id,
      CASE WHEN customers.customer_id IS NULL
        THEN coalesce(p.visitor_id, 'ref:' || encode(sha256(convert_to(p.customer_ref, 'UTF8')), 'hex')) ELSE p.visitor_id END AS known_visitor_id,
      coalesce(locations.location_id, $15) AS location_id, coalesce(channels.sales_channel_id, $16) AS sales_channel_id,
      coalesce(p.exclusion, CASE WHEN p.kind IN ('purchase', 'refund') AND p.sku IS NOT NULL AND skus.variant_id IS NULL THEN 'unknown_sku' END) AS reason
    FROM page p LEFT JOIN skus USING (sku) LEFT JOIN handles ON handles.handle = p.product_handle LEFT JOIN customers ON customers.ref = p.customer_ref
      LEFT JOIN locations ON locations.name = p.location LEFT JOIN channels ON channels.name = p.sales_channel),
  added AS (
    INSERT INTO ${SCHEMA}.event (day, event_id, name, occurred_at, source, customer_id, visitor_id, session_id, product_id, variant_id, sku, location_id,
        sales_channel_id, order_id, quantity, unit_price, currency_code, search_term)
      SELECT day, event_key, kind, occurred_at, 'import:' || $1::text, customer_id, known_visitor_id, session_id, product_id, variant_id, sku, location_id,
        sales_channel_id, order_id, quantity, unit_price, currency_code, search_term FROM lines ORDER BY day, event_key
      ON CONFLICT (day, event_id) DO NOTHING RETURNING day, name),
  taken_out AS (
    INSERT INTO ${SCHEMA}.excluded_line (day, event_id, reason, detail, import_id)
      SELECT DISTINCT ON (day, event_key) day, event_key, reason, exclusion_detail, import_id FROM lines WHERE reason IS NOT NULL ORDER BY day, event_key
      ON CONFLICT (day, event_id) DO NOTHING RETURNING day, reason),
  touched AS (
    INSERT INTO ${SCHEMA}.demand_touched (day)
      SELECT day FROM added WHERE name IN ('purchase', 'refund') UNION SELECT day FROM taken_out),
  counts AS (
    SELECT (SELECT max(line) FROM page) AS last_line, (SELECT count(*) FROM page)::int AS read, (SELECT count(*) FROM added)::int AS inserted,
      (SELECT count(*) FROM taken_out)::int AS excluded),
  report AS (
    UPDATE ${SCHEMA}.import_report r SET lines_kept = r.lines_kept + counts.inserted, lines_duplicate = r.lines_duplicate + counts.read - counts.inserted,
        resume_line = coalesce(counts.last_line, r.resume_line),
        excluded = r.excluded || coalesce((SELECT jsonb_object_agg(reason, coalesce((r.excluded ->> reason)::int, 0) + n)
          FROM (SELECT reason, count(*)::int AS n FROM taken_out GROUP BY reason) AS reasons), '{}')
      FROM counts WHERE r.id = $1)
  SELECT last_line AS "lastLine", inserted, read - inserted AS duplicates, excluded FROM counts`
