import type { Day } from "../day"

/** Levels of every stored demand quantile, ascending. */
export const QUANTILE_LEVELS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99] as const

/** Length of one demand period. The store's cycle uses weeks that end yesterday; file commands may use any. */
export type Frequency = "day" | "week" | "month"

/** One demand series: a variant at one location, all sales channels together. */
export interface DemandSeries {
  /** `<variantId>@<locationId>` in a store; the file's `item_id` in file commands. */
  seriesId: string
  category: string | null
  /** Index, in the panel's `periods`, of the first period in which the series existed (first sale or creation). */
  firstPeriod: number
  /** Units wanted per period of the panel, shape `[periods]`: sold, scaled up for days out of stock; `NaN` before `firstPeriod` and where demand is unknown (out of stock nearly all period). */
  units: Float64Array
  /** Mean unit price paid or listed per period, shape `[periods]`; `NaN` where unknown. One currency a series. */
  price: Float64Array
}

/** All series over one common calendar. Plain data: crosses process borders by structured clone. */
export interface DemandPanel {
  frequency: Frequency
  /** First day of each period, oldest first; every period has the same length. */
  periods: Day[]
  series: DemandSeries[]
}

/** The distribution of one series' demand over the next `horizon` periods. */
export interface DemandForecast {
  seriesId: string
  /** Expected units per period ahead, shape `[horizon]`. */
  mean: Float64Array
  /** Units at `QUANTILE_LEVELS`, row-major, shape `[horizon × levels]`, ascending within a row, ≥ 0. */
  quantiles: Float64Array
}

/** How a series sells: Syntetos–Boylan classes, and `new` for fewer than `NEW_SERIES_PERIODS` known periods. */
export type DemandClass = "smooth" | "erratic" | "intermittent" | "lumpy" | "new"

/** A way to forecast every series of a panel at once. `origin` is the index of the first unseen period; later periods must not be read. */
export interface DemandModel {
  readonly name: string
  forecast(panel: DemandPanel, origin: number, horizon: number): DemandForecast[]
}

/** Accuracy of one model over all origins, pooled over series (ratio of sums, so that large items weigh by units). */
export interface DemandMetrics {
  /** `2 Σρ_q / (|Q| Σy)` of the sum over the horizon that is ordered for (lead time + review period): what the gate compares. */
  sumWql: number
  /** The same for single periods. */
  wql: number
  wape: number
  bias: number
  /** Share of sums at or below the 0.9 quantile. */
  coverage90: number
  seconds: number
}

/** What a rolling-origin backtest found; kept with the model version. */
export interface DemandBacktest {
  frequency: Frequency
  horizon: number
  /** Periods summed for `sumWql`. */
  sumPeriods: number
  origins: Day[]
  seriesCount: number
  /** Per model name: over all series, and per class. */
  models: Record<string, DemandMetrics & { byClass: Partial<Record<DemandClass, DemandMetrics & { seriesCount: number }>> }>
  /** The model chosen per class, with the correlation between periods that fits its sums best. */
  choice: Record<DemandClass, { model: string; correlation: number }>
  /** Figures of the served mixture (each class by its choice), scored on the origins of `heldOut`, which the choice had not seen. */
  served: DemandMetrics
  /** The last origins, kept from the choice: every model, and the version in service as `serving`, on the same periods as `served`. */
  heldOut: { origins: Day[]; models: Record<string, DemandMetrics> }
}
