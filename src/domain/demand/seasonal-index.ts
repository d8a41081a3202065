import { SEASON_PERIODS } from "./class-of"
import type { DemandPanel, DemandSeries } from "./types"

/** Periods of overlap with the season before that are needed to tell growth from season. */
const LEAST_OVERLAP = 8
/** Series of a category at which its own index and the shop's weigh the same. */
const SHRINK_SERIES = 10
const LARGEST_FACTOR = 5

/** Seasonal factor of every period before and after `origin`, per category: 1 is an average period. Shape `[origin + horizon]` each.
 * Units of a category's series, cleared of growth, are compared with their season's mean position by position, averaged over seasons,
 * smoothed over neighbours (¼, ½, ¼) and shrunk to the whole shop's. Each series weighs by `units / mean units`, cut at 5, so that one bestseller
 * or one bulk order makes no season. Growth is that of the same positions one season apart.
 * @returns factors by category (`""` for none), or `null` when there is less than a season and `LEAST_OVERLAP` periods.
 */
export function seasonalIndexes(panel: DemandPanel, origin: number, horizon: number): Map<string, Float64Array> | null {
  const season = SEASON_PERIODS[panel.frequency]
  if (origin < season + Math.min(LEAST_OVERLAP, season)) return null
  const shop = new SeasonSums(season, origin)
  const categories = new Map<string, SeasonSums>()
  for (const series of panel.series) {
    if (series.firstPeriod > origin - season - Math.min(LEAST_OVERLAP, season)) continue
    const name = series.category ?? ""
    const sums = categories.get(name) ?? new SeasonSums(season, origin)
    categories.set(name, sums)
    sums.add(series)
    shop.add(series)
  }
  if (shop.series === 0) return null
  const whole = shop.factors()
  const indexes = new Map<string, Float64Array>()
  for (const name of new Set(panel.series.map((series) => series.category ?? ""))) {
    const sums = categories.get(name)
    const share = sums ? sums.series / (sums.series + SHRINK_SERIES) : 0
    const own = sums?.factors() ?? whole
    const factors = whole.map((value, position) => share * (own[position] ?? 1) + (1 - share) * value)
    indexes.set(
      name,
      Float64Array.from({ length: origin + horizon }, (_, period) => factors[period % season] ?? 1)
    )
  }
  return indexes
}

/** Sums of scaled units of a group of series per period. */
class SeasonSums {
  series = 0
  private readonly units: Float64Array
  private readonly count: Float64Array

  constructor(
    private readonly season: number,
    private readonly origin: number
  ) {
    this.units = new Float64Array(origin)
    this.count = new Float64Array(origin)
  }

  add(series: DemandSeries): void {
    let sum = 0
    let known = 0
    for (let period = series.firstPeriod; period < this.origin; period++) {
      const units = series.units[period] ?? NaN
      if (Number.isNaN(units)) continue
      sum += units
      known++
    }
    if (sum <= 0) return
    this.series++
    for (let period = series.firstPeriod; period < this.origin; period++) {
      const units = series.units[period] ?? NaN
      if (Number.isNaN(units)) continue
      this.units[period]! += Math.min(LARGEST_FACTOR, (units * known) / sum)
      this.count[period]! += 1
    }
  }

  /** Factor per position of the season, mean 1; position = period mod season. */
  factors(): Float64Array {
    const { season, origin } = this
    const mean = this.units.map((units, period) => units / Math.max(1, this.count[period] ?? 0))
    let [later, earlier] = [0, 0]
    for (let period = season; period < origin; period++) {
      if ((this.count[period] ?? 0) === 0 || (this.count[period - season] ?? 0) === 0) continue
      later += mean[period] ?? 0
      earlier += mean[period - season] ?? 0
    }
    const growth = later > 0 && earlier > 0 ? Math.log(Math.min(4, Math.max(0.25, later / earlier))) / season : 0
    const sums = new Float64Array(season)
    const seen = new Float64Array(season)
    mean.forEach((value, period) => {
      if ((this.count[period] ?? 0) === 0) return
      sums[period % season]! += value * Math.exp(growth * (origin - period))
      seen[period % season]! += 1
    })
    const raw = sums.map((value, position) => value / Math.max(1, seen[position] ?? 0))
    const known = raw.filter((_, position) => (seen[position] ?? 0) > 0)
    const average = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)
    const scaled = raw.map((value, position) => ((seen[position] ?? 0) > 0 && average > 0 ? value / average : 1))
    const at = (position: number) => scaled[(position + season) % season] ?? 1
    const smooth = season >= 26 ? scaled.map((value, position) => 0.25 * at(position - 1) + 0.5 * value + 0.25 * at(position + 1)) : scaled
    return smooth.map((value) => Math.min(LARGEST_FACTOR, Math.max(1 / LARGEST_FACTOR, value)))
  }
}
