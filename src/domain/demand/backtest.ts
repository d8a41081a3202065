import { ForesightError } from "../errors"
import { originOf, scoreOrigin, seriesLosses, totalOf, type Origin, type OriginScores } from "./backtest-scores"
import { bestSetting, chooseModels } from "./choose-models"
import { DEMAND_CLASSES, forEachClass } from "./class-of"
import { MetricSums } from "./metrics"
import { pairedGain, SURE } from "./paired-gain"
import { createPathDraws } from "./path-draws"
import type { DemandBacktest, DemandClass, DemandModel, DemandPanel } from "./types"

/** Correlations between periods that are tried. */
const CORRELATIONS = [0, 0.25, 0.5, 0.75] as const
/** Taken where there is no earlier origin to learn it from. */
const DEFAULT_CORRELATION = 0.25
/** Periods that should be known before the first origin. */
const LEAST_HISTORY = 26
/** Futures drawn per series: enough for nine deciles of a sum, stratified as they are. */
const BACKTEST_PATHS = 200
/** Names of rows of `heldOut.models` that are no models: the version in service, and a new choice that was not better than it beyond chance. */
export const SERVING = "serving"
export const CHALLENGER = "challenger"

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
  /** Name of the static choice, which serves every class until it is beaten; the first model when left out or missing. */
  usual?: string
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
 * The correlation between periods is chosen per model and class on the earliest origin, the model per class (`chooseModels()`) on all origins but the
 * held-out ones (the last two of four or more, else the last), both by pinball loss of the sum over `sumPeriods`; the mixture of the chosen is then
 * scored on the held-out origins, and compared with each model there by a paired bootstrap over series. A choice in service stays unless the new one is
 * better there beyond chance. With a single origin nothing can be chosen unseen: the static choice with ρ = 0.25 is taken. Series unknown before an
 * origin are left out there.
 * @throws ForesightError `canceled` when `shouldStop` says so; `too_little_data` for a panel that is too short.
 */
export async function backtestDemand(input: BacktestInput): Promise<DemandBacktest> {
  const { panel, models, horizon, sumPeriods, now = () => 0 } = input
  const [firstModel] = models
  if (!firstModel) throw new ForesightError("invalid_model", "models is empty; expected at least one")
  if (!(sumPeriods >= 1 && sumPeriods <= horizon)) {
    throw new ForesightError("invalid_series", `sumPeriods is ${sumPeriods}; expected 1 to the horizon of ${horizon}`)
  }
  const origins = backtestOrigins(panel.periods.length, horizon, input.origins).map((at) => originOf(panel, at, horizon))
  const heldOut = origins.length >= 4 ? 2 : 1
  const seen = origins.length > 1 ? origins.length - heldOut : 0
  const draws = createPathDraws({ paths: BACKTEST_PATHS, seed: input.seed })
  const scores = new Map<string, OriginScores[]>(models.map((model) => [model.name, []]))
  const correlations = new Map<string, Record<DemandClass, number>>(models.map((model) => [model.name, same(DEFAULT_CORRELATION)]))
  const serving: OriginScores[] = []

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
    return tried.map((correlation) => scoreOrigin(origin, forecasts, correlation, sumPeriods, draws, seconds))
  }

  for (const [index, origin] of origins.entries()) {
    for (const model of models) {
      if (index === 0 && origins.length > 1) {
        const results = run(model, origin, CORRELATIONS.map(same))
        const settings = results.map((result, which) => ({ value: which, scores: [result] }))
        const best = forEachClass((demandClass) => bestSetting(settings, demandClass))
        correlations.set(
          model.name,
          forEachClass((demandClass) => CORRELATIONS[best[demandClass]] ?? DEFAULT_CORRELATION)
        )
        scores.get(model.name)?.push({
          byClass: forEachClass((demandClass) => (results[best[demandClass]] as OriginScores).byClass[demandClass]),
          losses: seriesLosses([origin], (_, demandClass) => results[best[demandClass]]),
        })
      } else {
        scores.get(model.name)?.push(...run(model, origin, [correlations.get(model.name) ?? same(DEFAULT_CORRELATION)]))
      }
      await advance()
    }
    if (index < seen || !input.serving) continue
    const { model, choice } = input.serving
    serving.push(...run(model, origin, [forEachClass((demandClass) => choice[demandClass].correlation)]))
    await advance()
  }

  const scoresOf = (name: string) => scores.get(name) ?? []
  const candidates = models.map(({ name }) => ({ value: name, scores: scoresOf(name).slice(0, seen) }))
  const usual = models.some(({ name }) => name === input.usual) ? (input.usual as string) : firstModel.name
  const chosen = seen > 0 ? chooseModels(candidates, origins.slice(0, seen), usual, input.seed) : forEachClass(() => usual)
  const fresh = forEachClass((demandClass) => {
    const model = chosen[demandClass]
    return { model, correlation: (correlations.get(model) ?? same(DEFAULT_CORRELATION))[demandClass] }
  })
  const unseen = origins.slice(seen)
  const last = (name: string) => scoresOf(name).slice(seen)
  const made = unseen.map((origin, at): OriginScores => {
    const of = (demandClass: DemandClass) => last(fresh[demandClass].model)[at] as OriginScores
    return { byClass: forEachClass((demandClass) => of(demandClass).byClass[demandClass]), losses: seriesLosses([origin], (_, demandClass) => of(demandClass)) }
  })
  const lossesOf = (results: readonly OriginScores[]) => seriesLosses(unseen, (at) => results[at])
  const gainOver = (results: readonly OriginScores[], others: readonly OriginScores[]) => pairedGain(lossesOf(results), lossesOf(others), input.seed)
  const keeps = input.serving && !areAlike(fresh, input.serving.choice) && gainOver(made, serving).share < SURE
  const [choice, served] = keeps ? [input.serving?.choice ?? fresh, serving] : [fresh, made]
  const beside = new Map(models.map(({ name }) => [name, last(name)]))
  if (input.serving) beside.set(SERVING, serving)
  if (keeps) beside.set(CHALLENGER, made)
  const daysOf = (list: readonly Origin[]) => list.map(({ at }) => panel.periods[at] ?? "")
  return {
    frequency: panel.frequency,
    horizon,
    sumPeriods,
    origins: daysOf(origins),
    seriesCount: panel.series.length,
    models: Object.fromEntries(models.map((model) => [model.name, report(scoresOf(model.name))])),
    choice,
    served: totalOf(served).metrics(),
    heldOut: {
      origins: daysOf(unseen),
      models: Object.fromEntries([...beside].map(([name, results]) => [name, totalOf(results).metrics()])),
      gains: Object.fromEntries([...beside].map(([name, results]) => [name, gainOver(served, results)])),
    },
  }
}

/** Whether two choices name the same model for every class; their correlations may differ. */
export const areAlike = (one: DemandBacktest["choice"], other: DemandBacktest["choice"]): boolean =>
  DEMAND_CLASSES.every((demandClass) => one[demandClass].model === other[demandClass].model)

const same = (correlation: number) => forEachClass(() => correlation)

function report(results: readonly OriginScores[]): DemandBacktest["models"][string] {
  const byClass: DemandBacktest["models"][string]["byClass"] = {}
  for (const demandClass of DEMAND_CLASSES) {
    const sums = results.reduce((sum, result) => sum.add(result.byClass[demandClass]), new MetricSums())
    const seriesCount = results.at(-1)?.byClass[demandClass].count ?? 0
    if (sums.count > 0) byClass[demandClass] = { ...sums.metrics(), seriesCount }
  }
  return { ...totalOf(results).metrics(), byClass }
}
