import { YEAR_PERIODS } from "../domain/demand/boosted/demand-history"
import { dayNumber } from "../domain/day"
import type { DemandPanel, DemandSeries } from "../domain/demand/types"
import { smoothedLevels } from "../domain/demand/exponential-smoothing"
import { PERIOD_INPUTS, SERIES_INPUTS, TARGET_INPUTS } from "./demand-net-spec"
import type { DemandNetSpec } from "./demand-net-spec"

/** A batch of windows as the net reads them. */
export interface DemandBatch {
  size: number
  /** `[context, size, PERIOD_INPUTS]`, time first, as the LSTM walks it. */
  past: Float32Array
  /** `[size, SERIES_INPUTS + horizon × TARGET_INPUTS]`. */
  known: Float32Array
  /** Row of the embedding, `[size]`; 0 where the category has none. */
  category: Int32Array
  /** Units per period that the ratios refer to, `[size]`. */
  level: Float32Array
}

const DAYS_PER_YEAR = 365.2425
/** Least level, as a share of the series' mean and in units: a ratio to almost nothing would say nothing. */
const LEAST_SHARE = 0.1
const LEAST_UNITS = 0.05
/** Newest periods whose mean is compared with the level. */
const NEWEST = 4

const clip = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value))

/** Turns series and origins of one panel into the net's inputs. Nothing at or after the origin is read. */
export class DemandNetInputs {
  private readonly embeddingRow: Map<string, number>
  /** Units of all series per period; index 0 is the whole shop, `row` the category of that embedding row. */
  private readonly totals: Float64Array[]
  /** `[periods + horizon, 4]`: sine and cosine of the time of the year, and of the weekday for daily panels. */
  private readonly calendar: Float32Array
  /** Exponentially smoothed units before each period, shape `[until + 1]`, each series with the α that fitted its own past. */
  private readonly levels: Map<string, Float64Array>

  /** @param until Periods before which demand may be read; origins are at most this. */
  constructor(
    private readonly panel: DemandPanel,
    private readonly spec: DemandNetSpec,
    until: number
  ) {
    this.embeddingRow = new Map(spec.categories.map((category, index) => [category, index + 1]))
    this.totals = Array.from({ length: spec.categories.length + 1 }, () => new Float64Array(panel.periods.length))
    for (const series of panel.series) {
      const rows = new Set([0, this.rowOf(series)])
      for (const row of rows) {
        const total = this.totals[row] as Float64Array
        for (const [period, units] of series.units.entries()) if (units > 0) total[period] = (total[period] as number) + units
      }
    }
    this.calendar = this.readCalendar()
    this.levels = new Map(panel.series.map((series) => [series.seriesId, smoothedLevels(series, until)]))
  }

  private rowOf(series: DemandSeries): number {
    return series.category === null ? 0 : (this.embeddingRow.get(series.category) ?? 0)
  }

  private readCalendar(): Float32Array {
    const { periods, frequency } = this.panel
    const last = dayNumber(periods.at(-1) ?? "1970-01-01")
    const length = { day: 1, week: 7, month: DAYS_PER_YEAR / 12 }[frequency]
    const calendar = new Float32Array((periods.length + this.spec.horizon) * 4)
    for (let period = 0; period < periods.length + this.spec.horizon; period += 1) {
      const day = period < periods.length ? dayNumber(periods[period] as string) : last + (period - periods.length + 1) * length
      const year = (2 * Math.PI * (day % DAYS_PER_YEAR)) / DAYS_PER_YEAR
      const week = (2 * Math.PI * (day % 7)) / 7
      if (this.spec.calendar) calendar.set([Math.sin(year), Math.cos(year)], period * 4)
      if (frequency === "day") calendar.set([Math.sin(week), Math.cos(week)], period * 4 + 2)
    }
    return calendar
  }

  /** Units per period that a window's ratios refer to: the exponentially smoothed level before `origin`, kept off zero. */
  level(series: DemandSeries, origin: number): number {
    const mean = meanKnown(series.units, Math.max(0, origin - this.spec.context), origin)
    return Math.max(this.levels.get(series.seriesId)?.[origin] || 0, LEAST_SHARE * mean, LEAST_UNITS)
  }

  /** The inputs of the windows that end before `origins[i]` of the series `series[i]`. */
  batch(series: readonly DemandSeries[], origins: readonly number[]): DemandBatch {
    const size = series.length
    const { context, horizon } = this.spec
    const batch: DemandBatch = {
      size,
      past: new Float32Array(context * size * PERIOD_INPUTS),
      known: new Float32Array(size * (SERIES_INPUTS + horizon * TARGET_INPUTS)),
      category: Int32Array.from(series, (one) => this.rowOf(one)),
      level: Float32Array.from(series, (one, index) => this.level(one, origins[index] as number)),
    }
    for (const [index, one] of series.entries()) {
      this.writePast(batch, index, one, origins[index] as number)
      this.writeTargets(batch, index, one, origins[index] as number)
    }
    return batch
  }

