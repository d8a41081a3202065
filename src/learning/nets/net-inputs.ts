import { dayNumber } from "../../domain/day"
import { DemandHistory, LEAST_FACTOR } from "../../domain/demand/boosted/demand-history"
import { knownAt } from "../../domain/demand/known-at"
import type { DemandPanel, DemandSeries, KnownAhead } from "../../domain/demand/types"
import type { NetSpec } from "./net-spec"
import { SeriesPast, SERIES_INPUTS } from "./series-past"

/** A batch of windows as the nets read them; a window ends before the origin of its series. */
export interface NetBatch {
  size: number
  /** `[context, size, periodInputs(spec)]`, time first. */
  past: Float32Array
  /** `[size, SERIES_INPUTS]`. */
  fixed: Float32Array
  /** Row of each embedding, `[size]` a categorical column; 0 where the value has none. */
  categories: readonly Int32Array[]
  /** `[size, windows, aheadInputs(spec)]`: weekday, season and what is known ahead of each target. */
  ahead: Float32Array
  /** Units a period that ratio 1 stands for, `[size, windows]`: level times season. */
  scale: Float32Array
}

/** Inputs a past period: ratio to the level, sold, known, category, shop, then weekday, price and columns known ahead where the spec has them. */
export function periodInputs(spec: NetSpec): number {
  return 5 + weekdayInputs(spec) + (spec.prices ? 1 : 0) + spec.known.length
}

/** Inputs a target: where it begins, how long it is, then weekday, season, the year before and columns known ahead. */
export function aheadInputs(spec: NetSpec): number {
  return 2 + weekdayInputs(spec) + (spec.settings.ownSeason === null ? 0 : 3) + (spec.yearAgo ? 2 : 0) + spec.known.length * (spec.yearAgo ? 2 : 1)
}

/** The weekday's two. The time of the year is none: it names each week of a short past, and nets learnt by heart what happened in it. */
function weekdayInputs({ frequency }: NetSpec): number {
  return frequency === "day" ? 2 : 0
}

const LARGEST_LOG_RATIO = 3

/** Turns series and origins of one panel into inputs. Nothing at or after an origin is read but the calendar and what is known ahead. */
export class NetInputs {
  private readonly history: DemandHistory
  private readonly past: SeriesPast
  private readonly indexes: Map<DemandSeries, number>
  private readonly codes: readonly { rows: Map<string, number>; of: (index: number) => string | null }[]
  private readonly known: readonly KnownInput[]
  /** Sine and cosine of the weekday of daily panels, `[periods + horizon, 2]`. */
  private readonly weekdays: Float32Array

  constructor(
    private readonly panel: DemandPanel,
    private readonly spec: NetSpec
  ) {
    this.history = new DemandHistory(panel, spec.settings)
    this.past = new SeriesPast(this.history)
    this.indexes = new Map(panel.series.map((series, index) => [series, index]))
    this.codes = spec.categorical.map(({ name, values }) => {
      const column = panel.statics?.find((one) => one.name === name)?.values
      return { rows: new Map(values.map((value, at) => [value, at + 1])), of: (index) => (name === null ? (panel.series[index]?.category ?? null) : (column?.[index] ?? null)) }
    })
    this.known = spec.known.map(({ name, largest }) => ({ ...(panel.known?.find((one) => one.name === name) ?? { values: [] }), largest }))
    this.weekdays = this.readWeekdays()
  }

  /** Deseasonalised units a period that ratios refer to, > 0. */
  level(series: DemandSeries, origin: number): number {
    return this.history.levelAt(this.indexes.get(series) as number, origin)
  }

  /** The inputs of the windows that end before `origins[i]` of the series `series[i]`. */
  batch(series: readonly DemandSeries[], origins: readonly number[]): NetBatch {
    const { spec } = this
    const size = series.length
    const indexes = series.map((one) => this.indexes.get(one) as number)
    const batch: NetBatch = {
      size,
      past: new Float32Array(spec.context * size * periodInputs(spec)),
      fixed: new Float32Array(size * SERIES_INPUTS),
      categories: this.codes.map(({ rows, of }) => Int32Array.from(indexes, (index) => rows.get(of(index) ?? "") ?? 0)),
      ahead: new Float32Array(size * spec.windows.length * aheadInputs(spec)),
      scale: new Float32Array(size * spec.windows.length),
    }
    indexes.forEach((index, row) => {
      const origin = origins[row] as number
      const level = this.history.levelAt(index, origin)
      this.writePast(batch, row, index, origin, level)
      batch.fixed.set(this.past.summary(index, origin, spec.context, level), row * SERIES_INPUTS)
      this.writeAhead(batch, row, index, origin, level)
    })
    return batch
  }

