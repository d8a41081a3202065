import type { LedgerLabel } from "../domain/replenishment/types"
import type { GateDecision, ModelKind, TrainingProgress } from "../domain/training"

export type * from "./demand-answers"
export type * from "./demand-review-answers"
export type * from "./demand-series-answers"
export type * from "./replacement-answers"
export type * from "./what-if-answers"

/** Shapes of our HTTP answers (snake_case, days `YYYY-MM-DD`, instants ISO 8601 in UTC). Types only: the admin imports them. */

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

export type TrainingStatus = "queued" | "running" | "promoted" | "kept" | "failed" | "canceled"
/** One training run. `kept`: it finished and the gate kept the version in service. */
export interface TrainingAnswer {
  id: string
  kind: ModelKind
  status: TrainingStatus
  trigger: "admin" | "cli" | "nightly" | "orders" | "import"
  created_at: string
  finished_at: string | null
  progress: TrainingProgress | null
  loss_curve: { step: number; loss: number; validation_loss?: number }[]
  gate: GateDecision | null
  error: string | null
  model_version: number | null
  backend: string | null
}
/** GET /admin/foresight/trainings ; POST { kind } → 202 { training } ; GET /:id (also `Accept: text/event-stream`: an event `training` each change) ; DELETE /:id cancels → 202 { training } */
export interface TrainingListAnswer {
  trainings: TrainingAnswer[]
  count: number
  limit: number
  offset: number
}

/** GET /admin/foresight/models */
export interface ModelAnswer {
  id: string
  kind: ModelKind
  version: number
  status: "serving" | "retired" | "rejected"
  algorithm: string
  created_at: string
  data_from: string
  data_to: string
  seed: number
  backend: string
  seconds: number
  bytes: number
  gate: GateDecision
  parameters: Record<string, unknown>
  backtest: unknown
}
export interface ModelListAnswer {
  models: ModelAnswer[]
  count: number
  limit: number
  offset: number
}

/** What was found out about a file, or said by whoever imports it. */
export interface ImportFoundAnswer {
  /** `utf-8`, `windows-1252`, `utf-16le`, `utf-16be` */
  encoding: string
  /** `comma`, `semicolon`, `tab` */
  separator: string
  /** The mark before decimals. */
  decimal: "dot" | "comma"
  /** Order of day, month and year; `null`: no date needed it. */
  dates: "ymd" | "dmy" | "mdy" | null
  first_day: string | null
  last_day: string | null
  /** Where and how a file ended in the middle; `null`: it was whole. */
  cut: string | null
}

/** In `{ imports, count, limit, offset }` of GET /admin/foresight/imports and in `{ import }` of /admin/foresight/imports/:id */
export interface ImportAnswer {
  id: string
  file_name: string
  /** `orders`, `online_retail`, `events`, `shopify`, `woocommerce`, `clickstream` */
  format: string
  status: "staging" | "inserting" | "done" | "failed" | "canceled"
  created_at: string
  finished_at: string | null
  lines_read: number
  lines_kept: number
  lines_duplicate: number
  lines_refused: number
  /** Whole weeks by which all dates were moved; `null`: none asked for. */
  shifted_weeks: number | null
  excluded: Record<string, number>
  refused_sample: { line: number; column: string | null; value: string | null; message: string }[]
  found: ImportFoundAnswer | null
  error: string | null
  /** Lines done in the present stage; `null` once the import has ended. */
  progress: { stage: "staging" | "matching" | "inserting" | "demand"; done: number; total: number } | null
}

/** GET /admin/foresight/imports */
export interface ImportListAnswer {
  imports: ImportAnswer[]
  count: number
  limit: number
  offset: number
}

/** In `{ check }` of POST /admin/foresight/imports?dry_run=true: what an import would do; nothing was written. */
export interface ImportCheckAnswer {
  file_name: string
  format: string
  lines_read: number
  lines_kept: number
  lines_refused: number
  excluded: Record<string, number>
  refused_sample: ImportAnswer["refused_sample"]
  found: ImportFoundAnswer
  /** SKUs of the file that the shop does not have, of those looked up (the first 20,000); `null`: not looked up. */
  unknown_skus: { checked: number; unknown: number; sample: string[] } | null
}

/** Where events come from; all imports together are one source. */
export type EventSourceAnswer = "medusa" | "storefront" | "import"

/** GET /admin/foresight/data: what arrived, what does not count, and what is missing. */
export interface DataAnswer {
  today: string
  /** Four weeks; the last day is today, which is not over. */
  days: string[]
  /** Events of one kind from one source, one count for each of `days`. */
  arrivals: { source: EventSourceAnswer; name: string; counts: number[] }[]
  /** Events of today, and when the source was last heard. */
  sources: { source: EventSourceAnswer; today: number; last_at: string | null }[]
  /** Lines that do not count, by reason. */
  set_aside: Record<string, number>
  /** Lines with a verdict that count all the same (restored, or only noted), by reason. */
  counting: Record<string, number>
  gaps: { source: EventSourceAnswer; name: string; from_day: string; to_day: string; days: number; expected: number; is_open: boolean }[]
  /** Days whose demand is still to be counted again. */
  days_waiting: number
  /** The last walk over the shop: rows read, and rows of ours that had been missed. */
  reconcile: { finished_at: string; walked: number; healed: number; set_aside: number } | null
  took_ms: number
}

