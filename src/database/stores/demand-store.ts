import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import { inLanes } from "../../domain/in-lanes"
import { holdLock, rows, transaction } from "../query"

/** Units of one variant at one location on one day, all sales channels and currencies together. */
export interface DemandDayRow {
  variantId: string
  /** `""` when unknown. */
  locationId: string
  day: Day
  /** Bought, less what order edits took out again. */
  units: number
  /** Goods that came back that day. */
  returnedUnits: number
  orders: number
  /** Mean price paid per unit in the currency in which this variant sold most units at this location; `null` where unknown. */
  unitPrice: number | null
}

export interface DemandStore {
  /** Recounts days whose events changed, oldest first, `limit` days at most; a day is counted as a whole, and what differs is written. Safe to repeat and to run twice at once. */
  rebuildTouched(options: { limit: number; onProgress?: (done: number, total: number) => void }): Promise<{ days: number; left: number }>
  /** Days waiting for `rebuildTouched`. */
  daysTouched(): Promise<number>
  /** Ordered by variant, location, day; only days with an order or a return. */
  rowsForPanel(range: { fromDay: Day; toDay: Day; variantIds?: readonly string[] }): Promise<DemandDayRow[]>
  /** First and last day with demand; `null` when there is none. */
  span(): Promise<{ firstDay: Day; lastDay: Day } | null>
}

/** Days recounted in one transaction stand in the same half of a month: the sort of many sales fits into memory, and two that count share the work evenly. */
const spanOf = (day: Day) => `${day.slice(0, 7)} ${day.slice(8) < "16" ? "first" : "second"} half`
/** Postgres counts with one processor a statement. */
const SIDE_BY_SIDE = 2

/** Makes the demand store of an opened data source. */
export function createDemandStore(dataSource: DataSource): DemandStore {
  const daysTouched = async () => {
    const [answer] = await rows<{ days: number }>(dataSource, "SELECT count(DISTINCT day)::int AS days FROM foresight.demand_touched")
    return answer?.days ?? 0
  }

  /** Those of these days of a span that are still noted, in one transaction. Whoever counts days of the same span at the same time is waited for. */
  const rebuildSome = (span: string, some: readonly Day[]) =>
    transaction(dataSource, async (manager) => {
      await holdLock(manager, `demand of ${span}`)
      const noted = await rows<{ day: Day }>(manager, "SELECT DISTINCT day::text AS day FROM foresight.demand_touched WHERE day = ANY($1::date[]) ORDER BY 1", [some])
      const days = noted.map(({ day }) => day)
      if (days.length === 0) return
      await rows(manager, SETTINGS)
      const [before] = await rows<{ some: boolean }>(manager, COUNTED_BEFORE, [days[0], days.at(-1)])
      await rows(manager, before?.some ? COUNT_AGAIN : COUNT_FIRST, [days])
      // what was counted unjudged is counted again once a rule finds something in it
      await rows(manager, "INSERT INTO foresight.unjudged_day (day) SELECT unnest($1::date[])", [days])
    })

  return {
    async rebuildTouched({ limit, onProgress }) {
      const noted = await rows<{ day: Day }>(dataSource, "SELECT DISTINCT day::text AS day FROM foresight.demand_touched ORDER BY 1 LIMIT $1", [limit])
      const spans = new Map<string, Day[]>()
      for (const { day } of noted) spans.set(spanOf(day), [...(spans.get(spanOf(day)) ?? []), day])
      let done = 0
      await inLanes([...spans], SIDE_BY_SIDE, async ([span, days]) => {
        await rebuildSome(span, days)
        done += days.length
        onProgress?.(done, noted.length)
      })
      return { days: done, left: await daysTouched() }
    },

    daysTouched,

    rowsForPanel: ({ fromDay, toDay, variantIds }) => rows<DemandDayRow>(dataSource, PANEL_ROWS, [fromDay, toDay, variantIds ?? null]),

    async span() {
      const [answer] = await rows<{ firstDay: Day | null; lastDay: Day | null }>(
        dataSource,
        `SELECT min(day)::text AS "firstDay", max(day)::text AS "lastDay" FROM foresight.demand_day`
      )
      return answer?.firstDay && answer.lastDay ? { firstDay: answer.firstDay, lastDay: answer.lastDay } : null
    },
  }
}

