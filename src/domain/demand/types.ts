import type { Day } from "../day"
import type { PairedGain } from "./paired-gain"

/** Levels of every stored demand quantile, ascending. */
export const QUANTILE_LEVELS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99] as const

/** Length of one demand period. The store's cycle uses weeks that end yesterday; file commands may use any. */
export type Frequency = "day" | "week" | "month"

/** One demand series: a variant at one location, all sales channels together. */
export interface DemandSeries {
  /** `<variantId>@<locationId>` in a store; the file's `item_id` in file commands. */
  seriesId: string
  category: string | null
  /** What it is called; items with similar titles lend to newcomers. */
  title?: string
  /** Index, in the panel's `periods`, of the first period in which the series existed (first sale or creation). */
  firstPeriod: number
  /** Units wanted per period of the panel, shape `[periods]`: sold, scaled up for days out of stock; `NaN` before `firstPeriod` and where demand is unknown (out of stock nearly all period). */
  units: Float64Array
  /** Mean unit price paid or listed per period, shape `[periods]`; `NaN` where unknown. One currency a series. */
  price: Float64Array
  /** What of `units` was not sold but made up for time out of stock, shape `[periods]`; `NaN` where demand is unknown for another reason; left out where it never lacked stock, or nobody knows. */
  madeUp?: Float64Array
}

/** What is known of a series ahead of time: holidays, planned promotions, a planned price. */
export interface KnownAhead {
  name: string
  /** Per series of the panel, in its order: the value in each period, shape `[≥ periods]`, longer than the history where the future is known; `NaN` where not. */
  values: Float64Array[]
  /** Where not all of it was known at all times: per series how many of the panel's periods were over when each value became known, same shape as `values`;
   * forecasts from earlier origins see 0 there (`knownAt`). */
  since?: Int32Array[]
}

/** What never changes about a series, besides its category: a store's type, a supplier. */
export interface StaticColumn {
  name: string
  /** Per series of the panel, in its order. */
  values: (string | null)[]
}

/** All series over one common calendar. Plain data: crosses process borders by structured clone. */
export interface DemandPanel {
  frequency: Frequency
  /** First day of each period, oldest first; every period has the same length. */
  periods: Day[]
  series: DemandSeries[]
  known?: KnownAhead[]
  statics?: StaticColumn[]
  /** Of variants that others have replaced, from the day of that on: no model sees them, and nothing more is expected of them. */
  retired?: DemandSeries[]
}

/** The distribution of one series' demand over the next `horizon` periods. */
export interface DemandForecast {
  seriesId: string
  /** Expected units per period ahead, shape `[horizon]`. */
  mean: Float64Array
  /** Units at `QUANTILE_LEVELS`, row-major, shape `[horizon × levels]`, ascending within a row, ≥ 0. */
  quantiles: Float64Array
  /** Totals of the first periods, from a model that forecasts them itself; others leave them to path draws. */
  sums?: SumForecast[]
}

/** The distribution of one series' demand over its first `periods` periods together. */
export interface SumForecast {
  periods: number
  /** Expected units. */
  mean: number
  /** Units at `QUANTILE_LEVELS`, shape `[levels]`, ascending, ≥ 0. */
  quantiles: Float64Array
}

/** How a series sells: Syntetos–Boylan classes, `new` for fewer than `NEW_SERIES_PERIODS` known periods, `dying` for regular sales that have stopped. */
export type DemandClass = "smooth" | "erratic" | "intermittent" | "lumpy" | "new" | "dying"

/** A way to forecast every series of a panel at once. `origin` is the index of the first unseen period; later periods must not be read, but for what is known ahead.
 * `sums`: numbers of periods whose total is wanted as well. */
export interface DemandModel {
  readonly name: string
  forecast(panel: DemandPanel, origin: number, horizon: number, sums?: readonly number[]): DemandForecast[]
  /** Says what its forecast is made of: of each series of `span.which`, in that order, the expected total of the first periods less as many of its long-run
   * demand (`longRunLevel`), split by cause. Where it is left out, all of it is `other`. */
  explain?(panel: DemandPanel, origin: number, horizon: number, span: ExplainedSpan): DemandParts[]
}

/** Why a forecast differs from the long run, as far as a model knows. `trend`: how it sold lately; `season`: the time of the year or the week; `calendar`:
 * holidays, promotions and what else is known ahead; `other`: what kind of item it is, and what none of these causes alone explains. */
export const DEMAND_CAUSES = ["trend", "season", "calendar", "price", "other"] as const
export type DemandCause = (typeof DEMAND_CAUSES)[number]

/** Units by cause. */
export type DemandParts = Record<DemandCause, number>

/** Which part of a forecast is explained. */
export interface ExplainedSpan {
  /** First periods whose total it is, at most the horizon. */
  periods: number
  /** Positions of the series in the panel. */
  which: readonly number[]
  /** What the model itself forecasts there, in the panel's order, where that is known already. */
  forecasts?: readonly DemandForecast[]
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
  /** Mean over series and origins of the mean absolute error / the series' in-sample naive error; `null` where no series ever changed. */
  mase: number | null
  /** The same of squares: mean of √(mean squared error / mean squared naive error). */
  rmsse: number | null
  seconds: number
}

/** What a backtest found; kept with the model version. */
export interface DemandBacktest {
  frequency: Frequency
  horizon: number
  /** Periods summed for `sumWql`. */
  sumPeriods: number
  /** First periods forecast: of the validation, by which weights were chosen, then of the held-out time. */
  origins: Day[]
  seriesCount: number
  /** Shares of the members per class, by name. */
  weights: Record<DemandClass, Record<string, number>>
  /** One plain sentence per class that has series: what it was given, and why. */
  reasons: string[]
  /** Mean WQL on the validation origins: of each member, and as `chosen` of the weights. */
  losses: Record<string, number>
  /** Figures of the served average on the origins of `heldOut`, which the choice had not seen: over all series, and per class. */
  served: DemandMetrics & { byClass: Partial<Record<DemandClass, DemandMetrics & { seriesCount: number }>> }
  /** The last origins, kept from the choice: every member, and the version in service as `serving`, on the same periods as `served`; `gains`: of the served
   * average over each of them. */
  heldOut: { origins: Day[]; models: Record<string, DemandMetrics>; gains: Record<string, PairedGain> }
}
