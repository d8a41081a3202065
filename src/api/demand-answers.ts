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

/** A variant that took another's place; names are `null` where the shop has the variant no more. */
export interface VariantReplacementAnswer {
  id: string
  /** The one that inherits. */
  variant_id: string
  title: string | null
  sku: string | null
  /** The one whose sales before `from_day` it inherits; nothing more is expected of it. */
  replaced_variant_id: string
  replaced_title: string | null
  replaced_sku: string | null
  from_day: string
  created_by: string
  created_at: string
  ended_by: string | null
  ended_at: string | null
}

/** GET /admin/foresight/demand/replacements?state&variant_id&limit&offset */
export interface VariantReplacementListAnswer {
  replacements: VariantReplacementAnswer[]
  count: number
  limit: number
  offset: number
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
    /** Those of them that were forecast afterwards, by models that had not seen them: before the first version nobody had forecast them. */
    replayed_weeks: string[]
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

/** GET /admin/foresight/demand/what-if?variant_id&location_id&price_change&promotion&weeks */
export interface DemandWhatIfAnswer {
  variant_id: string
  /** `null`: all of them together. */
  location_id: string | null
  weeks: number
  /** Relative; `null`: the question was about a promotion. */
  price_change: number | null
  /** Units in these weeks as things are. */
  without: DemandBandAnswer
  /** Units with the change, what is uncertain about its effect among it; `null` with a refusal. */
  with: DemandBandAnswer | null
  /** Units with over units without; nine of ten lie between. Also where the history fits both directions (`not_shown`): what it allows for. */
  factor: DemandBandAnswer | null
  /** At the usual price and at the changed one; of `change` nine of ten lie between. `null` with a refusal and for promotions. */
  revenue: { without: number; with: number; change: DemandBandAnswer } | null
  /** Why there is no number: the price never moved, there was no promotion, sales do not show which way it goes, or no forecast run has looked yet. */
  refusal: "never_moved" | "no_promotion" | "not_shown" | "not_known" | null
  /** Asked for a price that it never had. */
  is_beyond_seen: boolean
  /** Per unit, lately, in the currency in which it sells most. */
  usual_price: number | null
  currency_code: string | null
  /** Percent of units a percent of price; nine of ten lie between. `null` where these lie on both sides of 0. */
  elasticity: DemandBandAnswer | null
  /** What was looked at: known weeks over all locations, those at another price, lowest and highest price as a share of the usual one, weeks in promotions. */
  seen: { weeks: number; price_weeks: number; lowest_price: number | null; highest_price: number | null; promotion_weeks: number } | null
  /** In English. */
  sentence: string
}

/** GET /admin/foresight/demand/overrides?state&variant_id&limit&offset */
export interface DemandOverrideListAnswer {
  overrides: DemandOverrideAnswer[]
  count: number
  limit: number
  offset: number
}