/** Half a month of a large shop is grouped without touching the disk; sorted, days go into their index one after the other;
 * and tables that were filled just now have no statistics yet, so that the planner would go through a day's lines once for each line.
 * A crash that loses the last commits loses rows and forgotten notes alike: the days are counted again. */
const SETTINGS = `SELECT set_config('work_mem', '64MB', true), set_config('enable_hashagg', 'off', true), set_config('enable_nestloop', 'off', true),
  set_config('synchronous_commit', 'off', true)`

/** Whether days of a span, first to last, may have rows. The least day is read from the index; \`EXISTS\` goes through the whole table while it has no statistics. */
const COUNTED_BEFORE = "SELECT min(day) IS NOT NULL AS some FROM foresight.demand_day WHERE day BETWEEN $1::date AND $2::date"

/** One snapshot sees the notes and the events they speak of; a note that is added meanwhile stays for the next round.
 * What an edit took out of an order was never demand: such a refund carries the order's own id and day (a return has its own id) and lessens what was bought.
 * Only orders that were edited are summed by themselves first: for all others, which are nearly all, a line is its own sum.
 * The day stands first: Postgres sorts by it without looking into the row, where ids of one length and one beginning are compared to their end. */
const LINES_OF_DAYS = `noted AS (DELETE FROM foresight.demand_touched WHERE day = ANY($1::date[])),
    counted AS (SELECT e.day, e.variant_id, coalesce(e.location_id, '') AS location_id, coalesce(e.sales_channel_id, '') AS sales_channel_id,
        coalesce(e.currency_code, '') AS currency_code, e.order_id, e.quantity, e.unit_price,
        e.name = 'purchase' AS bought, e.name = 'refund' AND coalesce(starts_with(e.event_id, e.order_id || '/'), false) AS undone
      FROM foresight.event e
      WHERE e.day = ANY($1::date[]) AND e.name IN ('purchase', 'refund') AND e.variant_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM foresight.excluded_line x WHERE x.day = ANY($1::date[]) AND x.day = e.day AND x.event_id = e.event_id AND x.restored_at IS NULL)),
    edited AS MATERIALIZED (SELECT DISTINCT order_id FROM counted WHERE undone),
    per_order AS (SELECT day, variant_id, location_id, sales_channel_id, currency_code, order_id, bool_or(bought) AS bought,
        coalesce(sum(quantity) FILTER (WHERE bought), 0) AS units,
        coalesce(sum(quantity) FILTER (WHERE undone), 0) AS undone,
        coalesce(sum(quantity) FILTER (WHERE NOT bought AND NOT undone), 0) AS returned,
        coalesce(sum(quantity * unit_price) FILTER (WHERE bought), 0) - coalesce(sum(quantity * unit_price) FILTER (WHERE undone), 0) AS paid,
        coalesce(sum(quantity) FILTER (WHERE bought AND unit_price IS NOT NULL), 0)
          - coalesce(sum(quantity) FILTER (WHERE undone AND unit_price IS NOT NULL), 0) AS priced
      FROM counted WHERE order_id IN (SELECT order_id FROM edited) GROUP BY 1, 2, 3, 4, 5, 6),
    net AS (SELECT day, variant_id, location_id, sales_channel_id, currency_code, order_id, units - least(undone, greatest(units, 0)) AS left_over, returned,
        bought AND (undone = 0 OR undone < units) AS stands, paid, priced FROM per_order
      UNION ALL SELECT day, variant_id, location_id, sales_channel_id, currency_code, order_id, CASE WHEN bought THEN quantity END, CASE WHEN NOT bought THEN quantity END,
        bought, quantity * unit_price, CASE WHEN unit_price IS NOT NULL THEN quantity END
      FROM counted WHERE order_id IS NULL OR order_id NOT IN (SELECT order_id FROM edited))`

