import { dayNumber } from "../../day"
import { causeOfKnown } from "../explain/cause-of-known"
import { valueKnownAt } from "../known-at"
import type { DemandCause, DemandSeries, KnownAhead } from "../types"
import type { BoostedSpec } from "./boosted-spec"
import type { DemandHistory } from "./demand-history"
import { pastFeatures, PAST_FEATURES } from "./past-features"

/** What one row forecasts: demand of periods `origin + from … origin + to − 1` of one series. */
interface FeatureTarget {
  index: number
  origin: number
  from: number
  to: number
}

/** The time of the year is none of them: it names each period of a short past, and trees learnt by heart what happened in it. The season comes as a factor, and as the year before. */
const WINDOW_FEATURES = ["step", "width"] as const
const MOMENTUM_FEATURES = ["shop_4_13", "shop_1_4", "category_4_13", "category_1_4"] as const
const DAY_FEATURES = ["weekday", "day_of_month", "same_weekday4", "same_weekday8"] as const
const SEASON_FEATURES = ["index", "index_own", "index_category"] as const
const YEAR_FEATURES = ["growth", "year_ago", "year_ago_growth", "year_before", "year_after", "shop_year", "category_year"] as const
const GROWTH_PERIODS = 8
const PRICE_FEATURES = ["price", "price_relative", "price_recent"] as const
const RECENT_PRICES = 26
const NEW_PRICES = 4

/** Writes the features of single rows into columns. Nothing at or after a row's origin is read but the calendar and what is known ahead. */
export class FeatureRows {
  readonly names: readonly string[]
  /** What each column stands for when a forecast is explained. */
  readonly causes: readonly DemandCause[]
  /** Positions of the categorical columns. */
  readonly categorical: ReadonlySet<number>
  private readonly codes: Map<string, number>
  private readonly statics: { codes: Map<string, number>; values: readonly (string | null)[] }[]
  private readonly known: Pick<KnownAhead, "values" | "since">[]
  /** Days since 1970-01-01 of the first period. */
  private readonly firstDay: number
  private last: { index: number; origin: number; level: number; values: Float64Array } | null = null

  constructor(
    private readonly spec: BoostedSpec,
    private readonly history: DemandHistory
  ) {
    const { panel } = history
    this.firstDay = dayNumber(panel.periods[0] ?? "1970-01-01")
    this.codes = codesOf(spec.categories)
    this.statics = spec.statics.map(({ name, values }) => ({
      codes: codesOf(values),
      values: panel.statics?.find((column) => column.name === name)?.values ?? [],
    }))
    this.known = spec.known.map((name) => panel.known?.find((column) => column.name === name) ?? { values: [] })
    const as = (cause: DemandCause, names: readonly string[]) => names.map((name) => ({ name, cause }))
    const named = [
      ...as("trend", PAST_FEATURES),
      ...(spec.prices ? as("price", PRICE_FEATURES) : []),
      ...as("trend", MOMENTUM_FEATURES),
      ...as("other", WINDOW_FEATURES),
      ...(spec.frequency === "day" ? as("season", DAY_FEATURES) : []),
      ...(spec.settings.ownSeason === null ? [] : as("season", SEASON_FEATURES)),
      ...(spec.yearAgo ? YEAR_FEATURES.map((name) => ({ name, cause: name === "growth" ? ("trend" as const) : ("season" as const) })) : []),
      ...spec.known.flatMap((name) => as(causeOfKnown(name), [name, `${name}_next`, ...(spec.yearAgo ? [`${name}_year_ago`] : [])])),
    ]
    const columns = [...named, ...as("other", ["category", ...spec.statics.map(({ name }) => `static_${name}`)])]
    this.names = columns.map(({ name }) => name)
    this.causes = columns.map(({ cause }) => cause)
    this.categorical = new Set(columns.flatMap((_, at) => (at >= named.length ? [at] : [])))
  }

  /** Writes one row and gives what its target is divided by: the level times the season of the window, in units a period. */
  write(target: FeatureTarget, row: number, columns: readonly Float32Array[]): number {
    const { index, origin, from, to } = target
    const { history, spec } = this
    const series = history.panel.series[index] as DemandSeries
    const { level, values } = this.pastOf(index, origin, series)
    let column = 0
    const put = (value: number) => {
      const into = columns[column++]
      if (into) into[row] = value
    }
    for (const value of values) put(value)
    put(from)
    put(to - from)
    if (spec.frequency === "day") {
      const day = this.firstDay + origin + from
      put(((day % 7) + 10) % 7)
      put(new Date(day * 86_400_000).getUTCDate())
      put(sameWeekday(series, origin, from, to, 4) / level)
      put(sameWeekday(series, origin, from, to, 8) / level)
    }
    const factors = { index: 0, own: 0, category: 0 }
    for (let ahead = from; ahead < to; ahead++) {
      const at = history.factorsAt(index, origin, ahead)
      factors.index += at.index / (to - from)
      factors.own += at.own / (to - from)
      factors.category += at.category / (to - from)
    }
    if (spec.settings.ownSeason !== null) {
      put(factors.index)
      put(factors.own)
      put(factors.category)
    }
    const divisor = level * factors.index
    if (spec.yearAgo) this.yearAgo(series, origin, from, to, divisor, put)
    for (const column of this.known) this.knownAhead(column, index, origin, from, to, put)
    put(series.category === null ? NaN : (this.codes.get(series.category) ?? NaN))
    for (const { codes, values } of this.statics) put(codes.get(values[index] ?? "") ?? NaN)
    return divisor
  }

