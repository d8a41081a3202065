import { isKnownBefore } from "../domain/demand/backtest-scores"
import { setImmediate as nextTurn } from "node:timers/promises"
import { backtestOrigins } from "../domain/demand/backtest"
import { classOf, DEMAND_CLASSES } from "../domain/demand/class-of"
import { forecastWithSums } from "../domain/demand/ensemble"
import { MetricSums, naiveScale, pinball, SCORE_LEVELS, type LevelShare } from "../domain/demand/metrics"
import { quantileAt } from "../domain/demand/quantile-at"
import { pairedGain } from "../domain/demand/paired-gain"
import type { DemandClass, DemandMetrics, DemandPanel } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import type { Day } from "../domain/day"
import { AUTO_MODEL, fitAutoDemand, type FittedAutoDemand } from "./auto-demand"
import { backtestProgress, type BacktestProgress } from "./backtest-progress"

export interface PanelBacktestInput {
  panel: DemandPanel
  /** Periods forecast from each origin, the step between origins, and the periods of the sum. */
  horizon: number
  /** Origins wanted; fewer where the history is short. */
  origins: number
  /** Names of models, `auto` among them or not. */
  models: readonly string[]
  seed: number
  /** Hears how far all of it is, the fits' own progress with it. */
  onProgress?: (progress: BacktestProgress) => void
  shouldStop?: () => boolean
  /** Milliseconds of a running clock, for `seconds`. */
  now: () => number
}

/** Accuracy of one model over all origins. */
export interface ModelReport extends DemandMetrics {
  calibration: LevelShare[]
  /** Series × origins. */
  pairs: number
  byClass: Partial<Record<DemandClass, DemandMetrics & { calibration: LevelShare[]; pairs: number }>>
}

export interface PanelBacktest {
  /** First period forecast from each origin, oldest first. */
  origins: Day[]
  models: Record<string, ModelReport>
  /** Models that could not be fitted at some origin, and why. */
  skipped: Record<string, string>
  /** Per model how sure it is that it loses less than `auto` on the sums: share of bootstrap draws over series; empty where `auto` was not asked. */
  beatsAuto: Record<string, number>
  /** What `auto` chose at the last origin; `null` where it was not asked. */
  choice: FittedAutoDemand["choice"]
}

/** Rolling origins: at each one every model is fitted and chosen anew on what precedes it, then forecasts the next `horizon` periods.
 * @throws ForesightError `too_little_data` where not one origin leaves something to learn from; `invalid_model`, `canceled`. */
export async function backtestPanel({ panel, horizon, origins: wanted, models, seed, onProgress, shouldStop, now }: PanelBacktestInput): Promise<PanelBacktest> {
  const origins = backtestOrigins(panel.periods.length, horizon, wanted)
  const scores = new Map(models.map((name) => [name, new Map<DemandClass, MetricSums>()]))
  const losses = new Map(models.map((name) => [name, new Float64Array(panel.series.length).fill(NaN)]))
  const steps = origins.length * models.length
  const skipped = new Map<string, string>()
  const progress = backtestProgress(models, origins.length, (far) => onProgress?.(far))
  let choice: FittedAutoDemand["choice"] = null
  let step = 0
  for (const at of origins) {
    const classes = panel.series.map((series) => (isKnownBefore(series, at) ? classOf(series, at) : null))
    for (const name of models) {
      const onFit = progress.begin(name)
      await nextTurn()
      if (shouldStop?.()) throw new ForesightError("canceled", `the backtest was stopped after ${step} of ${steps} steps`)
      step++
      if (skipped.has(name)) continue
      const started = now()
      const fitted = await fitAutoDemand(panel, at, { horizon, sums: [horizon], seed, model: name, onProgress: onFit, shouldStop }).catch((error: unknown) => {
        if (!(error instanceof ForesightError) || error.code !== "too_little_data") throw error
        skipped.set(name, error.message)
        return null
      })
      if (!fitted) continue
      const forecasts = forecastWithSums(fitted.model, panel, at, horizon, [horizon])
      const seconds = (now() - started) / 1000
      choice = fitted.choice ?? choice
      const counted = classes.filter((one) => one !== null).length
      panel.series.forEach(({ units }, index) => {
        const [demandClass, forecast] = [classes[index], forecasts[index]]
        if (!demandClass || !forecast) return
        const sums = sumsOf(scores.get(name) as Map<DemandClass, MetricSums>, demandClass)
        const actuals = units.subarray(at, at + horizon)
        sums.addPeriods(forecast, actuals, naiveScale(units, at))
        sums.seconds += seconds / counted
        const total = actuals.reduce((sum, value) => sum + value, 0)
        const quantiles = forecast.sums?.find(({ periods }) => periods === horizon)?.quantiles
        if (Number.isNaN(total) || !quantiles) return
        const deciles = Float64Array.from(SCORE_LEVELS, (level) => quantileAt(quantiles, 0, level))
        sums.addSum(total, deciles)
        const own = losses.get(name) as Float64Array
        own[index] = SCORE_LEVELS.reduce((sum, level, column) => sum + pinball(level, total, deciles[column] ?? 0), own[index] || 0)
      })
    }
  }
  return {
    origins: origins.map((at) => panel.periods[at] ?? ""),
    models: Object.fromEntries([...scores].filter(([name]) => !skipped.has(name)).map(([name, byClass]) => [name, reportOf(byClass)])),
    skipped: Object.fromEntries(skipped),
    beatsAuto: beatsAuto(losses, skipped, seed),
    choice,
  }
}

function beatsAuto(losses: ReadonlyMap<string, Float64Array>, skipped: ReadonlyMap<string, string>, seed: number): Record<string, number> {
  const auto = losses.get(AUTO_MODEL)
  const others = auto ? [...losses].filter(([name]) => name !== AUTO_MODEL && !skipped.has(name)) : []
  return Object.fromEntries(others.map(([name, own]) => [name, pairedGain(own, auto ?? own, seed).share]))
}

function sumsOf(byClass: Map<DemandClass, MetricSums>, demandClass: DemandClass): MetricSums {
  const sums = byClass.get(demandClass) ?? new MetricSums()
  byClass.set(demandClass, sums)
  return sums
}

function reportOf(byClass: ReadonlyMap<DemandClass, MetricSums>): ModelReport {
  const figures = (sums: MetricSums) => ({ ...sums.metrics(), calibration: sums.calibration(), pairs: sums.count })
  const total = [...byClass.values()].reduce((all, sums) => all.add(sums), new MetricSums())
  const classes = DEMAND_CLASSES.flatMap((demandClass) => {
    const sums = byClass.get(demandClass)
    return sums ? [[demandClass, figures(sums)] as const] : []
  })
  return { ...figures(total), byClass: Object.fromEntries(classes) }
}
