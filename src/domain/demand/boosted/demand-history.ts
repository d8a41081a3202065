import { SEASON_PERIODS } from "../class-of"
import type { DemandPanel, DemandSeries, Frequency } from "../types"
import { seasonFactor } from "./season-factor"

/** Periods of a year, the same weekday where there is one. */
export const YEAR_PERIODS: Record<Frequency, number> = { day: 364, week: 52, month: 12 }

/** How the level that demand is divided by is made. */
export interface LevelSettings {
  /** Weight of the newest period in the exponentially weighted mean. */
  alpha: number
  /** Share of the series' own season beside its category's; `null`: no season. */
  ownSeason: number | null
  /** Least level, in units: a series that never sold still needs something to be divided by. */
  floor: number
}

/** Share of the mean of the last half year below which a level never falls, and of the whole past: a series that rests may sell again. */
const FLOORS = { recent: 0.2, ever: 0.1 }
const RECENT_PERIODS = 26
/** A season never divides by less. */
export const LEAST_FACTOR = 0.05

/** The past of a panel as the features read it. Each value at an origin is made of the periods before it alone. */
export class DemandHistory {
  readonly year: number
  private readonly season: number
  private readonly levels = new Map<number, Float32Array>()
  /** Units per period of each category and, as `""`, of the whole shop. */
  private readonly totals: Map<string, Float64Array>

  constructor(
    readonly panel: DemandPanel,
    readonly settings: LevelSettings
  ) {
    this.year = YEAR_PERIODS[panel.frequency]
    this.season = SEASON_PERIODS[panel.frequency]
    this.totals = groupTotals(panel)
  }

  /** Units per period of a series' category, or of the shop; unknown periods count 0. */
  totalOf(series: DemandSeries, group: "shop" | "category"): Float64Array {
    return this.totals.get(group === "shop" ? "" : categoryKey(series.category)) ?? this.shopTotal()
  }

  /** Deseasonalised level of a series at an origin, in units a period, > 0. */
  levelAt(index: number, origin: number): number {
    const series = this.seriesAt(index)
    const smoothed = this.levelsOf(index)[origin] ?? NaN
    const recent = meanOf(series, Math.max(series.firstPeriod, origin - RECENT_PERIODS), origin)
    const ever = meanOf(series, series.firstPeriod, origin)
    return Math.max(smoothed || 0, FLOORS.recent * recent, FLOORS.ever * ever, this.settings.floor)
  }

  /** Seasonal factors of period `origin + ahead`: what demand is divided by, and its parts. */
  factorsAt(index: number, origin: number, ahead: number): { index: number; own: number; category: number } {
    const { ownSeason } = this.settings
    if (ownSeason === null) return { index: 1, own: 1, category: 1 }
    const series = this.seriesAt(index)
    const own = ownSeason > 0 ? seasonFactor(series.units, series.firstPeriod, origin, ahead, this.season) : 1
    const category = ownSeason < 1 ? seasonFactor(this.totalOf(series, "category"), 0, origin, ahead, this.season) : 1
    return { index: Math.max(LEAST_FACTOR, ownSeason * own + (1 - ownSeason) * category), own, category }
  }

  /** Forgets the levels, which are as large as the panel. */
  release(): void {
    this.levels.clear()
  }

  private levelsOf(index: number): Float32Array {
    const known = this.levels.get(index)
    if (known) return known
    const series = this.seriesAt(index)
    const { alpha } = this.settings
    const levels = new Float32Array(series.units.length + 1)
    let total = 0
    let weight = 0
    for (let period = series.firstPeriod; period < series.units.length; period++) {
      const units = series.units[period] ?? NaN
      if (!Number.isNaN(units)) {
        total = (1 - alpha) * total + (alpha * units) / Math.max(0.1, this.factorsAt(index, period, 0).index)
        weight = (1 - alpha) * weight + alpha
      }
      levels[period + 1] = weight > 0 ? total / weight : 0
    }
    this.levels.set(index, levels)
    return levels
  }

  private seriesAt(index: number): DemandSeries {
    return this.panel.series[index] as DemandSeries
  }

  private shopTotal(): Float64Array {
    return this.totals.get("") ?? new Float64Array()
  }
}

const categoryKey = (category: string | null) => `c:${category ?? ""}`

/** Units per period of each category (`c:` and its name) and, as `""`, of all series. */
export function groupTotals(panel: DemandPanel): Map<string, Float64Array> {
  const shop = new Float64Array(panel.periods.length)
  const totals = new Map([["", shop]])
  for (const { category, units } of panel.series) {
    const key = categoryKey(category)
    const own = totals.get(key) ?? new Float64Array(shop.length)
    totals.set(key, own)
    units.forEach((value, period) => {
      if (!(value > 0)) return
      shop[period]! += value
      own[period]! += value
    })
  }
  return totals
}

/** Mean of the known units of periods `from … to − 1`; 0 where none is known. */
function meanOf(series: DemandSeries, from: number, to: number): number {
  let sum = 0
  let known = 0
  for (let period = from; period < to; period++) {
    const units = series.units[period] ?? NaN
    if (Number.isNaN(units)) continue
    sum += Math.max(0, units)
    known++
  }
  return known > 0 ? sum / known : 0
}
