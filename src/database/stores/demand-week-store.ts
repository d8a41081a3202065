import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import { rows } from "../query"

/** Which days are read, and of which series. */
interface Which {
  /** First day of the first week. */
  fromDay: Day
  /** Last day of the last week. */
  toDay: Day
  /** All variants unless named. */
  variantIds?: readonly string[] | undefined
  locationId?: string | undefined
  /** Where sales without a location count. */
  defaultLocationId: string | null
}

/** What was sold, week by week, of many series at once. Weeks are counted from `fromDay`. */
export interface DemandWeekStore {
  /** Units a week and sales channel (`""`: without one); weeks without a sale are left out. */
  sold(which: Which): Promise<{ week: number; salesChannelId: string; units: number }[]>
  /** Units of each variant over all the days. */
  soldByVariant(which: Pick<Which, "fromDay" | "toDay">): Promise<Map<string, number>>
  /** Days on which series could not be sold, summed over series and shares of days, and the number of series; weeks in which nothing was missing are left out. */
  outOfStock(which: Which): Promise<{ week: number; days: number; series: number }[]>
  /** The largest order of a variant in a week, of those that count. */
  largestOrders(weeks: readonly { variantId: string; firstDay: Day }[]): Promise<{ variantId: string; firstDay: Day; units: number }[]>
}

const SERIES = `($3::text[] IS NULL OR variant_id = ANY($3::text[])) AND ($4::text IS NULL OR coalesce(nullif(location_id, ''), $5, '') = $4)`
const parameters = ({ fromDay, toDay, variantIds, locationId, defaultLocationId }: Which) => [fromDay, toDay, variantIds ?? null, locationId ?? null, defaultLocationId]

/** Makes the store of weekly sales of an opened data source. */
export function createDemandWeekStore(dataSource: DataSource): DemandWeekStore {
  return {
    sold: (which) =>
      rows(
        dataSource,
        `SELECT (day - $1::date) / 7 AS week, sales_channel_id AS "salesChannelId", sum(units) AS units FROM foresight.demand_day
          WHERE day BETWEEN $1::date AND $2::date AND ${SERIES} GROUP BY 1, 2 ORDER BY 1, 2`,
        parameters(which)
      ),

    async soldByVariant({ fromDay, toDay }) {
      const found = await rows<{ variantId: string; units: number }>(
        dataSource,
        `SELECT variant_id AS "variantId", sum(units) AS units FROM foresight.demand_day WHERE day BETWEEN $1::date AND $2::date GROUP BY 1`,
        [fromDay, toDay]
      )
      return new Map(found.map(({ variantId, units }) => [variantId, units]))
    },

    outOfStock: (which) =>
      rows(
        dataSource,
        `SELECT (day - $1::date) / 7 AS week, sum(1 - share) AS days, count(DISTINCT (variant_id, location_id))::int AS series FROM (
            SELECT variant_id, location_id, k.day, min(k.in_stock_fraction) AS share
            FROM foresight.stock_day k
              JOIN (SELECT variant_id, location_id, unnest(inventory_item_ids) AS inventory_item_id FROM foresight.demand_series WHERE ${SERIES}) AS used
              USING (inventory_item_id, location_id)
            WHERE k.day BETWEEN $1::date AND $2::date AND k.in_stock_fraction < 1 GROUP BY 1, 2, 3) AS short
        GROUP BY 1 ORDER BY 1`,
        parameters(which)
      ),

    largestOrders: (weeks) =>
      weeks.length === 0
        ? Promise.resolve([])
        : rows(
            dataSource,
            `SELECT "variantId", "firstDay", max(units) AS units FROM (
              SELECT w.variant_id AS "variantId", w.first_day::text AS "firstDay", e.order_id, sum(e.quantity)::float8 AS units
              FROM unnest($1::text[], $2::date[]) AS w(variant_id, first_day)
                JOIN foresight.event e ON e.variant_id = w.variant_id AND e.day >= w.first_day AND e.day < w.first_day + 7 AND e.name = 'purchase' AND e.order_id IS NOT NULL
              WHERE NOT EXISTS (SELECT FROM foresight.excluded_line x WHERE x.day = e.day AND x.event_id = e.event_id AND x.restored_at IS NULL)
              GROUP BY 1, 2, 3) AS orders GROUP BY 1, 2`,
            [weeks.map(({ variantId }) => variantId), weeks.map(({ firstDay }) => firstDay)]
          ),
  }
}