  /** Features that all windows of one series and origin share; rows come sorted by them. */
  private pastOf(index: number, origin: number, series: DemandSeries) {
    if (this.last?.index === index && this.last.origin === origin) return this.last
    const level = this.history.levelAt(index, origin)
    const values = [
      ...pastFeatures(series, origin, level),
      ...(this.spec.prices ? priceFeatures(series, origin) : []),
      ...momentum(this.history.totalOf(series, "shop"), origin),
      ...momentum(this.history.totalOf(series, "category"), origin),
    ]
    this.last = { index, origin, level, values: Float64Array.from(values) }
    return this.last
  }

  private yearAgo(series: DemandSeries, origin: number, from: number, to: number, divisor: number, put: (value: number) => void): void {
    const { year } = this.history
    const first = origin + from - year * Math.ceil(to / year)
    const ago = (units: Float64Array, least: number, shift = 0) => meanIn(units, Math.max(least, first + shift), Math.min(origin, first + shift + to - from))
    const now = meanIn(series.units, Math.max(series.firstPeriod, origin - GROWTH_PERIODS), origin)
    const then = meanIn(series.units, Math.max(series.firstPeriod, origin - GROWTH_PERIODS - year), origin - year)
    const growth = now / Math.max(then, 0.05 * divisor)
    const same = ago(series.units, series.firstPeriod) / divisor
    put(growth)
    put(same)
    put(same * growth)
    put(ago(series.units, series.firstPeriod, -1) / divisor)
    put(ago(series.units, series.firstPeriod, 1) / divisor)
    for (const group of ["shop", "category"] as const) {
      const total = this.history.totalOf(series, group)
      put(ago(total, 0) / meanIn(total, Math.max(0, origin - year - GROWTH_PERIODS), origin - year))
    }
  }

  private knownAhead(column: Pick<KnownAhead, "values" | "since">, index: number, origin: number, from: number, to: number, put: (value: number) => void): void {
    const { year } = this.history
    const values = column.values[index]
    const since = column.since?.[index]
    const within = (start: number, end: number) => (values ? meanIn(values, start, Math.min(values.length, end), since, origin) : NaN)
    put(within(origin + from, origin + to))
    put(within(origin + to, origin + to + 1))
    if (this.spec.yearAgo) put(within(origin + from - year, origin + to - year))
  }
}

function codesOf(values: readonly string[]): Map<string, number> {
  return new Map(values.map((value, code) => [value, code]))
}

/** Mean of the known values of `from … to − 1`; `NaN` where none is known.
 * @param since As in `KnownAhead`: values that became known after `origin` count as 0. */
function meanIn(values: Float64Array, from: number, to: number, since?: Int32Array, origin = 0): number {
  let sum = 0
  let known = 0
  for (let period = Math.max(0, from); period < to; period++) {
    const value = valueKnownAt(values, since, period, origin)
    if (Number.isNaN(value)) continue
    sum += value
    known++
  }
  return known > 0 ? sum / known : NaN
}

/** Units on the weekdays of the window in the last `weeks` weeks before the origin, per day. */
function sameWeekday(series: DemandSeries, origin: number, from: number, to: number, weeks: number): number {
  let sum = 0
  let known = 0
  for (let ahead = from; ahead < Math.min(to, from + 7); ahead++) {
    const nearest = origin + ahead - 7 * (Math.floor(ahead / 7) + 1)
    for (let week = 0; week < weeks; week++) {
      const period = nearest - 7 * week
      const units = period >= series.firstPeriod ? (series.units[period] ?? NaN) : NaN
      if (Number.isNaN(units)) continue
      sum += units
      known++
    }
  }
  return known > 0 ? sum / known : NaN
}

/** The last price paid, beside the mean of all and of the last half year; the price of the target is not known ahead. */
function priceFeatures(series: DemandSeries, origin: number): number[] {
  const last = series.price[origin - 1] ?? NaN
  const ever = meanIn(series.price, series.firstPeriod, origin)
  const recent = meanIn(series.price, Math.max(series.firstPeriod, origin - RECENT_PRICES), origin)
  const now = meanIn(series.price, Math.max(series.firstPeriod, origin - NEW_PRICES), origin)
  return [last > 0 ? Math.log(last) : NaN, ever > 0 ? last / ever : NaN, recent > 0 ? now / recent : NaN]
}

/** A group's last four periods beside its last 13, and its last beside its last four. */
function momentum(total: Float64Array, origin: number): number[] {
  const four = meanIn(total, origin - 4, origin)
  return [four / meanIn(total, origin - 13, origin), (total[origin - 1] ?? NaN) / four].map((value) => (Number.isFinite(value) ? value : NaN))
}
