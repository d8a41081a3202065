/** Shapes of the answers below /admin/foresight/demand: lists, and what is set by hand. Types only: the admin imports them. */

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
export interface DemandGroupAnswer {
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
}

/** One of a list. */
export interface DemandLineAnswer extends DemandGroupAnswer {
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
  /** Of one whose days are over; `days`: on which it held, and to which both figures here refer. `never`: it was ended before its first day; both figures are of
   * the days that it was set for. */
  outcome: { sold_units: number; forecast_units: number; override_units: number; days: number; nearer: "forecast" | "override" | "equal" | "never" } | null
}

/** GET /admin/foresight/demand/overrides?state&variant_id&limit&offset */
export interface DemandOverrideListAnswer {
  overrides: DemandOverrideAnswer[]
  count: number
  limit: number
  offset: number
}
