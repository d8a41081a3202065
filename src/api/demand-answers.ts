/** Shapes of the answers below /admin/foresight/demand. Types only: the admin imports them. */

export type DemandLevelAnswer = "shop" | "category" | "product" | "variant"
/** How an item sells: regularly, in varying amounts, now and then, rarely but many at once, too short to tell, or hardly any more. */
export type DemandClassAnswer = "smooth" | "erratic" | "intermittent" | "lumpy" | "new" | "dying"

/** Units; eight of ten outcomes lie between `low` and `high`. */
export interface DemandBandAnswer {
  mean: number
  low: number
  high: number
}
export interface DemandModelAnswer {
  version: number
  algorithm: string
}

/** One variant, product, category or the shop. */
export interface DemandLineAnswer {
  /** `all` for the shop, `none` for products without a category. */
  id: string
  /** `null` for the shop and for products without a category. */
  title: string | null
  sku: string | null
  thumbnail: string | null
  product_id: string | null
  /** Variants × locations added up. */
  series: number
  /** Of a single variant. */
  demand_class: DemandClassAnswer | null
  history_weeks: number
  /** Sold in the last four weeks. */
  sold: number
  /** Expected in the next four. */
  next: DemandBandAnswer
  /** `next.mean / sold − 1`; `null` where nothing was sold. */
  change: number | null
  is_overridden: boolean
}

/** GET /admin/foresight/demand?level&q&demand_class&order&limit&offset */
export interface DemandListAnswer {
  demand: DemandLineAnswer[]
  count: number
  limit: number
  offset: number
  level: DemandLevelAnswer
  /** First day of the forecast; `null`: there is none yet. */
  first_day: string | null
  /** Variants × locations that are forecast in all. */
  series: number
  /** `null`: a rule without training, or nothing yet. */
  model: DemandModelAnswer | null
  took_ms: number
}

export interface DemandPromotionAnswer {
  id: string
  code: string
  starts_on: string | null
  ends_on: string | null
  is_running: boolean
  is_over: boolean
}

/** A forecast set by hand. */
export interface DemandOverrideAnswer {
  id: string
  variant_id: string
  location_id: string
  location_name: string | null
  /** `null` where it is forecast no more. */
  title: string | null
  sku: string | null
  from_day: string
  to_day: string
  /** This or `factor` is set. */
  units_per_week: number | null
  factor: number | null
  note: string | null
  /** What the forecast said of its days when it was set, units. */
  forecast_units: number
  /** What it says of them. */
  override_units: number
  created_by: string
  created_at: string
  ended_by: string | null
  ended_at: string | null
  /** Of one whose days are over; `days`: on which it held, and to which both figures here refer. */
  outcome: { sold_units: number; forecast_units: number; override_units: number; days: number; nearer: "forecast" | "override" | "equal" } | null
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

/** GET /admin/foresight/demand/series?level&id&location_id */
export interface DemandSeriesAnswer {
  level: DemandLevelAnswer
  id: string
  title: string | null
  sku: string | null
  thumbnail: string | null
  product_id: string | null
  series: number
  demand_class: DemandClassAnswer | null
  /** Series of each class. */
  classes: Record<string, number>
  history_weeks: number
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
  }[]
  forecast: ({
    first_day: string
    /** The model's own expectation where somebody set another. */
    model_mean: number | null
  } & DemandBandAnswer)[]
  /** The next four weeks beside the last four. */
  next: DemandBandAnswer & { sold: number }
  /** Lead time and review period together. `is_own`: by the item's own settings. */
  lead_time: DemandBandAnswer & { days: number; is_own: boolean }
  promotions: DemandPromotionAnswer[]
  overrides: DemandOverrideAnswer[]
  /** What the sentence says, for screens in other languages. */
  remarks: DemandRemarkAnswer[]
  /** In English. */
  sentence: string
  took_ms: number
}

/** `off`: Σ|sold − expected| / Σ sold of single weeks; `bias`: Σ(expected − sold) / Σ sold. */
export interface DemandFiguresAnswer {
  off: number
  bias: number
  /** Share of sums over lead time and review that ended at or below the 0.9 quantile; 0.9 is right. */
  below_upper: number
}

/** GET /admin/foresight/demand/accuracy */
export interface DemandAccuracyAnswer {
  model: { version: number; algorithm: string; created_at: string; data_to: string } | null
  /** On past weeks that the model had not seen; `null` before the first training. */
  backtest: {
    sum_weeks: number
    origins: string[]
    held_out_origins: string[]
    overall: DemandFiguresAnswer
    naive: DemandFiguresAnswer | null
    classes: (DemandFiguresAnswer & { demand_class: DemandClassAnswer; series: number; model: string })[]
  } | null
  /** Forecasts that were kept, beside what was sold in the week that followed; weeks out of stock are left out. */
  lived: {
    weeks: string[]
    /** `inside`: of `count` items × weeks, those that ended in the 80% band. `off` and `bias` are `null` where nothing was sold. */
    classes: { demand_class: DemandClassAnswer; items: number; count: number; inside: number; off: number | null; bias: number | null }[]
  }
  kept_since: string | null
}

/** A week that ended far from its forecast. */
export interface DemandSurpriseAnswer {
  variant_id: string
  location_id: string
  location_name: string | null
  product_id: string
  title: string
  sku: string | null
  first_day: string
  sold: number
  mean: number
  low: number
  high: number
  /** The 98% band. */
  lowest: number
  highest: number
  reason: "out_of_stock" | "unplanned_promotion" | "large_order" | "newcomer" | "unexplained"
  out_of_stock: number
  largest_order: number
  promotion: string | null
}

/** GET /admin/foresight/demand/surprises */
export interface DemandSurprisesAnswer {
  /** The largest losses of the last four weeks that were forecast, largest first, at most 20. */
  misses: DemandSurpriseAnswer[]
  /** Outside the 98% band in the last week that is over, at most 20. */
  anomalies: DemandSurpriseAnswer[]
  anomaly_count: number
  anomaly_week: string | null
  kept_since: string | null
}

/** GET /admin/foresight/demand/overrides?state&variant_id&limit&offset */
export interface DemandOverrideListAnswer {
  overrides: DemandOverrideAnswer[]
  count: number
  limit: number
  offset: number
}
