import type { DataSource } from "typeorm"
import type { ReplenishmentSettings } from "../../domain/replenishment/types"
import { columnList } from "../bulk"
import { AdviceSettingEntity } from "../entities/advice-setting.entity"
import { rows } from "../query"

/** The shop's own settings; `null` where the default applies. */
export type OwnSettings = { [name in keyof ReplenishmentSettings]: number | null }
export interface ItemSettings {
  inventoryItemId: string
  locationId: string
  settings: OwnSettings
}

export interface SettingStore {
  /** Changes the named settings only; `null` gives the default back. @returns the settings as they stand. */
  set(inventoryItemId: string, locationId: string, change: Partial<OwnSettings>): Promise<OwnSettings>
  /** Rows of the items, of all items without an argument. Items without own settings have no row. */
  of(inventoryItemIds?: readonly string[]): Promise<ItemSettings[]>
}

/** Setting → column: what may be changed. */
const COLUMNS: { [name in keyof ReplenishmentSettings]: string } = {
  leadTimeDays: "lead_time_days",
  leadTimeSdDays: "lead_time_sd_days",
  reviewDays: "review_days",
  serviceLevel: "service_level",
  coverDays: "cover_days",
  moq: "moq",
  packSize: "pack_size",
}
const NAMES = Object.keys(COLUMNS) as (keyof ReplenishmentSettings)[]

/** Makes the setting store of an opened data source. */
export function createSettingStore(dataSource: DataSource): SettingStore {
  const columns = () => columnList(dataSource, AdviceSettingEntity, { alias: "s", without: ["inventoryItemId", "locationId", "updatedAt"] })
  return {
    async set(inventoryItemId, locationId, change) {
      const changed = NAMES.filter((name) => change[name] !== undefined)
      const names = changed.map((name) => `${COLUMNS[name]}, `).join("")
      const places = changed.map((_, index) => `$${index + 3}, `).join("")
      const updates = changed.map((name) => `${COLUMNS[name]} = excluded.${COLUMNS[name]}, `).join("")
      const [settings] = await rows<OwnSettings>(
        dataSource,
        `INSERT INTO foresight.advice_setting AS s (inventory_item_id, location_id, ${names}updated_at) VALUES ($1, $2, ${places}now())
          ON CONFLICT (inventory_item_id, location_id) DO UPDATE SET ${updates}updated_at = now() RETURNING ${columns()}`,
        [inventoryItemId, locationId, ...changed.map((name) => change[name])]
      )
      if (!settings) throw new Error("an upsert with RETURNING answers its row")
      return settings
    },

    async of(inventoryItemIds) {
      const found = await rows<OwnSettings & { inventoryItemId: string; locationId: string }>(
        dataSource,
        `SELECT ${columnList(dataSource, AdviceSettingEntity, { without: ["updatedAt"] })} FROM foresight.advice_setting
          WHERE $1::text[] IS NULL OR inventory_item_id = ANY($1::text[]) ORDER BY inventory_item_id, location_id`,
        [inventoryItemIds ?? null]
      )
      return found.map(({ inventoryItemId, locationId, ...settings }) => ({ inventoryItemId, locationId, settings }))
    },
  }
}

