import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import { columnList, upsertRows } from "../bulk"
import { StockDayEntity } from "../entities/stock-day.entity"
import { rows } from "../query"

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

export interface StockStore {
  /** Writes days; a later call for the same key overwrites. @returns rows written. */
  record(rows: readonly StockDay[]): Promise<number>
  /** Ordered by item, location, day. */
  range(range: { fromDay: Day; toDay: Day; inventoryItemIds?: readonly string[] }): Promise<StockDay[]>
  /** The newest row of each location of the items (of all items without `inventoryItemIds`). */
  latest(inventoryItemIds?: readonly string[]): Promise<StockDay[]>
}

/** Makes the stock store of an opened data source. */
export function createStockStore(dataSource: DataSource): StockStore {
  const columns = () => columnList(dataSource, StockDayEntity, { without: ["recordedAt"] })
  return {
    record(days) {
      const recordedAt = new Date()
      return upsertRows(dataSource, dataSource, StockDayEntity, days.map((day) => ({ ...day, recordedAt })))
    },

    range: ({ fromDay, toDay, inventoryItemIds }) =>
      rows<StockDay>(
        dataSource,
        `SELECT ${columns()} FROM foresight.stock_day
          WHERE stock_day.day BETWEEN $1::date AND $2::date AND ($3::text[] IS NULL OR inventory_item_id = ANY($3::text[]))
          ORDER BY inventory_item_id, location_id, stock_day.day`,
        [fromDay, toDay, inventoryItemIds ?? null]
      ),

    latest: (inventoryItemIds) =>
      rows<StockDay>(
        dataSource,
        `SELECT DISTINCT ON (inventory_item_id, location_id) ${columns()} FROM foresight.stock_day
          WHERE $1::text[] IS NULL OR inventory_item_id = ANY($1::text[]) ORDER BY inventory_item_id, location_id, stock_day.day DESC`,
        [inventoryItemIds ?? null]
      ),
  }
}