  private writePast(batch: DemandBatch, index: number, series: DemandSeries, origin: number): void {
    const { context } = this.spec
    const from = Math.max(0, origin - context)
    const row = batch.category[index] as number
    const level = batch.level[index] as number
    const usual = meanKnown(series.price, from, origin)
    const shopMean = meanKnown(this.totals[0] as Float64Array, from, origin)
    const categoryMean = meanKnown(this.totals[row] as Float64Array, from, origin)
    let known = 0
    let sales = 0
    for (let period = from; period < origin; period += 1) {
      const at = ((period - origin + context) * batch.size + index) * PERIOD_INPUTS
      const sold = series.units[period] as number
      const price = series.price[period] as number
      if (sold >= 0) {
        known += 1
        sales += sold > 0 ? 1 : 0
        batch.past[at] = Math.log1p(sold / level)
        batch.past[at + 1] = sold > 0 ? 1 : 0
        batch.past[at + 2] = 1
      }
      if (price > 0 && usual > 0) batch.past[at + 3] = clip(Math.log(price / usual), 1)
      batch.past[at + 4] = logRatio((this.totals[row] as Float64Array)[period] as number, categoryMean)
      batch.past[at + 5] = logRatio((this.totals[0] as Float64Array)[period] as number, shopMean)
      batch.past.set(this.calendar.subarray(period * 4, period * 4 + 4), at + 6)
    }
    const width = batch.known.length / batch.size
    const age = Math.log1p(Math.max(0, origin - series.firstPeriod)) / 5
    const yearAgo = origin - YEAR_PERIODS[this.spec.frequency] > context / 2 ? 1 : 0
    const compared = (mean: number) => clip(Math.log((mean + LEAST_UNITS) / (level + LEAST_UNITS)), 2)
    const newest = compared(meanKnown(series.units, Math.max(from, origin - NEWEST), origin))
    const whole = compared(meanKnown(series.units, from, origin))
    const spread = Math.log1p(this.dispersion(series, from, origin))
    batch.known.set([Math.log(level) / 3, known / context, sales / Math.max(1, known), age, yearAgo, newest, whole, spread], index * width)
  }

  /** Σ|units − level| / Σ level over the context: how far off the level was before. */
  private dispersion(series: DemandSeries, from: number, origin: number): number {
    const levels = this.levels.get(series.seriesId)
    let errors = 0
    let total = 0
    for (let period = from; period < origin; period += 1) {
      const error = Math.abs((series.units[period] as number) - (levels?.[period] ?? NaN))
      if (!(error >= 0)) continue
      errors += error
      total += levels?.[period] ?? 0
    }
    return total > 0 ? errors / total : 0
  }

  private writeTargets(batch: DemandBatch, index: number, series: DemandSeries, origin: number): void {
    const { context, horizon, frequency } = this.spec
    const year = YEAR_PERIODS[frequency]
    const from = Math.max(0, origin - year - context)
    const row = this.rowOf(series)
    const shop = this.totals[0] as Float64Array
    const category = this.totals[row] as Float64Array
    const yearAgo = origin - year > context / 2
    const shopMean = yearAgo ? meanKnown(shop, from, origin - year) : 0
    const categoryMean = yearAgo ? meanKnown(category, from, origin - year) : 0
    const width = batch.known.length / batch.size
    for (let ahead = 0; ahead < horizon; ahead += 1) {
      const at = index * width + SERIES_INPUTS + ahead * TARGET_INPUTS
      const period = origin + ahead
      batch.known.set(this.calendar.subarray(period * 4, period * 4 + 4), at)
      if (!yearAgo || period - year >= origin) continue
      batch.known[at + 4] = logRatio(category[period - year] as number, categoryMean)
      batch.known[at + 5] = logRatio(shop[period - year] as number, shopMean)
    }
  }
}

/** Mean of the known numbers (≥ 0) of `[from, to)`; 0 when there is none. */
function meanKnown(values: Float64Array, from: number, to: number): number {
  let sum = 0
  let count = 0
  for (let index = from; index < to; index += 1) {
    const value = values[index] as number
    if (!(value >= 0)) continue
    sum += value
    count += 1
  }
  return count === 0 ? 0 : sum / count
}

/** Log of a total over its usual size; one unit added to both, so that small categories do not jump. */
function logRatio(total: number, usual: number): number {
  return clip(Math.log((total + 1) / (usual + 1)), 2)
}
