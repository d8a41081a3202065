import type { DemandPanel, DemandSeries } from "./types"

const LEAST_FACTOR = 0.1
const MOST_FACTOR = 10
/** Seasons back that are looked at. */
const MOST_SEASONS = 8
/** Series of a category at which its own season and the whole shop's weigh the same. */
const SHRINK_SERIES = 3
/** One period of a series counts for the category as at most so many of its mean ones: a bulk order makes no season. */
const LARGEST_UNITS = 5

/** Seasonal factors, shape `[origin + horizon]` per series of the panel: its category's, shrunk to the shop's, and its own. */
export interface SeasonFactors {
  category: Float64Array[]
  own: Float64Array[]
}

/** The factor of a period is the mean over the seasons before it of: units one (two, …) seasons ago over their mean in the season around that period. Nothing
 * at or after the period is looked at, so that what the factor was worth can be seen in the past; 1 while no season is known. Series of a category
 * add up as multiples of their mean, cut at 5.
 * @param season Periods of a season.
 */
export function seasonFactors(panel: DemandPanel, origin: number, horizon: number, season: number): SeasonFactors {
  const shop = new Float64Array(origin).fill(NaN)
  const categories = new Map<string, { units: Float64Array; series: number }>()
  for (const series of panel.series) {
    const name = series.category ?? ""
    const category = categories.get(name) ?? { units: new Float64Array(origin).fill(NaN), series: 0 }
    categories.set(name, category)
    const mean = meanUnits(series, origin)
    if (!(mean > 0)) continue
    category.series++
    for (let period = series.firstPeriod; period < origin; period++) {
      const units = series.units[period] ?? NaN
      if (Number.isNaN(units)) continue
      const multiple = Math.min(LARGEST_UNITS, Math.max(0, units) / mean)
      for (const total of [category.units, shop]) total[period] = (Number.isNaN(total[period] ?? NaN) ? 0 : (total[period] ?? 0)) + multiple
    }
  }
  const whole = factorsOf(shop, origin, horizon, season)
  const shared = new Map(
    [...categories].map(([name, { units, series }]) => {
      const share = series / (series + SHRINK_SERIES)
      return [name, factorsOf(units, origin, horizon, season).map((factor, period) => share * factor + (1 - share) * (whole[period] ?? 1))]
    })
  )
  return {
    category: panel.series.map((series) => shared.get(series.category ?? "") ?? whole),
    own: panel.series.map((series) => factorsOf(series.units, origin, horizon, season)),
  }
}

function meanUnits(series: DemandSeries, origin: number): number {
  let [sum, known] = [0, 0]
  for (let period = series.firstPeriod; period < origin; period++) {
    const units = series.units[period] ?? NaN
    if (Number.isNaN(units)) continue
    sum += units
    known++
  }
  return sum / known
}

function factorsOf(units: Float64Array, origin: number, horizon: number, season: number): Float64Array {
  const factors = new Float64Array(origin + horizon).fill(1)
  const half = Math.floor(season / 2)
  const sums = new Float64Array(origin + 1)
  const counts = new Float64Array(origin + 1)
  for (let period = 0; period < origin; period++) {
    const value = units[period] ?? NaN
    sums[period + 1] = (sums[period] ?? 0) + (Number.isNaN(value) ? 0 : Math.max(0, value))
    counts[period + 1] = (counts[period] ?? 0) + (Number.isNaN(value) ? 0 : 1)
  }
  for (let period = season + half; period < factors.length; period++) {
    let [sum, known] = [0, 0]
    const latest = Math.max(1, Math.ceil((period - origin + 1) / season))
    for (let back = latest; back < latest + MOST_SEASONS && period - back * season >= half; back++) {
      const ago = period - back * season
      const to = Math.min(origin, ago - half + season)
      const from = Math.max(0, to - season)
      const mean = ((sums[to] ?? 0) - (sums[from] ?? 0)) / Math.max(1, (counts[to] ?? 0) - (counts[from] ?? 0))
      const value = units[ago] ?? NaN
      if (Number.isNaN(value) || !(mean > 0)) continue
      sum += Math.min(MOST_FACTOR, Math.max(LEAST_FACTOR, value / mean))
      known++
    }
    if (known > 0) factors[period] = sum / known
  }
  for (let period = Math.min(season + half, origin - season) - 1; period >= 0; period--) factors[period] = factors[period + season] ?? 1
  return factors
}
