import type { DemandClassAnswer } from "./demand-answers"

/** Shapes of how good forecasts were, and what was odd. Types only. */

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
