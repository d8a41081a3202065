import type { ModelKind } from "../domain/training"
import type { SettingsAnswer } from "./advice-answers"

export type * from "./advice-answers"
export type * from "./data-answers"
export type * from "./demand-answers"
export type * from "./demand-review-answers"
export type * from "./demand-series-answers"
export type * from "./import-answers"
export type * from "./newcomer-answers"
export type * from "./rates-answers"
export type * from "./replacement-answers"
export type * from "./storefront-answers"
export type * from "./training-answers"
export type * from "./what-if-answers"

/** Shapes of our HTTP answers (snake_case, days `YYYY-MM-DD`, instants ISO 8601 in UTC). Types only: the admin imports them. */

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

/** GET and POST /admin/foresight/backfill */
export interface BackfillAnswer {
  /** `none`: there never was one. */
  status: "none" | "running" | "completed" | "failed" | "canceled"
  /** While it runs and its worker answers. */
  progress: { stage: string; orders: number; orders_total: number | null; recovered: number; returns: number; set_aside: number } | null
}
