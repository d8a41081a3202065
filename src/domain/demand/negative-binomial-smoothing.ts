import { zeroForecast } from "./demand-paths"
import { explainedBySeason } from "./explain/explained-by-season"
import { knownValues } from "./known-values"
import { logGamma } from "./log-gamma"
import { negativeBinomialQuantiles } from "./negative-binomial-quantiles"
import { sumsWithin } from "./point-forecaster"
import { chooseSeason } from "./season-choice"
import { QUANTILE_LEVELS, type DemandModel, type DemandPanel } from "./types"

const ALPHAS = [0.02, 0.05, 0.1, 0.15, 0.25, 0.4] as const
/** Ratios of variance to mean that are tried. */
const OVERDISPERSIONS = [1.05, 1.3, 1.8, 2.6, 4, 7, 12, 25, 60, 200] as const
const CELLS = ALPHAS.length * OVERDISPERSIONS.length
/** Periods of the typical item of its size that count beside an item's own. */
const PRIOR_PERIODS = 8
const SIZE_GROUPS = 10
/** First known periods whose likelihood does not count. */
const LEARNING = 4
const LEAST_LEVEL = 1e-3

/** Smoothed level with negative binomial demand: `y ~ NB(mean ℓ, variance ω·ℓ)`, `ℓ ← ℓ + α(y − ℓ)`, α and ω by maximum likelihood on a grid, to which
 * eight periods of the typical item of like size add theirs. Its quantiles are its own: the variance of a step `k` ahead is `ω·ℓ·(1 + (k − 1)α²)` and of a
 * sum over `s` periods `ω·ℓ·Σ(1 + jα)²`, `j = 0 … s − 1`, as the level moves on; both matched by a negative binomial. Season as in `chooseSeason`.
 * @see Snyder, Ord & Beaumont (2012), Int. J. Forecasting 28(2), undamped; variances: Hyndman et al. (2008), ch. 6.
 */
export const negativeBinomialSmoothing: DemandModel = explainedBySeason({
  name: "negative-binomial-smoothing",
  forecast: (panel, origin, horizon, sums) => {
    const indexes = chooseSeason(panel, origin, horizon)
    const fits = fitAll(panel, origin, indexes)
    return panel.series.map((series, at) => {
      const forecast = zeroForecast(series.seriesId, horizon)
      if (sums) forecast.sums = []
      const { level, alpha, overdispersion } = fits[at] ?? { level: 0, alpha: 0, overdispersion: 1 }
      const factor = (ahead: number) => indexes?.[at]?.[origin + ahead] ?? 1
      const write = (mean: number, variance: number, into: Float64Array, offset: number) => negativeBinomialQuantiles(mean, Math.max(1e-4, (variance - mean) / (mean * mean)), into, offset)
      for (let ahead = 0; ahead < horizon; ahead++) {
        const mean = level * factor(ahead)
        forecast.mean[ahead] = mean
        write(mean, overdispersion * mean * (1 + ahead * alpha * alpha), forecast.quantiles, ahead * QUANTILE_LEVELS.length)
      }
      for (const periods of sumsWithin(sums, horizon)) {
        const mean = forecast.mean.subarray(0, periods).reduce((sum, units) => sum + units, 0)
        let variance = 0
        for (let later = 0; later < periods; later++) variance += (overdispersion * mean * (1 + later * alpha) ** 2) / periods
        const quantiles = new Float64Array(QUANTILE_LEVELS.length)
        write(mean, variance, quantiles, 0)
        forecast.sums?.push({ periods, mean, quantiles })
      }
      return forecast
    })
  },
})

interface Fit {
  level: number
  alpha: number
  overdispersion: number
}

function fitAll(panel: DemandPanel, origin: number, indexes: Float64Array[] | null): Fit[] {
  const own = panel.series.map((series, at) => {
    const { values } = knownValues(series, origin, indexes?.[at] ?? null)
    return { levels: ALPHAS.map((alpha) => lastLevel(values, alpha)), likelihood: logLikelihoods(values), periods: Math.max(0, values.length - LEARNING) }
  })
  const order = [...own.keys()].sort((a, b) => (own[a]?.levels[2] ?? 0) - (own[b]?.levels[2] ?? 0))
  const fits = new Array<Fit>(own.length)
  for (let group = 0; group < SIZE_GROUPS; group++) {
    const members = order.slice(Math.floor((group * order.length) / SIZE_GROUPS), Math.floor(((group + 1) * order.length) / SIZE_GROUPS))
    const typical = new Float64Array(CELLS)
    const periods = members.reduce((sum, at) => sum + (own[at]?.periods ?? 0), 0)
    for (const at of members) own[at]?.likelihood.forEach((value, cell) => (typical[cell]! += value / Math.max(1, periods)))
    for (const at of members) {
      const { levels, likelihood } = own[at] as (typeof own)[number]
      let best = 0
      const total = (cell: number) => (likelihood[cell] ?? 0) + PRIOR_PERIODS * (typical[cell] ?? 0)
      for (let cell = 1; cell < CELLS; cell++) if (total(cell) > total(best)) best = cell
      const row = Math.floor(best / OVERDISPERSIONS.length)
      fits[at] = { level: levels[row] ?? 0, alpha: ALPHAS[row] ?? 0, overdispersion: OVERDISPERSIONS[best % OVERDISPERSIONS.length] ?? 1 }
    }
  }
  return fits
}

function lastLevel(values: Float64Array, alpha: number): number {
  let level = startOf(values)
  for (const units of values) level += alpha * (units - level)
  return Math.max(0, level)
}

function startOf(values: Float64Array): number {
  const first = values.subarray(0, LEARNING)
  return first.length > 0 ? first.reduce((sum, units) => sum + units, 0) / first.length : 0
}

/** Log-likelihood per α and overdispersion, row-major, but for what is the same for all (`ln y!`). */
function logLikelihoods(values: Float64Array): Float64Array {
  const likelihood = new Float64Array(CELLS)
  ALPHAS.forEach((alpha, row) => {
    let level = startOf(values)
    values.forEach((value, at) => {
      const units = Math.max(0, value)
      if (at >= LEARNING) {
        OVERDISPERSIONS.forEach((ratio, column) => {
          const size = Math.max(LEAST_LEVEL, level) / (ratio - 1)
          likelihood[row * OVERDISPERSIONS.length + column]! +=
            (units > 0 ? logGamma(units + size) - logGamma(size) + units * Math.log(1 - 1 / ratio) : 0) - size * Math.log(ratio)
        })
      }
      level += alpha * (value - level)
    })
  })
  return likelihood
}
