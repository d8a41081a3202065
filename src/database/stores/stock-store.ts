import type { DataSource } from "typeorm"
import { inStockShare, type StockMoment } from "../../domain/cleaning/availability"
import { addDays, dayNumber, type Day } from "../../domain/day"
import { createZoneClock } from "../../domain/imports/zone-clock"
import { columnList, upsertRows } from "../bulk"
import { StockDayEntity } from "../entities/stock-day.entity"
import { countChanged, rows } from "../query"

/** Stock of one inventory item at one location on one day, units. */
export interface StockDay {
  inventoryItemId: string
  locationId: string
  day: Day
  stocked: number
  reserved: number
  incoming: number
  /** Share of the day in [0, 1] in which something could be sold; `null` when not known. */
  inStockFraction: number | null
  /** True where the figure is assumed (opening stock of an imported history). */
  assumed: boolean
}

/** Stock of an item at a location at one moment, units. */
export type StockNow = Omit<StockDay, "day" | "inStockFraction">

export interface StockStore {
  /** Notes stock as it was at `at`. The day's row holds its last figures and the share of the day (up to the last note, while it lasts) in which something could be sold, weighted
   * by time over all notes; shares of the days beside it follow. Notes may come late, twice or out of order. @param timeZone The shop's. */
  note(levels: readonly StockNow[], at: Date, timeZone: string): Promise<void>
  /** Ordered by item, location, day. `short`: only days on which something was missing for a part of the day at least. */
  range(range: { fromDay: Day; toDay: Day; inventoryItemIds?: readonly string[]; short?: boolean }): Promise<StockDay[]>
  /** Mean share of each weekday, Monday first, in which items could be sold, over all items and locations; 1 where nobody looked. */
  inStockByWeekday(range: { fromDay: Day; toDay: Day }): Promise<number[]>
  /** Removes notes within the day that no share is worked out from any more. @returns notes removed. */
  forgetNotesBefore(before: Date): Promise<number>
}

const MS_PER_DAY = 86_400_000
type Moment = StockMoment & { inventoryItemId: string; locationId: string }

/** Items and locations of a statement: `$1`, `$2`. */
const PLACES = "unnest($1::text[], $2::text[]) AS g(inventory_item_id, location_id)"
const SAME_PLACE = "c.inventory_item_id = g.inventory_item_id AND c.location_id = g.location_id"

const ADD_NOTES = `INSERT INTO foresight.stock_change (inventory_item_id, location_id, at, available)
  SELECT g.inventory_item_id, g.location_id, $3::timestamptz, g.available FROM unnest($1::text[], $2::text[], $4::float8[]) AS g(inventory_item_id, location_id, available) ORDER BY 1, 2
  ON CONFLICT (inventory_item_id, location_id, at) DO UPDATE SET available = excluded.available`

/** What was so since `$3`, and what was so then. */
const MOMENTS = `SELECT g.inventory_item_id AS "inventoryItemId", g.location_id AS "locationId", m.available, extract(epoch FROM m.at)::float8 * 1000 AS at
  FROM ${PLACES} CROSS JOIN LATERAL (
    (SELECT c.at, c.available FROM foresight.stock_change c WHERE ${SAME_PLACE} AND c.at <= $3::timestamptz ORDER BY c.at DESC LIMIT 1)
    UNION ALL SELECT c.at, c.available FROM foresight.stock_change c WHERE ${SAME_PLACE} AND c.at > $3::timestamptz) AS m`

/** Rows are locked in the order of their key: two writers wait for each other instead of locking crosswise. */
const SET_SHARES = `UPDATE foresight.stock_day d SET in_stock_fraction = locked.share FROM (
    SELECT s.inventory_item_id, s.location_id, s.day, g.share FROM foresight.stock_day s
      JOIN unnest($1::text[], $2::text[], $3::date[], $4::float8[]) AS g(inventory_item_id, location_id, day, share) USING (inventory_item_id, location_id, day)
      WHERE g.share IS NOT NULL AND s.in_stock_fraction IS DISTINCT FROM g.share ORDER BY 1, 2, 3 FOR UPDATE OF s) AS locked
  WHERE d.inventory_item_id = locked.inventory_item_id AND d.location_id = locked.location_id AND d.day = locked.day`

