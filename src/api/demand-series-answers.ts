import type { DemandBandAnswer, DemandClassAnswer, DemandGroupAnswer, DemandLevelAnswer, DemandModelAnswer, DemandOverrideAnswer } from "./demand-answers"
import type { VariantReplacementAnswer } from "./replacement-answers"

/** Shapes of one series in full. Types only. */

export interface DemandPromotionAnswer {
  id: string
  code: string
  starts_on: string
  ends_on: string | null
  is_running: boolean
  is_over: boolean
}

/** One thing worth saying, with its numbers; `change` is relative, 0.2 for 20% more. */
export interface DemandRemarkAnswer {
  code: "never_sold" | "too_new" | "sells" | "sells_together" | "trend" | "last_year" | "season" | "promotion_running" | "promotion_ahead" | "out_of_stock" | "by_hand"
  demand_class?: DemandClassAnswer
  weeks?: number
  sold?: number
  units?: number
  per_week?: number
  change?: number
  promotion?: string
}

/** How it sold lately, the time of the year, holidays and promotions, its price, what could not be sold for lack of stock, and all else. */
export type DemandReasonGroupAnswer = "trend" | "season" | "calendar" | "price" | "stock_out" | "other"
export interface DemandReasonAnswer {
  group: DemandReasonGroupAnswer
  /** Units that it adds or takes. */
  units: number
}

/** Why the forecast differs from the long run: `expected` is `weeks × long_run` and all `units` together. */
export interface DemandReasonsAnswer {
  /** Weeks ahead whose total it is. */
  weeks: number
  /** Units a week of the last year, as they were sold. */
  long_run: number
  /** The model's own expectation; nothing set by hand is in it. */
  expected: number
  /** One a group. */
  reasons: DemandReasonAnswer[]
  /** `null` where next to nothing is sold or expected. */
  code: "above_usual" | "below_usual" | "as_usual" | null
  /** The reasons worth naming, the weightiest first. */
  because: DemandReasonAnswer[]
  sentence: string
}

/** GET /admin/foresight/demand/series?level&id&location_id */
export interface DemandSeriesAnswer extends DemandGroupAnswer {
  level: DemandLevelAnswer
  /** Series of each class. */
  classes: Record<string, number>
  locations: { id: string; name: string | null }[]
  first_day: string
  model: DemandModelAnswer | null
  /** Weeks that are over, oldest first. */
  history: {
    first_day: string
    sold: number
    /** What would have been sold with stock; `null` where nobody knows. */
    demand: number | null
    /** Mean price paid; `null` for categories, the shop, and weeks without a sale. */
    price: number | null
    /** Share of the time out of stock, 0 … 1, over all series. */
    out_of_stock: number
    /** What was said of it a week ahead, of the week that begins nearest; `null` where nothing was kept. `low` and `high` are `null` for several series together. */
    said: { mean: number; low: number | null; high: number | null } | null
  }[]
  forecast: ({
    first_day: string
    /** The model's own expectation where somebody set another. */
    model_mean: number | null
  } & DemandBandAnswer)[]
  /** The next four weeks beside the last four. */
  next: DemandBandAnswer & { sold: number }
  /** The same by sales channel, the largest share first; empty where fewer than two sold in the last year. `id` is `null` for what was sold without one, `name` for one that is gone. */
  channels: { id: string | null; name: string | null; sold: number; share: number; next: DemandBandAnswer }[]
  /** Lead time and review period together. `is_own`: by the item's own settings. */
  lead_time: DemandBandAnswer & { days: number; is_own: boolean }
  promotions: DemandPromotionAnswer[]
  overrides: DemandOverrideAnswer[]
  /** Of a variant: those whose sales count as its own, the nearest first. */
  inherits_from: VariantReplacementAnswer[]
  /** Of a variant: the one that took its place. */
  replaced_by: VariantReplacementAnswer | null
  /** What the sentence says, for screens in other languages. */
  remarks: DemandRemarkAnswer[]
  /** In English. */
  sentence: string
  /** `null` for forecasts of before reasons were kept. */
  reasons: DemandReasonsAnswer | null
  took_ms: number
}
