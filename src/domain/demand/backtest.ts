import { ForesightError } from "../errors"
import { classOf, DEMAND_CLASSES } from "./class-of"
import { isZeroForecast, sumQuantiles } from "./demand-paths"
import { MetricSums, SCORE_LEVELS } from "./metrics"
import { createPathDraws, type PathDraws } from "./path-draws"
import type { DemandBacktest, DemandClass, DemandMetrics, DemandModel, DemandPanel } from "./types"

/** Correlations between periods that are tried. */
const CORRELATIONS = [0, 0.25, 0.5, 0.75] as const
/** Taken where there is no earlier origin to learn it from. */
const DEFAULT_CORRELATION = 0.25
/** Periods that should be known before the first origin. */
const LEAST_HISTORY = 26
/** Series × origins below which a class takes what is best for all. */
const LEAST_PAIRS = 20
/** Share of loss by which a class's own best must beat the best of all classes together before the class leaves it: single origins share one fate. */
const LEAST_GAIN = 0.02
/** Futures drawn per series: enough for nine deciles of a sum, stratified as they are. */
const BACKTEST_PATHS = 200
const SERVING = "serving"

export interface BacktestInput {
  panel: DemandPanel
  /** Candidates; earlier ones win ties. */
  models: readonly DemandModel[]
  /** Periods forecast from each origin, and the step between origins. */
  horizon: number
  /** Periods summed for the gate, 1 … horizon. */
  sumPeriods: number
  /** Origins wanted; fewer where the history is short. */
  origins: number
  seed: number
  /** The version in service with its own choice: scored beside the candidates on the held-out origins. */
  serving?: { model: DemandModel; choice: DemandBacktest["choice"] } | null
  /** Called after each step; may be awaited so that the caller's messages get through. */
  onProgress?: (progress: { stage: string; step: number; steps: number }) => void | Promise<void>
  /** Asked after each step; `true` ends the backtest with `canceled`. */
  shouldStop?: () => boolean
  /** Milliseconds of a running clock, for `seconds`. */
  now?: () => number
}

/** Indexes of the first unseen period of each origin, oldest first: the last horizon ends with the panel, the step is the horizon. As many as
 * wanted while 26 periods (or half of a short panel) stay before the first one.
 * @throws ForesightError `too_little_data` when not even one origin leaves something to learn from.
 */
export function backtestOrigins(periods: number, horizon: number, wanted: number): number[] {
  const history = Math.min(LEAST_HISTORY, Math.ceil(periods / 2))
  const count = Math.max(1, Math.min(wanted, Math.floor((periods - history) / horizon)))
  const first = periods - count * horizon
  if (horizon < 1 || first < 1) throw new ForesightError("too_little_data", `the panel has ${periods} periods; expected more than the horizon of ${horizon}`)
  return Array.from({ length: count }, (_, index) => first + index * horizon)
}

/** Rolling-origin backtest of several models on one panel.
 * The correlation between periods is chosen per model and class on the earliest origin, the model per class on all origins but the held-out ones
 * (the last two of four or more, else the last), both by pinball loss of the sum over `sumPeriods`; the mixture of the chosen is then scored on the
 * held-out origins. With a single origin nothing can be chosen unseen: the first model with ρ = 0.25 is taken. Series unknown before an origin are
 * left out there; periods with unknown demand count neither alone nor in sums.
 * @throws ForesightError `canceled` when `shouldStop` says so; `too_little_data` for a panel that is too short.
 */
export async function backtestDemand(input: BacktestInput): Promise<DemandBacktest> {
  const { panel, models, horizon, sumPeriods, now = () => 0 } = input
  const [firstModel] = models
  if (!firstModel) throw new ForesightError("invalid_model", "models is empty; expected at least one")
  if (!(sumPeriods >= 1 && sumPeriods <= horizon)) {
    throw new ForesightError("invalid_series", `sumPeriods is ${sumPeriods}; expected 1 to the horizon of ${horizon}`)
  }
  const origins = backtestOrigins(panel.periods.length, horizon, input.origins)
  const heldOut = origins.length >= 4 ? 2 : 1
  const draws = createPathDraws({ paths: BACKTEST_PATHS, seed: input.seed })
  const scores = new Map<string, Scores[]>(models.map((model) => [model.name, []]))
  const correlations = new Map<string, Record<DemandClass, number>>(models.map((model) => [model.name, same(DEFAULT_CORRELATION)]))

  const steps = models.length * origins.length + (input.serving ? heldOut : 0)
  let step = 0
  const advance = async () => {
    await input.onProgress?.({ stage: "backtest", step: ++step, steps })
    if (input.shouldStop?.()) throw new ForesightError("canceled", `the backtest was stopped after ${step} of ${steps} steps`)
  }
  const run = (model: DemandModel, origin: Origin, tried: readonly Record<DemandClass, number>[]) => {
    const started = now()
    const forecasts = model.forecast(panel, origin.at, horizon)
    const seconds = (now() - started) / 1000
    return tried.map((correlation) => score(origin, forecasts, correlation, sumPeriods, draws, seconds))
  }

  for (const [index, at] of origins.entries()) {
    const origin = originOf(panel, at, horizon)
    for (const model of models) {
      if (index === 0 && origins.length > 1) {
        const tried = CORRELATIONS.map(same)
        const results = run(model, origin, tried)
        const best = perClass((demandClass) => bestOf(results.map((result, which) => ({ value: CORRELATIONS[which] ?? 0, scores: [result] })), demandClass))
        correlations.set(model.name, best)
        scores.get(model.name)?.push(perClass((demandClass) => (results[CORRELATIONS.indexOf(best[demandClass] as 0)] as Scores)[demandClass]))
      } else {
        scores.get(model.name)?.push(...run(model, origin, [correlations.get(model.name) ?? same(DEFAULT_CORRELATION)]))
      }
      await advance()
    }
  }

  const seen = origins.length > 1 ? origins.length - heldOut : 0
  const scoresOf = (name: string) => scores.get(name) ?? []
  const choice = perClass((demandClass) => {
    const candidates = models.map((model) => ({ value: model.name, scores: scoresOf(model.name).slice(0, seen) }))
    const model = seen > 0 ? bestOf(candidates, demandClass) : firstModel.name
    return { model, correlation: (correlations.get(model) ?? same(DEFAULT_CORRELATION))[demandClass] }
  })
  const last = (name: string) => scoresOf(name).slice(seen)
  const served = new MetricSums()
  for (const demandClass of DEMAND_CLASSES) for (const result of last(choice[demandClass].model)) served.add(result[demandClass])
  const heldOutModels: Record<string, DemandMetrics> = Object.fromEntries(models.map((model) => [model.name, total(last(model.name)).metrics()]))
  if (input.serving) {
    const { model, choice: own } = input.serving
    const sums = new MetricSums()
    for (const at of origins.slice(seen)) {
      sums.add(total(run(model, originOf(panel, at, horizon), [perClass((demandClass) => own[demandClass].correlation)])))
      await advance()
    }
    heldOutModels[SERVING] = sums.metrics()
  }

  return {
    frequency: panel.frequency,
    horizon,
    sumPeriods,
    origins: origins.map((at) => panel.periods[at] ?? ""),
    seriesCount: panel.series.length,
    models: Object.fromEntries(models.map((model) => [model.name, report(scoresOf(model.name))])),
    choice,
    served: served.metrics(),
    heldOut: { origins: origins.slice(seen).map((at) => panel.periods[at] ?? ""), models: heldOutModels },
  }
}