/** Makes the stock store of an opened data source. */
export function createStockStore(dataSource: DataSource): StockStore {
  const columns = () => columnList(dataSource, StockDayEntity, { without: ["recordedAt"] })

  return {
    async note(levels, at, timeZone) {
      const distinct = [...new Map(levels.map((level) => [placeOf(level), level])).values()]
      if (distinct.length === 0) return
      const clock = createZoneClock(timeZone)
      const startOf = (day: Day) => clock.toInstant(dayNumber(day) * MS_PER_DAY)
      const day = clock.dayOf(at.getTime())
      const before = addDays(day, -1)
      const places = [distinct.map(({ inventoryItemId }) => inventoryItemId), distinct.map(({ locationId }) => locationId)]
      await rows(dataSource, ADD_NOTES, [...places, at, distinct.map(({ stocked, reserved }) => stocked - reserved)])

      const moments = new Map<string, StockMoment[]>()
      for (const { inventoryItemId, locationId, ...moment } of await rows<Moment>(dataSource, MOMENTS, [...places, new Date(startOf(before))])) {
        const place = placeOf({ inventoryItemId, locationId })
        moments.set(place, [...(moments.get(place) ?? []), moment])
      }
      const shareOn = (place: string, on: Day) => {
        const noted = moments.get(place) ?? []
        const last = noted.reduce((latest, moment) => Math.max(latest, moment.at), at.getTime())
        return inStockShare(noted, startOf(on), Math.min(last, startOf(addDays(on, 1))))
      }
      await upsertRows(
        dataSource,
        dataSource,
        StockDayEntity,
        distinct.map((level) => ({ ...level, day, inStockFraction: shareOn(placeOf(level), day), recordedAt: at })),
        { newerBy: "recordedAt" }
      )
      // rows that were there: yesterday is settled now, and a late note changes what was known of its day and how the next one began
      const shares = [before, day, addDays(day, 1)].flatMap((on) => distinct.map((level) => ({ ...level, on, share: shareOn(placeOf(level), on) })))
      await rows(dataSource, SET_SHARES, [
        shares.map(({ inventoryItemId }) => inventoryItemId),
        shares.map(({ locationId }) => locationId),
        shares.map(({ on }) => on),
        shares.map(({ share }) => share),
      ])
    },

    range: ({ fromDay, toDay, inventoryItemIds, short = false }) =>
      rows<StockDay>(
        dataSource,
        `SELECT ${columns()} FROM foresight.stock_day
          WHERE stock_day.day BETWEEN $1::date AND $2::date AND ($3::text[] IS NULL OR inventory_item_id = ANY($3::text[])) AND (NOT $4 OR in_stock_fraction < 1)
          ORDER BY inventory_item_id, location_id, stock_day.day`,
        [fromDay, toDay, inventoryItemIds ?? null, short]
      ),

    async inStockByWeekday({ fromDay, toDay }) {
      const found = await rows<{ weekday: number; share: number }>(
        dataSource,
        `SELECT extract(isodow FROM day)::int - 1 AS weekday, avg(in_stock_fraction)::float8 AS share FROM foresight.stock_day
          WHERE day BETWEEN $1::date AND $2::date AND in_stock_fraction IS NOT NULL GROUP BY 1`,
        [fromDay, toDay]
      )
      return Array.from({ length: 7 }, (_, weekday) => found.find((one) => one.weekday === weekday)?.share ?? 1)
    },

    forgetNotesBefore: (before) =>
      countChanged(
        dataSource,
        // the last note of a place stays: it says what was so since
        `DELETE FROM foresight.stock_change c WHERE c.at < $1 AND EXISTS (SELECT FROM foresight.stock_change n
          WHERE n.inventory_item_id = c.inventory_item_id AND n.location_id = c.location_id AND n.at > c.at AND n.at < $1)`,
        [before]
      ),
  }
}

const placeOf = ({ inventoryItemId, locationId }: Pick<StockDay, "inventoryItemId" | "locationId">) => `${inventoryItemId} ${locationId}`