const DEMAND_OF_DAYS = `SELECT day, variant_id, location_id, sales_channel_id, currency_code,
    coalesce(sum(left_over), 0)::float8 AS units,
    coalesce(sum(returned), 0)::float8 AS returned_units,
    count(DISTINCT order_id) FILTER (WHERE stands)::int AS orders,
    coalesce(sum(paid) FILTER (WHERE stands), 0) AS revenue,
    (sum(paid) FILTER (WHERE stands) / nullif(sum(priced) FILTER (WHERE stands), 0))::float8 AS unit_price
  FROM net
  GROUP BY 1, 2, 3, 4, 5
  HAVING bool_or(stands OR returned <> 0)`

const KEY = ["day", "variant_id", "location_id", "sales_channel_id", "currency_code"]
const COUNTS = ["units", "returned_units", "orders", "revenue", "unit_price"]
const COLUMNS = [...KEY, ...COUNTS]
const of = (row: string, columns: readonly string[]) => columns.map((column) => `${row}.${column}`).join(", ")
const IS_SAME = `(${of("d", KEY)}) = (${of("n", KEY)})`

/** Days without a row yet. */
const COUNT_FIRST = `WITH ${LINES_OF_DAYS} INSERT INTO foresight.demand_day (${COLUMNS.join(", ")}) ${DEMAND_OF_DAYS}`

/** Days counted before: one more order changes a few rows of its day, and only these are written. */
const COUNT_AGAIN = `WITH ${LINES_OF_DAYS},
    new AS MATERIALIZED (${DEMAND_OF_DAYS}),
    old AS MATERIALIZED (SELECT ctid AS place, * FROM foresight.demand_day WHERE day = ANY($1::date[])),
    gone AS (DELETE FROM foresight.demand_day WHERE ctid = ANY(ARRAY(SELECT d.place FROM old d WHERE NOT EXISTS (SELECT FROM new n WHERE ${IS_SAME}))))
  INSERT INTO foresight.demand_day (${COLUMNS.join(", ")})
  SELECT ${of("n", COLUMNS)} FROM new n LEFT JOIN old d ON ${IS_SAME} WHERE (${of("d", COUNTS)}) IS DISTINCT FROM (${of("n", COUNTS)})
  ON CONFLICT (${KEY.join(", ")}) DO UPDATE SET ${COUNTS.map((column) => `${column} = excluded.${column}`).join(", ")}`

const PANEL_ROWS = `WITH days AS (SELECT * FROM foresight.demand_day
      WHERE day BETWEEN $1::date AND $2::date AND ($3::text[] IS NULL OR variant_id = ANY($3::text[]))),
    main AS (SELECT DISTINCT ON (variant_id, location_id) variant_id, location_id, currency_code
      FROM (SELECT variant_id, location_id, currency_code, sum(units) AS units FROM days GROUP BY 1, 2, 3) AS sold
      ORDER BY variant_id, location_id, units DESC, currency_code)
  SELECT d.variant_id AS "variantId", d.location_id AS "locationId", d.day::text AS day, sum(d.units) AS units, sum(d.returned_units) AS "returnedUnits",
    sum(d.orders)::int AS orders,
    sum(d.unit_price * d.units) FILTER (WHERE d.currency_code = main.currency_code)
      / nullif(sum(d.units) FILTER (WHERE d.currency_code = main.currency_code AND d.unit_price IS NOT NULL), 0) AS "unitPrice"
  FROM days d JOIN main USING (variant_id, location_id)
  GROUP BY d.variant_id, d.location_id, d.day ORDER BY d.variant_id, d.location_id, d.day`
