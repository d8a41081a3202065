import type { DataSource } from "typeorm"
import type { DemandOutlook } from "../../domain/replenishment/types"
import { columnList, upsertRows } from "../bulk"
import { ProtectionForecastEntity } from "../entities/protection-forecast.entity"
import { countChanged, rows } from "../query"

export interface OutlookStore {
  /** Overwrites by inventory item and location; an older `computedAt` never replaces a newer one. @returns rows written. */
  upsert(outlooks: readonly DemandOutlook[], computedAt: Date): Promise<number>
  /** `null` when none was computed. */
  get(inventoryItemId: string, locationId: string): Promise<DemandOutlook | null>
  ofItems(inventoryItemIds: readonly string[]): Promise<DemandOutlook[]>
  /** Pages through all, ordered by item and location; pass the last row of the page before as `after`. */
  page(options: { after?: { inventoryItemId: string; locationId: string }; limit: number }): Promise<DemandOutlook[]>
  /** Removes rows that a full refresh, begun at `before`, did not write again. @returns rows removed. */
  removeBefore(before: Date): Promise<number>
}

/** Makes the outlook store of an opened data source. */
export function createOutlookStore(dataSource: DataSource): OutlookStore {
  const select = (rest: string, parameters: readonly unknown[]) =>
    rows<DemandOutlook>(
      dataSource,
      `SELECT ${columnList(dataSource, ProtectionForecastEntity, { without: ["computedAt"] })} FROM foresight.protection_forecast ${rest}`,
      parameters
    )
  return {
    upsert: (outlooks, computedAt) =>
      upsertRows(dataSource, dataSource, ProtectionForecastEntity, outlooks.map((outlook) => ({ ...outlook, computedAt })), { newerBy: "computedAt" }),

    async get(inventoryItemId, locationId) {
      const [outlook] = await select("WHERE inventory_item_id = $1 AND location_id = $2", [inventoryItemId, locationId])
      return outlook ?? null
    },

    ofItems: (inventoryItemIds) => select("WHERE inventory_item_id = ANY($1::text[]) ORDER BY inventory_item_id, location_id", [inventoryItemIds]),

    page: ({ after, limit }) =>
      select("WHERE (inventory_item_id, location_id) > ($1, $2) ORDER BY inventory_item_id, location_id LIMIT $3", [
        after?.inventoryItemId ?? "",
        after?.locationId ?? "",
        limit,
      ]),

    removeBefore: (before) => countChanged(dataSource, "DELETE FROM foresight.protection_forecast WHERE computed_at < $1", [before]),
  }
}