type Scores = Record<DemandClass, MetricSums>

/** What happened from one origin on. `classes[i]` is `null` for a series unknown before it. */
interface Origin {
  at: number
  classes: (DemandClass | null)[]
  actuals: Float64Array[]
}

function originOf(panel: DemandPanel, at: number, horizon: number): Origin {
  const known = (units: Float64Array) => units.subarray(0, at).some((value) => !Number.isNaN(value))
  return {
    at,
    classes: panel.series.map((series) => (series.firstPeriod < at && known(series.units) ? classOf(series, at) : null)),
    actuals: panel.series.map((series) => series.units.subarray(at, at + horizon)),
  }
}

function score(
  origin: Origin,
  forecasts: ReturnType<DemandModel["forecast"]>,
  correlation: Record<DemandClass, number>,
  sumPeriods: number,
  draws: PathDraws,
  seconds: number
): Scores {
  const scores = perClass(() => new MetricSums())
  const nothing = new Float64Array(SCORE_LEVELS.length)
  forecasts.forEach((forecast, index) => {
    const demandClass = origin.classes[index]
    const actuals = origin.actuals[index]
    if (!demandClass || !actuals) return
    scores[demandClass].addPeriods(forecast, actuals)
    const sum = actuals.subarray(0, sumPeriods).reduce((units, value) => units + value, 0)
    if (Number.isNaN(sum)) return
    scores[demandClass].addSum(sum, isZeroForecast(forecast) ? nothing : sumQuantiles(forecast, sumPeriods, correlation[demandClass], draws, SCORE_LEVELS))
  })
  const counted = DEMAND_CLASSES.reduce((sum, demandClass) => sum + scores[demandClass].count, 0)
  for (const demandClass of DEMAND_CLASSES) scores[demandClass].seconds = counted > 0 ? (seconds * scores[demandClass].count) / counted : 0
  return scores
}

/** The candidate with the least loss of its sums in one class; the best of all classes together unless the class gains enough by its own. */
function bestOf<T>(candidates: { value: T; scores: Scores[] }[], demandClass: DemandClass): T {
  const pairs = candidates[0]?.scores.reduce((sum, result) => sum + result[demandClass].count, 0) ?? 0
  const inClass = (results: Scores[]) => results.reduce((sum, result) => sum + result[demandClass].sumPinball, 0)
  const least = (loss: (results: Scores[]) => number) => candidates.reduce((best, candidate) => (loss(candidate.scores) < loss(best.scores) - 1e-9 ? candidate : best))
  const overall = least((results) => total(results).sumPinball)
  const own = least(inClass)
  return (pairs >= LEAST_PAIRS && inClass(own.scores) < (1 - LEAST_GAIN) * inClass(overall.scores) ? own : overall).value
}

const perClass = <T>(value: (demandClass: DemandClass) => T): Record<DemandClass, T> =>
  Object.fromEntries(DEMAND_CLASSES.map((demandClass) => [demandClass, value(demandClass)])) as Record<DemandClass, T>

const same = (correlation: number) => perClass(() => correlation)

const total = (results: Scores[]) => results.reduce((sum, result) => DEMAND_CLASSES.reduce((part, demandClass) => part.add(result[demandClass]), sum), new MetricSums())

function report(results: Scores[]): DemandBacktest["models"][string] {
  const byClass: DemandBacktest["models"][string]["byClass"] = {}
  for (const demandClass of DEMAND_CLASSES) {
    const sums = results.reduce((sum, result) => sum.add(result[demandClass]), new MetricSums())
    const seriesCount = results.at(-1)?.[demandClass].count ?? 0
    if (sums.count > 0) byClass[demandClass] = { ...sums.metrics(), seriesCount }
  }
  return { ...total(results).metrics(), byClass }
}
