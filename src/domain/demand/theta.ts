import { explainedBySeason } from "./explain/explained-by-season"
import { knownValues } from "./known-values"
import { recordedForecaster } from "./point-forecaster"
import { chooseSeason } from "./season-choice"
import { spreadForecasts } from "./spread-forecasts"
import type { DemandModel, DemandSeries } from "./types"

const LEAST_ALPHA = 0.1
const MOST_ALPHA = 0.99
/** Smoothing weights that are tried before the best one is refined. */
const GRID = [0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.7, 0.85, 0.99] as const
const REFINEMENTS = 12
/** First errors that do not count: the lines are still learning. */
const LEARNING = 3

/** What the dynamic optimised theta model knows after each value: nothing of it depends on its three parameters. */
interface Lines {
  values: Float64Array
  mean: Float64Array
  intercept: Float64Array
  slope: Float64Array
}

/** Parameters and their sum of squared one-step errors. `pull` = 1 − 1/θ: how much of the linear trend enters. */
interface ThetaFit {
  level: number
  alpha: number
  pull: number
  squares: number
}

/** `Ȳ`, `A` and `B` after each value: mean, intercept and slope of the regression line, updated value by value. */
function linesOf(values: Float64Array): Lines {
  const mean = new Float64Array(values.length)
  const intercept = new Float64Array(values.length)
  const slope = new Float64Array(values.length)
  mean[0] = intercept[0] = values[0] ?? 0
  for (let at = 1; at < values.length; at++) {
    const value = values[at] as number
    const before = mean[at - 1] as number
    mean[at] = (at * before + value) / (at + 1)
    slope[at] = ((at - 1) * (slope[at - 1] as number) + (6 * (value - before)) / (at + 1)) / (at + 2)
    intercept[at] = (mean[at] as number) - ((slope[at] as number) * (at + 2)) / 2
  }
  return { values, mean, intercept, slope }
}

/** Best first level and pull for one α: the one-step forecast is linear in both, so least squares says them (pull cut to 0 … 1, θ from 1 up). */
function fitWith({ values, intercept, slope }: Lines, alpha: number): ThetaFit {
  let [aa, ab, bb, ay, by, yy] = [0, 0, 0, 0, 0, 0]
  let level = alpha * (values[0] as number)
  let fading = 1 - alpha // (1 − α)^at
  for (let at = 1; at < values.length; at++) {
    const value = values[at] as number
    const line = (intercept[at - 1] as number) * fading + ((slope[at - 1] as number) * (1 - fading * (1 - alpha))) / alpha
    if (at >= LEARNING) {
      const rest = value - level
      aa += fading * fading
      ab += fading * line
      bb += line * line
      ay += fading * rest
      by += line * rest
      yy += rest * rest
    }
    level = alpha * value + (1 - alpha) * level
    fading *= 1 - alpha
  }
  const first = (values[0] as number) / 2
  const levelFor = (pull: number) => (aa > 1e-12 ? (ay - pull * ab) / aa : first)
  const squaresOf = (start: number, pull: number) => yy - 2 * start * ay - 2 * pull * by + start * start * aa + 2 * start * pull * ab + pull * pull * bb
  const determinant = aa * bb - ab * ab
  const free = determinant > 1e-9 * aa * bb ? (aa * by - ab * ay) / determinant : 0.5
  const pull = Math.min(1, Math.max(0, free))
  return { alpha, pull, level: levelFor(pull), squares: squaresOf(levelFor(pull), pull) }
}

/** The model's parameters by least squared one-step errors: α on a grid, then golden-section search around the best. */
function fitTheta(lines: Lines): ThetaFit {
  const tried = GRID.map((alpha) => fitWith(lines, alpha))
  const best = tried.reduce((least, fit, at) => (fit.squares < (tried[least]?.squares ?? Infinity) ? at : least), 0)
  let low: number = GRID[Math.max(0, best - 1)] ?? LEAST_ALPHA
  let high: number = GRID[Math.min(GRID.length - 1, best + 1)] ?? MOST_ALPHA
  const golden = (Math.sqrt(5) - 1) / 2
  let left = fitWith(lines, high - golden * (high - low))
  let right = fitWith(lines, low + golden * (high - low))
  for (let step = 0; step < REFINEMENTS; step++) {
    if (left.squares < right.squares) {
      high = right.alpha
      right = left
      left = fitWith(lines, high - golden * (high - low))
    } else {
      low = left.alpha
      left = right
      right = fitWith(lines, low + golden * (high - low))
    }
  }
  return [tried[best] as ThetaFit, left, right].reduce((least, fit) => (fit.squares < least.squares ? fit : least))
}

/** Forecasts of the dynamic optimised theta model from every period up to `origin`, row-major, shape `[(origin + 1) × horizon]`: simple exponential
 * smoothing pulled towards the line through all values so far, `μ = ℓ + (1 − 1/θ)((1 − α)^t A + (1 − (1 − α)^(t + 1))/α · B)`. Further steps take their
 * own forecasts for values. First level, α (0.1 … 0.99) and θ (from 1 up) have the least squared one-step error. Unknown periods are skipped.
 * `NaN` before anything is known; one value is repeated.
 * @param index Seasonal factor per period, shape `[origin + horizon]`; demand is divided by it first, forecasts are multiplied. `null` for none.
 * @see Fiorucci et al. (2016), Int. J. Forecasting 32(4).
 */
export function thetaRows(series: DemandSeries, origin: number, horizon: number, index: Float64Array | null = null): Float64Array {
  const rows = new Float64Array((origin + 1) * horizon).fill(NaN)
  const { values, seen } = knownValues(series, origin, index)
  if (values.length === 0) return rows
  const lines = linesOf(values)
  const { alpha, pull, level: start } = fitTheta(lines)
  const levels = new Float64Array(values.length)
  values.forEach((value, at) => (levels[at] = alpha * value + (1 - alpha) * (at === 0 ? start : (levels[at - 1] ?? 0))))
  for (let period = 0; period <= origin; period++) {
    let known = seen[period] ?? 0
    if (known === 0) continue
    let [level, mean, a, b] = [levels[known - 1] ?? 0, lines.mean[known - 1] ?? 0, lines.intercept[known - 1] ?? 0, lines.slope[known - 1] ?? 0]
    let fading = (1 - alpha) ** known
    for (let ahead = 0; ahead < horizon; ahead++, known++) {
      const forecast = level + pull * (a * fading + (b * (1 - fading * (1 - alpha))) / alpha)
      rows[period * horizon + ahead] = forecast * (index ? (index[period + ahead] ?? 1) : 1)
      const before = mean
      level = alpha * forecast + (1 - alpha) * level
      mean = (known * before + forecast) / (known + 1)
      b = ((known - 1) * b + (6 * (forecast - before)) / (known + 1)) / (known + 2)
      a = mean - (b * (known + 2)) / 2
      fading *= 1 - alpha
    }
  }
  return rows
}

/** The dynamic optimised theta model: the level with a damped long-run trend, times the season where a year is known. */
export const theta: DemandModel = explainedBySeason({
  name: "theta",
  forecast: (panel, origin, horizon, sums) => {
    const indexes = chooseSeason(panel, origin, horizon)
    const point = panel.series.map((series, at) => recordedForecaster(series, thetaRows(series, origin, horizon, indexes?.[at] ?? null), origin, horizon))
    return spreadForecasts(panel, origin, horizon, point, sums)
  },
})
