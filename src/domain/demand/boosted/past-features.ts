import type { DemandSeries } from "../types"

const LAGS = 14
const WINDOWS = [4, 13, 26, 52] as const
const ALPHAS = [0.05, 0.1, 0.3] as const
const SMOOTHED_PERIODS = 104
const QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9, 1] as const
const QUANTILE_PERIODS = 52
const LONGEST_WAIT = 99

/** Names of what `pastFeatures` gives, in its order. */
export const PAST_FEATURES: readonly string[] = [
  "log_level",
  "age",
  ...Array.from({ length: LAGS }, (_, lag) => `lag${lag + 1}`),
  ...WINDOWS.flatMap((periods) => [`mean${periods}`, `deviation${periods}`, `zeros${periods}`]),
  ...ALPHAS.map((alpha) => `smoothed${alpha}`),
  "since_sale",
  ...QUANTILES.map((level) => `own_quantile${level}`),
  "size_mean",
  "size_variation",
]

/** What a series' own past says at an origin, in multiples of its level; `NaN` where it is too young. */
export function pastFeatures(series: DemandSeries, origin: number, level: number): number[] {
  const { units, firstPeriod } = series
  const at = (period: number) => (period >= firstPeriod ? (units[period] ?? NaN) : NaN)
  const out = [Math.log(level), origin - firstPeriod]
  for (let lag = 1; lag <= LAGS; lag++) out.push(at(origin - lag) / level)
  let [sum, squares, zeros, known] = [0, 0, 0, 0]
  let reached = 0
  for (const periods of WINDOWS) {
    for (; reached < periods; reached++) {
      const value = at(origin - 1 - reached)
      if (Number.isNaN(value)) continue
      sum += value
      squares += value * value
      if (value === 0) zeros++
      known++
    }
    const mean = sum / known
    out.push(mean / level, Math.sqrt(Math.max(0, squares / known - mean * mean)) / level, zeros / known)
  }
  for (const alpha of ALPHAS) {
    let [total, weight, share] = [0, 0, 1]
    for (let period = origin - 1; period >= Math.max(firstPeriod, origin - SMOOTHED_PERIODS); period--, share *= 1 - alpha) {
      const value = at(period)
      if (Number.isNaN(value)) continue
      total += share * value
      weight += share
    }
    out.push(total / weight / level)
  }
  let wait = 0
  while (wait < LONGEST_WAIT && origin - 1 - wait >= firstPeriod && !(at(origin - 1 - wait) > 0)) wait++
  out.push(origin - 1 - wait < firstPeriod ? LONGEST_WAIT : wait)
  const recent = units.slice(Math.max(firstPeriod, origin - QUANTILE_PERIODS), origin).filter((value) => !Number.isNaN(value)).sort()
  for (const share of QUANTILES) out.push(quantileOf(recent, share) / level)
  let [size, sizes, sizeSquares] = [0, 0, 0]
  for (let period = firstPeriod; period < origin; period++) {
    const value = at(period)
    if (!(value > 0)) continue
    sizes++
    size += value
    sizeSquares += value * value
  }
  const mean = size / sizes
  out.push(mean / level, Math.sqrt(Math.max(0, sizeSquares / sizes - mean * mean)) / mean)
  return out
}

/** Linear between the sorted values; `NaN` for none. */
function quantileOf(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1)
  const low = sorted[Math.floor(position)] ?? NaN
  const high = sorted[Math.ceil(position)] ?? NaN
  return low + (high - low) * (position - Math.floor(position))
}
