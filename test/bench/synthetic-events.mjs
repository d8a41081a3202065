// Synthetic events, made inside Postgres: a year of visits by the same shop's visitors, evenly over the days, thinner or thicker but alike.

/** Days the events lie in, ending yesterday. */
const DAYS = 365
/** Events of one visit: a search, six views, one product put into the cart; every fourth visit buys it. */
export const EVENTS_A_VISIT = 8
const PRODUCTS = 5_000
const VISITORS = 200_000
/** Every tenth visitor is logged in. */
const LOGGED_IN = 10

const id = (/** @type {string} */ prefix, /** @type {string} */ number) => `'${prefix}_01J' || upper(substr(md5('${prefix}' || (${number})::text), 1, 23))`
const uuid = (/** @type {string} */ seed) => `md5(${seed})::uuid::text`

/**
 * Adds visits from `$1` to before `$2` of the `$3` that the year ending before `$5` has in all, in the order of time, but only every tenth: those whose number ends in `$4`.
 * So ten rounds over the same year make it ten times as thick. Ids are as long as real ones, so that bytes a row are, too.
 */
export const INSERT_VISITS = `INSERT INTO foresight.event
    (day, event_id, name, occurred_at, source, customer_id, visitor_id, session_id, product_id, variant_id, sku, location_id, sales_channel_id, order_id, cart_id,
     quantity, unit_price, currency_code, search_term, properties, received_at)
  SELECT at::date, CASE WHEN step = ${EVENTS_A_VISIT - 1} AND buys THEN ${id("order", "visit")} || '/' || ${id("ordli", "visit")} ELSE 'web/' || ${uuid("visit::text || '/' || step")} END,
    CASE step WHEN 0 THEN 'search' WHEN ${EVENTS_A_VISIT - 2} THEN 'add_to_cart' WHEN ${EVENTS_A_VISIT - 1} THEN CASE WHEN buys THEN 'purchase' ELSE 'view_item' END ELSE 'view_item' END,
    at, CASE WHEN step = ${EVENTS_A_VISIT - 1} AND buys THEN 'medusa' ELSE 'storefront' END,
    CASE WHEN visitor % ${LOGGED_IN} = 0 THEN ${id("cus", "visitor")} END, ${uuid("'v' || visitor")}, ${uuid("'s' || visit")},
    CASE WHEN step > 0 THEN ${id("prod", "product")} END,
    CASE WHEN step >= ${EVENTS_A_VISIT - 2} THEN ${id("variant", "product")} END,
    CASE WHEN step = ${EVENTS_A_VISIT - 1} AND buys THEN 'SKU-' || product END,
    CASE WHEN step = ${EVENTS_A_VISIT - 1} AND buys THEN ${id("sloc", "1")} END, ${id("sc", "1")},
    CASE WHEN step = ${EVENTS_A_VISIT - 1} AND buys THEN ${id("order", "visit")} END,
    CASE WHEN step >= ${EVENTS_A_VISIT - 2} THEN ${id("cart", "visit")} END,
    CASE WHEN step > 0 THEN 1 END, CASE WHEN step > 0 THEN 19.9 END, CASE WHEN step > 0 THEN 'eur' END,
    CASE WHEN step = 0 THEN 'cup ' || product END,
    CASE WHEN step = 1 THEN '{"recommendation_id": "rec_0198c0de", "item_list_id": "home", "index": 3}'::jsonb END, at + interval '1 second'
  FROM (SELECT visit, step, (visit / 10) % 4 = 0 AS buys, (hashint8(visit) & 2147483647) % ${VISITORS} AS visitor,
      (sqrt((hashint8(visit * 8 + step) & 2147483647) / 2147483647.0) * ${PRODUCTS})::int AS product,
      ($5::date - ${DAYS})::timestamp AT TIME ZONE 'UTC' + (visit / $3::float8) * interval '${DAYS} days' + step * interval '20 seconds' AS at
    FROM generate_series($1::bigint, $2::bigint - 1) AS visit, generate_series(0, ${EVENTS_A_VISIT - 1}) AS step
    WHERE visit % 10 = $4::int) AS visits
  WHERE at < $5::date
  ORDER BY visits.at`

