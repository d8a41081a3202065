import { QUANTILE_LEVELS, type DemandForecast, type DemandMetrics } from "./types"

/** Levels that WQL averages over. */
export const SCORE_LEVELS: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

/** Pinball loss of one quantile: `ρ_q = max(q·e, (q − 1)·e)`, `e = actual − quantile`, in units. */
export function pinball(level: number, actual: number, quantile: number): number {
  const error = actual - quantile
  return Math.max(level * error, (level - 1) * error)
}

/** Levels whose calibration is reported. */
const CALIBRATION_LEVELS: readonly number[] = [...SCORE_LEVELS, 0.95]

/** How often demand lay below, and at or below, the quantile of `level`. A calibrated forecast has `below ≤ level ≤ atOrBelow`: with whole units and many zeros no quantile meets its level exactly. */
export interface LevelShare {
  level: number
  below: number
  atOrBelow: number
}

/** How far a series moves from one period to the next: the scale of MASE and RMSSE. */
export interface NaiveScale {
  /** Mean of |y_t − y_(t−1)|, units. */
  absolute: number
  /** Mean of (y_t − y_(t−1))², units². */
  squared: number
}

/** The in-sample error of the naive forecast, over neighbouring known periods from the first sale on and before `origin`; `NaN` where there are none.
 * @see Hyndman & Koehler (2006), Int. J. Forecasting 22(4); the squared form: Makridakis et al. (2022), M5, Int. J. Forecasting 38(4). */
export function naiveScale(units: Float64Array, origin: number): NaiveScale {
  let first = 0
  while (first < origin && !((units[first] ?? NaN) > 0)) first++
  let [pairs, absolute, squared] = [0, 0, 0]
  for (let period = first + 1; period < origin; period++) {
    const step = (units[period] ?? NaN) - (units[period - 1] ?? NaN)
    if (Number.isNaN(step)) continue
    pairs++
    absolute += Math.abs(step)
    squared += step * step
  }
  return { absolute: absolute / pairs, squared: squared / pairs }
}

const columnsOf = (levels: readonly number[]) => levels.map((level) => QUANTILE_LEVELS.indexOf(level as (typeof QUANTILE_LEVELS)[number]))
const CALIBRATION_COLUMNS = columnsOf(CALIBRATION_LEVELS)
/** Places of `SCORE_LEVELS` among `QUANTILE_LEVELS`. */
export const SCORE_COLUMNS = columnsOf(SCORE_LEVELS)

/** Running sums of accuracy; sums of several origins or classes add up before the ratios are formed (ratio of sums). */
export class MetricSums {
  /** Series × origins counted. */
  count = 0
  seconds = 0
  private periodLoss = 0
  private periodUnits = 0
  private absolute = 0
  private signed = 0
  private sumLoss = 0
  private sumUnits = 0
  private sums = 0
  private covered = 0
  private periods = 0
  private scaled = 0
  private scaledAbsolute = 0
  private scaledSquared = 0
  private readonly below = new Float64Array(CALIBRATION_LEVELS.length)
  private readonly atOrBelow = new Float64Array(CALIBRATION_LEVELS.length)

  /** Counts one series' periods: those with a known actual. `actuals` from the origin on, shape `[horizon]`.
   * @param scale `naiveScale()` at the origin; without it, or where it is 0 or unknown, the series counts for neither MASE nor RMSSE. */
  addPeriods(forecast: DemandForecast, actuals: Float64Array, scale?: NaiveScale): void {
    const levels = QUANTILE_LEVELS.length
    this.count++
    let [known, absolute, squared] = [0, 0, 0]
    actuals.forEach((actual, ahead) => {
      if (Number.isNaN(actual)) return
      const mean = forecast.mean[ahead] ?? 0
      known++
      absolute += Math.abs(actual - mean)
      squared += (actual - mean) ** 2
      CALIBRATION_COLUMNS.forEach((column, at) => {
        const quantile = forecast.quantiles[ahead * levels + column] ?? 0
        if (actual < quantile) this.below[at]!++
        if (actual <= quantile) this.atOrBelow[at]!++
      })
      this.periodUnits += Math.abs(actual)
      this.absolute += Math.abs(actual - mean)
      this.signed += mean - actual
      SCORE_LEVELS.forEach((level, at) => {
        this.periodLoss += pinball(level, actual, forecast.quantiles[ahead * levels + (SCORE_COLUMNS[at] ?? 0)] ?? 0)
      })
    })
    this.periods += known
    if (known === 0 || !scale || !(scale.absolute > 0)) return
    this.scaled++
    this.scaledAbsolute += absolute / known / scale.absolute
    this.scaledSquared += Math.sqrt(squared / known / scale.squared)
  }

  /** Counts one series' sum over the periods that are ordered for; `quantiles` at `SCORE_LEVELS`. */
  addSum(actual: number, quantiles: Float64Array): void {
    this.sumUnits += Math.abs(actual)
    this.sums++
    SCORE_LEVELS.forEach((level, at) => (this.sumLoss += pinball(level, actual, quantiles[at] ?? 0)))
    if (actual <= (quantiles[SCORE_LEVELS.length - 1] ?? 0)) this.covered++
  }

  add(other: MetricSums): this {
    this.count += other.count
    this.seconds += other.seconds
    this.periodLoss += other.periodLoss
    this.periodUnits += other.periodUnits
    this.absolute += other.absolute
    this.signed += other.signed
    this.sumLoss += other.sumLoss
    this.sumUnits += other.sumUnits
    this.sums += other.sums
    this.covered += other.covered
    this.periods += other.periods
    this.scaled += other.scaled
    this.scaledAbsolute += other.scaledAbsolute
    this.scaledSquared += other.scaledSquared
    other.below.forEach((count, at) => (this.below[at]! += count))
    other.atOrBelow.forEach((count, at) => (this.atOrBelow[at]! += count))
    return this
  }

  /** Pinball loss of the sums, in units: what choices minimise. */
  get sumPinball(): number {
    return this.sumLoss
  }

  /** WQL = 2Σρ_q/(|Q|·Σ|y|), q = 0.1 … 0.9; WAPE = Σ|y − ŷ|/Σ|y|; bias = Σ(ŷ − y)/Σ|y|. Where nothing was sold: 0 if nothing was forecast, else 1. */
  metrics(): DemandMetrics {
    const ratio = (value: number, units: number) => (units > 0 ? value / units : value === 0 ? 0 : Math.sign(value))
    const scale = 2 / SCORE_LEVELS.length
    return {
      sumWql: ratio(scale * this.sumLoss, this.sumUnits),
      wql: ratio(scale * this.periodLoss, this.periodUnits),
      wape: ratio(this.absolute, this.periodUnits),
      bias: ratio(this.signed, this.periodUnits),
      coverage90: this.sums > 0 ? this.covered / this.sums : 0,
      mase: this.scaled > 0 ? this.scaledAbsolute / this.scaled : null,
      rmsse: this.scaled > 0 ? this.scaledSquared / this.scaled : null,
      seconds: this.seconds,
    }
  }

  /** Of single periods, at `CALIBRATION_LEVELS`; empty where nothing was counted. */
  calibration(): LevelShare[] {
    if (this.periods === 0) return []
    return CALIBRATION_LEVELS.map((level, at) => ({ level, below: (this.below[at] ?? 0) / this.periods, atOrBelow: (this.atOrBelow[at] ?? 0) / this.periods }))
  }
}
