import { QUANTILE_LEVELS, type DemandForecast, type DemandMetrics } from "./types"

/** Levels that WQL averages over. */
export const SCORE_LEVELS: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

/** Pinball loss of one quantile: `ρ_q = max(q·e, (q − 1)·e)`, `e = actual − quantile`, in units. */
export function pinball(level: number, actual: number, quantile: number): number {
  const error = actual - quantile
  return Math.max(level * error, (level - 1) * error)
}

const SCORE_COLUMNS = SCORE_LEVELS.map((level) => QUANTILE_LEVELS.indexOf(level as (typeof QUANTILE_LEVELS)[number]))

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

  /** Counts one series' periods: those with a known actual. `actuals` from the origin on, shape `[horizon]`. */
  addPeriods(forecast: DemandForecast, actuals: Float64Array): void {
    const levels = QUANTILE_LEVELS.length
    this.count++
    actuals.forEach((actual, ahead) => {
      if (Number.isNaN(actual)) return
      const mean = forecast.mean[ahead] ?? 0
      this.periodUnits += Math.abs(actual)
      this.absolute += Math.abs(actual - mean)
      this.signed += mean - actual
      SCORE_LEVELS.forEach((level, at) => {
        this.periodLoss += pinball(level, actual, forecast.quantiles[ahead * levels + (SCORE_COLUMNS[at] ?? 0)] ?? 0)
      })
    })
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
      seconds: this.seconds,
    }
  }
}
