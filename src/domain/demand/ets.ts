import { SEASON_PERIODS } from "./class-of"
import { fitEts, type EtsFit, type EtsShape } from "./ets-fit"
import { explainedBySeason } from "./explain/explained-by-season"
import { knownValues } from "./known-values"
import { recordedForecaster } from "./point-forecaster"
import { chooseSeason } from "./season-choice"
import { spreadForecasts } from "./spread-forecasts"
import type { DemandModel, DemandSeries } from "./types"

/** Longest season an item may have of its own. */
const LONGEST_SEASON = 24
const FLAT: EtsShape[] = [
  { trend: "none", season: 0 },
  { trend: "damped", season: 0 },
  { trend: "additive", season: 0 },
]

/** Forecasts of a fitted model from every period up to `origin`, row-major, shape `[(origin + 1) × horizon]`; `NaN` before anything is known. */
export function etsRows(values: Float64Array, seen: Int32Array, horizon: number, fit: EtsFit): Float64Array {
  const { shape, weights, start } = fit
  const { alpha, beta, gamma, phi } = weights
  const rows = new Float64Array(seen.length * horizon).fill(NaN)
  const byCount = new Float64Array((values.length + 1) * horizon)
  const seasonAt = shape.trend === "none" ? 1 : 2
  const season = start.slice(seasonAt)
  let level = start[0] ?? 0
  let slope = seasonAt === 2 ? (start[1] ?? 0) : 0
  for (let count = 0; ; count++) {
    let trend = 0
    for (let ahead = 0, damping = phi; ahead < horizon; ahead++, damping *= phi) {
      trend += damping * slope
      byCount[count * horizon + ahead] = level + trend + (shape.season > 0 ? (season[(count + ahead) % shape.season] ?? 0) : 0)
    }
    if (count === values.length) break
    const place = shape.season > 0 ? count % shape.season : 0
    const error = (values[count] ?? 0) - (level + phi * slope + (shape.season > 0 ? (season[place] ?? 0) : 0))
    level += phi * slope + alpha * error
    slope = phi * slope + beta * error
    if (shape.season > 0) season[place]! += gamma * error
  }
  seen.forEach((count, period) => {
    if (count > 0) rows.set(byCount.subarray(count * horizon, (count + 1) * horizon), period * horizon)
  })
  return rows
}

/** A member of the family: the shape with the least AICc of those that `shapesOf` names for a series. */
export function etsMember(name: string, shapesOf: (known: number, season: number) => readonly EtsShape[]): DemandModel {
  const rowsOf = (series: DemandSeries, origin: number, horizon: number, index: Float64Array | null, season: number) => {
    const { values, seen } = knownValues(series, origin, index)
    if (values.length === 0) return new Float64Array((origin + 1) * horizon).fill(NaN)
    const fits = shapesOf(values.length, index === null && season <= LONGEST_SEASON ? season : 0).map((shape) => fitEts(values, shape))
    const best = fits.reduce((least, fit) => (fit.aicc < least.aicc - 2 ? fit : least))
    const rows = etsRows(values, seen, horizon, best)
    if (index) for (let at = 0; at < rows.length; at++) rows[at]! *= index[Math.floor(at / horizon) + (at % horizon)] ?? 1
    return rows
  }
  // a season of an item's own, which only months and days have, counts as trend there
  return explainedBySeason({
    name,
    forecast: (panel, origin, horizon, sums) => {
      const indexes = chooseSeason(panel, origin, horizon)
      const season = SEASON_PERIODS[panel.frequency]
      const point = panel.series.map((series, at) => recordedForecaster(series, rowsOf(series, origin, horizon, indexes?.[at] ?? null, season), origin, horizon))
      return spreadForecasts(panel, origin, horizon, point, sums)
    },
  })
}

/** Exponential smoothing whose components the data choose by AICc: level only, with a trend or a damped one; where no season is pooled and two of at most 24
 * periods are known, also with an additive season of the item's own.
 * @see Hyndman et al. (2002), Int. J. Forecasting 18(3).
 */
export const ets = etsMember("ets", (known, season) =>
  season > 0 && known >= 2 * season + 5 ? [...FLAT, { trend: "none", season }, { trend: "damped", season }] : known > 4 ? FLAT : FLAT.slice(0, 1)
)