/** A line with a verdict, and what it says. */
export interface SetAsideLineAnswer {
  day: string
  event_id: string
  /** One of docs/cleaning.md. */
  reason: string
  detail: string | null
  import_id: string | null
  set_aside_at: string
  /** Set: it counts all the same. */
  restored_at: string | null
  /** The user who last decided about it; `null`: a rule did. */
  changed_by: string | null
  changed_at: string | null
  /** `null` where the event is gone. */
  event: {
    name: string
    source: string
    order_id: string | null
    sku: string | null
    product_id: string | null
    quantity: number | null
    unit_price: number | null
    currency_code: string | null
  } | null
}

/** GET /admin/foresight/data/excluded?state&reason&source&import_id&from_day&to_day&q&limit&offset ; `count` stops at 10,000. */
export interface SetAsideListAnswer {
  lines: SetAsideLineAnswer[]
  count: number
  limit: number
  offset: number
}

/** POST /admin/foresight/data/excluded, …/excluded/restore, …/excluded/:day/:event_id/restore and …/exclude */
export interface SetAsideChangeAnswer {
  /** Lines whose state changed. */
  changed: number
  /** Days whose demand is counted again. */
  days: number
  /** Lines of that reason or import that are still set aside: ask again. */
  left: number
  /** `soon`: within a minute; `tonight`: no worker could be told. */
  counts: "soon" | "tonight"
}

/** GET and POST /admin/foresight/data/settings */
export interface CleaningSettingsAnswer {
  test_orders: { emails: string[]; email_domains: string[]; skus: string[] }
  /** Whether word-for-word repeats of an imported line count. */
  duplicates: "count" | "set_aside"
  changed_by: string | null
  changed_at: string | null
  /** True until all stored lines were judged by them. */
  is_waiting: boolean
}

/** GET /admin/foresight/health */
export interface HealthAnswer {
  database: { ok: boolean; message: string }
  temporal: { ok: boolean; message: string }
  /** Pollers seen on the task queues. */
  worker: { ok: boolean; message: string }
  models: { kind: ModelKind; version: number | null; created_at: string | null }[]
  events: { last_day: string | null; total: number }
  advice: { computed_at: string | null; count: number }
}

/** GET /admin/foresight/settings */
export interface SettingsPageAnswer {
  defaults: SettingsAnswer
  /** How long rows are kept, days; `model_versions`: versions of each kind kept with their bytes. */
  retention: { browse_days: number; cart_days: number; report_days: number; model_versions: number }
  timezone: string
  shop_id: string
}

/** POST /store/foresight/events: every event of the batch is accepted, a duplicate or rejected. */
export interface EventsAnswer {
  accepted: number
  duplicates: number
  /** `field`: path inside the event as it was sent. */
  rejected: { index: number; field: string; message: string }[]
  /** Accepted, but their time is not believed: they are kept and do not count. */
  set_aside?: { index: number; reason: string; message: string }[]
}

/** GET /admin/foresight/forecasts */
export interface ForecastsAnswer {
  quantile_levels: number[]
  forecasts: {
    variant_id: string
    location_id: string
    first_day: string
    frequency: string
    /** Units a period. */
    mean: number[]
    /** Units; a row a period, a column a level. */
    quantiles: number[][]
    history_weeks: number
    model_version_id: string | null
    computed_at: string
  }[]
}

/** POST and GET /store/foresight/recommendations */
export interface RecommendationsAnswer {
  recommendation_id: string
  scenario: string
  model: { version: string } | null
  fallback_depth: number
  items: {
    product_id: string
    score: number
    source: string
    reason: { code: string; product_ids: string[] }
    /** Present when `hydrate` was asked for. */
    product?: { id: string; title: string; handle: string | null; thumbnail: string | null; price: { amount: number; currency_code: string } | null }
  }[]
  took_ms: number
}

/** GET and POST /admin/foresight/backfill */
export interface BackfillAnswer {
  /** `none`: there never was one. */
  status: "none" | "running" | "completed" | "failed" | "canceled"
  /** While it runs and its worker answers. */
  progress: { stage: string; orders: number; orders_total: number | null; recovered: number; returns: number; set_aside: number } | null
}

/** GET /admin/foresight/settings/rates ; POST { rates } → 201 { written } */
export interface RatesAnswer {
  rates: CurrencyRateAnswer[]
  count: number
  limit: number
  offset: number
}
/** What one unit of `from` is worth in `to` from `day` on, and who says so. */
export interface CurrencyRateAnswer {
  day: string
  from: string
  to: string
  rate: number
  source: string
}
/** GET /admin/foresight/settings/rates/conversion?amount&from&to&day ; 404 where no rate leads there */
export interface ConversionAnswer {
  amount: number
  currency: string
  rates: CurrencyRateAnswer[]
}
