import { scaleLevels } from "./scale-levels"
import { QUANTILE_LEVELS, type DemandForecast, type DemandPanel } from "./types"
import { weightedQuantiles } from "./weighted-quantiles"

/** One factor per level of `QUANTILE_LEVELS`: of single periods, and of each sum. */
export interface LevelFactors {
  periods: Float64Array
  sums: { periods: number; factors: Float64Array }[]
}

/** Forecasts of a whole panel made at an origin whose periods are known by now. */
export interface PastForecast {
  origin: number
  forecasts: readonly DemandForecast[]
}

/** Hands each target of one forecast to `use`. */
type EachTarget = (origin: number, forecast: DemandForecast, units: Float64Array, use: (actual: number, quantiles: Float64Array) => void) => void

const LEVELS = QUANTILE_LEVELS.length
/** No factor leaves this range: it follows a drift, it does not forecast. */
const RANGE = { least: 0.7, most: 1.4 }
/** Known targets at which a factor goes half of its way. */
const HALF_TRUST = 200
const SMALLEST = 1e-9
const MEDIAN = QUANTILE_LEVELS.indexOf(0.5)

/** How far a calibration goes: 0 (not at all) … 1 (all of the way). */
export interface CalibrationTrust {
  /** Of the median, which rises and falls with the whole shop: few blocks share one fate. */
  median: number
  /** Of the other levels beside the median, which is steadier. */
  spread: number
}

/** Factors that would have made earlier forecasts best: for each level the minimiser over `f` of `Σ ρ_q(y − f·ŷ)`, the q-quantile of `y / ŷ` weighted by
 * `ŷ` (conformal calibration with multiplicative scores); the median's factor and that of each level over the median's are raised to the powers `trust`.
 * @param limit First period that must not be read.
 * @see Romano, Patterson & Candès (2019), Conformalized quantile regression.
 */
export function levelFactors(panel: DemandPanel, past: readonly PastForecast[], limit: number, sums: readonly number[], trust: CalibrationTrust): LevelFactors {
  const factorsOf = (targets: EachTarget) => {
    const ratios = QUANTILE_LEVELS.map(() => [] as number[])
    const weights = QUANTILE_LEVELS.map(() => [] as number[])
    let known = 0
    for (const { origin, forecasts } of past) {
      forecasts.forEach((forecast, index) => {
        const series = panel.series[index]
        if (!series || series.firstPeriod >= origin) return
        targets(origin, forecast, series.units, (actual, quantiles) => {
          if (!(actual >= 0)) return
          known++
          for (let level = 0; level < LEVELS; level++) {
            const quantile = quantiles[level] ?? 0
            if (quantile <= SMALLEST) continue
            ratios[level]?.push(actual / quantile)
            weights[level]?.push(quantile)
          }
        })
      })
    }
    const best = QUANTILE_LEVELS.map((_, level) => {
      const found = weightedQuantiles(Float64Array.from(ratios[level] ?? []), Float64Array.from(weights[level] ?? []))[level] ?? 1
      return found > 0 ? Math.min(RANGE.most, Math.max(RANGE.least, found)) : 1
    })
    const median = best[MEDIAN] ?? 1
    const share = known / (known + HALF_TRUST)
    return Float64Array.from(best, (factor) => median ** (share * trust.median) * (factor / median) ** (share * trust.spread))
  }
  return {
    periods: factorsOf((origin, { mean, quantiles }, units, use) => {
      for (let ahead = 0; ahead < mean.length && origin + ahead < limit; ahead++) {
        use(units[origin + ahead] ?? NaN, quantiles.subarray(ahead * LEVELS, (ahead + 1) * LEVELS))
      }
    }),
    sums: sums.map((periods) => ({
      periods,
      factors: factorsOf((origin, forecast, units, use) => {
        const sum = forecast.sums?.find((other) => other.periods === periods)
        if (!sum || origin + periods > limit) return
        let actual = 0
        for (let period = origin; period < origin + periods; period++) actual += units[period] ?? NaN
        use(actual, sum.quantiles)
      }),
    })),
  }
}

/** The forecast with each level times its factor; a level never falls below the one before it. The mean follows the middle of the distribution. */
export function calibrated(forecast: DemandForecast, factors: LevelFactors): DemandForecast {
  const scaled = (quantiles: Float64Array, by: Float64Array) => {
    const out = quantiles.slice()
    scaleLevels(out, by)
    return out
  }
  const middle = (by: Float64Array) => MIDDLE.reduce((sum, level) => sum + (by[level] ?? 1), 0) / MIDDLE.length
  const own = (periods: number) => factors.sums.find((sum) => sum.periods === periods)?.factors ?? factors.periods
  return {
    seriesId: forecast.seriesId,
    mean: forecast.mean.map((value) => value * middle(factors.periods)),
    quantiles: scaled(forecast.quantiles, factors.periods),
    ...(forecast.sums && {
      sums: forecast.sums.map(({ periods, mean, quantiles }) => ({ periods, mean: mean * middle(own(periods)), quantiles: scaled(quantiles, own(periods)) })),
    }),
  }
}

/** Positions of 0.4 … 0.9, which carry most of the mean. */
const MIDDLE = QUANTILE_LEVELS.flatMap((level, at) => (level >= 0.4 && level <= 0.9 ? [at] : []))
