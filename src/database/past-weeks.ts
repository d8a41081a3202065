/** `counted`: the first days of forecasts kept from `$1` on whose first week was over at `$2`. */
export const COUNTED_WEEKS = `WITH counted AS (
  SELECT DISTINCT first_day FROM foresight.forecast_history WHERE first_day >= $1::date AND first_day <= $2::date)`

/** `past`: what each of those forecasts said of the week that followed, and what happened; sales without a location count at `$3`.
 * Series that are forecast no more are left out. */
export const PAST_WEEKS = `${COUNTED_WEEKS},
  sold AS (SELECT d.variant_id, coalesce(nullif(d.location_id, ''), $3::text, '') AS location_id, w.first_day, sum(d.units) AS units
    FROM counted w JOIN foresight.demand_day d ON d.day >= w.first_day AND d.day < w.first_day + 7 GROUP BY 1, 2, 3),
  used AS (SELECT variant_id, location_id, unnest(inventory_item_ids) AS inventory_item_id FROM foresight.demand_series),
  short AS (SELECT variant_id, location_id, first_day, sum(1 - share) / 7 AS lost FROM (
      SELECT u.variant_id, u.location_id, w.first_day, k.day, min(k.in_stock_fraction) AS share
      FROM counted w JOIN foresight.stock_day k ON k.day >= w.first_day AND k.day < w.first_day + 7 AND k.in_stock_fraction < 1
        JOIN used u USING (inventory_item_id, location_id)
      GROUP BY 1, 2, 3, 4) AS days GROUP BY 1, 2, 3),
  past AS (SELECT s.variant_id, s.location_id, s.product_id, s.category_ids, s.sku, s.variant_title, s.product_title, s.thumbnail, s.demand_class,
      h.first_day, h.mean[1] AS mean, h.quantiles[1] AS q01, h.quantiles[2] AS q10, h.quantiles[3] AS q50, h.quantiles[4] AS q90, h.quantiles[5] AS q99,
      coalesce(sold.units, 0) AS sold, coalesce(short.lost, 0) AS out_of_stock
    FROM foresight.forecast_history h JOIN counted USING (first_day) JOIN foresight.demand_series s USING (variant_id, location_id)
      LEFT JOIN sold USING (variant_id, location_id, first_day) LEFT JOIN short USING (variant_id, location_id, first_day))`
