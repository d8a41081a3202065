import type { LedgerLabel } from "../domain/replenishment/types"
import type { ModelKind } from "../domain/training"

/** Shapes of what is answered about one item's advice and settings. Types only. */

export interface SettingsAnswer {
  lead_time_days: number
  lead_time_sd_days: number
  review_days: number
  service_level: number
  cover_days: number
  moq: number
  pack_size: number
}
export type SettingName = keyof SettingsAnswer

export interface AdviceAnswer {
  inventory_item_id: string
  location_id: string
  location_name: string | null
  sku: string | null
  title: string
  thumbnail: string | null
  /** Products whose variants use the item; a kit's part may have several. */
  product_ids: string[]
  day: string
  computed_at: string
  status: "order" | "not_due" | "surplus" | "too_few_sales"
  order_quantity: number
  order_by: string | null
  reorder_point: number
  order_up_to: number
  expected_demand: number
  safety_stock: number
  days_of_cover: number | null
  days_of_cover_low: number | null
  stockout_probability: number | null
  ledger: { label: LedgerLabel; quantity: number }[]
  reason: string
  /** Names of settings that are defaults, and `opening_stock` where stock was assumed. */
  assumed: string[]
  /** Ids of users who set a forecast behind it by hand. */
  overridden_by: string[]
  stock: { on_hand: number; reserved: number; incoming: number }
  settings: SettingsAnswer
  model: { id: string; kind: ModelKind; version: number; algorithm: string } | null
}
/** GET /admin/foresight/advice?limit&offset&q&status&location_id&order */
export interface AdviceListAnswer {
  advice: AdviceAnswer[]
  count: number
  limit: number
  offset: number
  /** Rows of each status under the same filter but the status. */
  counts: Record<AdviceAnswer["status"], number>
}

/** Past weeks and the weeks ahead of one item at one location. */
export interface DemandChartAnswer {
  /** `units` is `null` in weeks in which demand is unknown (out of stock). */
  history: { period_start: string; units: number | null }[]
  forecast: { period_start: string; mean: number; q10: number; q50: number; q90: number }[]
}

/** GET /admin/foresight/inventory-items/:id/advice ; `advice` is null where there is no level or nothing was computed yet. */
export interface ItemAdviceAnswer {
  inventory_item_id: string
  locations: {
    location_id: string
    location_name: string | null
    advice: AdviceAnswer | null
    chart: DemandChartAnswer
    /** The shop's own settings; `null` where the default applies. */
    own_settings: { [name in SettingName]: number | null }
    default_settings: SettingsAnswer
  }[]
  /** Why there is no advice at all: the item is not stocked in Medusa, its product is a gift card, unpublished or deleted. */
  not_advised: "not_managed" | "gift_card" | "unpublished" | "deleted" | null
}
/** POST /admin/foresight/inventory-items/:id/settings ; a null gives the default back. Answers ItemAdviceAnswer. */
export type ItemSettingsBody = { location_id: string } & { [name in SettingName]?: number | null }

/** GET /admin/foresight/products/:id/advice */
export interface ProductAdviceAnswer {
  product_id: string
  variants: { variant_id: string; title: string; sku: string | null; inventory_items: { required_quantity: number; item: ItemAdviceAnswer }[]; not_advised: ItemAdviceAnswer["not_advised"] }[]
}