  private writePast(batch: NetBatch, row: number, index: number, origin: number, level: number): void {
    const { spec, past, known, weekdays } = this
    const into = batch.past
    const width = periodInputs(spec)
    const dates = weekdayInputs(spec)
    const from = Math.max(0, origin - spec.context)
    const units = past.unitsOf(index)
    const shop = past.momentum(index, "shop", from, origin)
    const category = past.momentum(index, "category", from, origin)
    const price = spec.prices ? past.priceRatios(index, from, origin) : null
    for (let period = from; period < origin; period++) {
      let at = ((period - origin + spec.context) * batch.size + row) * width
      const sold = units[period] ?? NaN
      if (sold >= 0) {
        into[at] = Math.log1p(sold / level)
        into[at + 1] = sold > 0 ? 1 : 0
        into[at + 2] = 1
      }
      into[at + 3] = category[period - from] as number
      into[at + 4] = shop[period - from] as number
      at += 5
      for (let which = 0; which < dates; which++) into[at++] = weekdays[period * dates + which] as number
      if (price) into[at++] = price[period - from] as number
      for (const column of known) into[at++] = shareOf(column, index, period, origin)
    }
  }

  private writeAhead(batch: NetBatch, row: number, index: number, origin: number, level: number): void {
    const { spec, history, known, weekdays } = this
    const { windows, horizon, yearAgo } = spec
    const into = batch.ahead
    const width = aheadInputs(spec)
    const dates = weekdayInputs(spec)
    const hasSeason = spec.settings.ownSeason !== null
    for (let which = 0; which < windows.length; which++) {
      const { from, to } = windows[which] as { from: number; to: number }
      const share = 1 / (to - from)
      const target = row * windows.length + which
      const start = target * width
      into[start] = from / horizon
      into[start + 1] = (to - from - 1) / horizon
      let [factor, own, category, before] = [0, 0, 0, 0]
      for (let ahead = from; ahead < to; ahead++) {
        const period = origin + ahead
        let at = start + 2
        for (let date = 0; date < dates; date++) into[at + date]! += share * (weekdays[period * dates + date] ?? 0)
        at += dates + (hasSeason ? 3 : 0) + (yearAgo ? 2 : 0)
        for (const column of known) {
          into[at++]! += share * shareOf(column, index, period, origin)
          if (yearAgo) into[at++]! += share * shareOf(column, index, period - history.year, origin)
        }
        if (yearAgo) before += share * this.unitsYearBefore(index, origin, ahead)
        if (!hasSeason) continue
        const factors = history.factorsAt(index, origin, ahead)
        factor += share * factors.index
        own += share * factors.own
        category += share * factors.category
      }
      batch.scale[target] = hasSeason ? level * factor : level
      let at = start + 2 + dates
      if (hasSeason) {
        into[at++] = Math.log(Math.max(LEAST_FACTOR, factor))
        into[at++] = Math.log(Math.max(LEAST_FACTOR, own))
        into[at++] = Math.log(Math.max(LEAST_FACTOR, category))
      }
      if (yearAgo && before >= 0) {
        into[at] = Math.min(LARGEST_LOG_RATIO, Math.log1p(before / level))
        into[at + 1] = 1
      }
    }
  }

  /** `NaN` where unknown or not before the origin. */
  private unitsYearBefore(index: number, origin: number, ahead: number): number {
    const period = origin + ahead - this.history.year
    return period < origin ? Math.max(0, this.panel.series[index]?.units[period] ?? NaN) : NaN
  }

  private readWeekdays(): Float32Array {
    const { periods, frequency } = this.panel
    if (frequency !== "day") return new Float32Array()
    const first = dayNumber(periods[0] ?? "1970-01-01")
    return Float32Array.from({ length: 2 * (periods.length + this.spec.horizon) }, (_, at) => {
      const angle = (2 * Math.PI * ((first + (at >> 1)) % 7)) / 7
      return at % 2 === 0 ? Math.sin(angle) : Math.cos(angle)
    })
  }
}

/** A column known ahead, and the value that counts as 1. */
type KnownInput = Pick<KnownAhead, "values" | "since"> & { largest: number }

/** Between −1 and 1; 0 where unknown. */
function shareOf(column: KnownInput, index: number, period: number, origin: number): number {
  const value = period < 0 || column.largest === 0 ? 0 : knownAt(column, index, period, origin) / column.largest
  return Number.isNaN(value) ? 0 : Math.max(-1, Math.min(1, value))
}
