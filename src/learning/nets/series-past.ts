import type { DemandHistory } from "../../domain/demand/boosted/demand-history"
import type { DemandSeries } from "../../domain/demand/types"

/** Inputs a series: log level, known share of the context, share of periods with a sale, age, newest and whole context over the level, how far off
 * the level was, wait since the last sale. */
export const SERIES_INPUTS = 8

const LEAST_FACTOR = 0.1
/** Newest periods whose mean is compared with the level. */
const NEWEST = 4
const LEAST_UNITS = 0.05

const clip = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value))

/** What nets read of the past of each series of a panel, in multiples of its level and without its season. */
export class SeriesPast {
  private readonly units = new Map<number, Float32Array>()
  private readonly logTotals = new Map<Float64Array, Float64Array>()

  constructor(private readonly history: DemandHistory) {}

  /** Units of each period over its season as known before it; `NaN` where unknown, 0 for returns. */
  unitsOf(index: number): Float32Array {
    const kept = this.units.get(index)
    if (kept) return kept
    const { units, firstPeriod } = this.seriesAt(index)
    const own = Float32Array.from(units, (sold, period) =>
      period < firstPeriod || Number.isNaN(sold) ? NaN : Math.max(0, sold) / Math.max(LEAST_FACTOR, this.history.factorsAt(index, period, 0).index)
    )
    this.units.set(index, own)
    return own
  }

  /** Log of the group's total of each period `from … to − 1` over their mean; one unit added to both, so that small groups do not jump. */
  momentum(index: number, group: "shop" | "category", from: number, to: number): Float32Array {
    const total = this.history.totalOf(this.seriesAt(index), group)
    const logs = this.logTotals.get(total) ?? Float64Array.from(total, (units) => Math.log1p(units))
    this.logTotals.set(total, logs)
    const logMean = Math.log1p(meanOf(total, from, to))
    const own = new Float32Array(to - from)
    for (let at = 0; at < own.length; at++) own[at] = clip((logs[from + at] ?? 0) - logMean, 2)
    return own
  }

  /** Log of the price of each period `from … to − 1` over their mean; 0 where unknown. */
  priceRatios(index: number, from: number, to: number): Float32Array {
    const { price } = this.seriesAt(index)
    const mean = meanOf(price, from, to)
    return Float32Array.from({ length: to - from }, (_, at) => {
      const paid = price[from + at] ?? NaN
      return paid > 0 && mean > 0 ? clip(Math.log(paid / mean), 1) : 0
    })
  }

  /** The `SERIES_INPUTS` of a series whose last `context` periods before `origin` are read. */
  summary(index: number, origin: number, context: number, level: number): number[] {
    const units = this.unitsOf(index)
    const from = Math.max(0, origin - context)
    let [known, sales, sum, off, wait] = [0, 0, 0, 0, 0]
    for (let period = from; period < origin; period++) {
      const sold = units[period] ?? NaN
      if (Number.isNaN(sold)) continue
      known++
      sum += sold
      off += Math.min(10 * level, Math.abs(sold - level))
      if (sold > 0) sales++
      wait = sold > 0 ? 0 : wait + 1
    }
    const compared = (mean: number) => clip(Math.log((mean + LEAST_UNITS) / (level + LEAST_UNITS)), 2)
    return [
      clip(Math.log(level) / 3, 5),
      known / context,
      sales / Math.max(1, known),
      Math.log1p(Math.max(0, origin - this.seriesAt(index).firstPeriod)) / 5,
      compared(meanOf(units, Math.max(from, origin - NEWEST), origin)),
      compared(sum / Math.max(1, known)),
      Math.log1p(off / Math.max(1, known) / level),
      Math.log1p(wait) / 3,
    ]
  }

  private seriesAt(index: number): DemandSeries {
    return this.history.panel.series[index] as DemandSeries
  }
}

/** Mean of the known numbers (≥ 0) of `[from, to)`; 0 when there is none. */
function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  let [sum, count] = [0, 0]
  for (let at = from; at < to; at++) {
    const value = values[at] ?? NaN
    if (!(value >= 0)) continue
    sum += value
    count++
  }
  return count === 0 ? 0 : sum / count
}
