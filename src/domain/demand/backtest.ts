import { ForesightError } from "../errors"
import { addScores, noScores, originOf, totalOf, type BacktestScores } from "./backtest-scores"
import { DEMAND_CLASSES } from "./class-of"
import type { ChosenWeights } from "./loss-table"
import { forecastWithSums, type MemberWeights } from "./ensemble"
import { pairedGain, SURE } from "./paired-gain"
import type { DemandBacktest, DemandClass, DemandModel, DemandPanel } from "./types"

/** Periods that should be known before the first origin. */
const LEAST_HISTORY = 26
/** Names of rows of `heldOut.models` that are no members: the version in service, and new weights that were not better than its own beyond chance. */
export const SERVING = "serving"
export const CHALLENGER = "challenger"

const KEPT = "the weights of the version in service: new ones were not better beyond chance"

/** An average of the members, and the weights it is made with. */
interface Average {
  model: DemandModel
  weights: Record<DemandClass, MemberWeights>
}

export interface BacktestInput {
  panel: DemandPanel
  /** Fitted on what precedes the first origin. */
  members: readonly DemandModel[]
  /** The average of them by the weights chosen there. */
  fresh: Average
  /** What it was chosen by. */
  choice: Pick<ChosenWeights, "origins" | "losses" | "reasons">
  /** First unseen periods, ascending: the held-out time. */
  origins: readonly number[]
  /** Periods forecast from each origin. */
  horizon: number
  /** Periods summed for the gate, 1 … horizon. */
  sumPeriods: number
  seed: number
  /** The same members by the weights of the version in service; `null` when none. */
  serving: Average | null
  /** Called after each step; may be awaited so that the caller's messages get through. */
  onProgress?: (progress: { stage: "backtest"; step: number; steps: number }) => void | Promise<void>
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

/** Origins that are held out of the choice: the last two of four or more, else the last. */
export function heldOutOrigins(periods: number, horizon: number, wanted: number): number[] {
  const origins = backtestOrigins(periods, horizon, wanted)
  return origins.slice(origins.length >= 4 ? -2 : -1)
}

/** Scores members and averages on time that neither fits nor choice have seen, by single periods and by the sum over `sumPeriods`, and compares the average that
 * will serve with each of them by a paired bootstrap over series. The weights of the version in service stay unless the new ones are better there beyond
 * chance. Series unknown before an origin are left out there.
 * @throws ForesightError `canceled` when `shouldStop` says so, `invalid_series` for a sum that the horizon does not hold.
 */
export async function backtestDemand(input: BacktestInput): Promise<DemandBacktest> {
  const { panel, members, fresh, choice, serving, origins, horizon, sumPeriods, seed, now = () => 0 } = input
  if (!(sumPeriods >= 1 && sumPeriods <= horizon)) {
    throw new ForesightError("invalid_series", `sumPeriods is ${sumPeriods}; expected 1 to the horizon of ${horizon}`)
  }
  const made = noScores(panel.series.length)
  const beside = new Map<string, BacktestScores>(members.map(({ name }) => [name, noScores(panel.series.length)]))
  const rows = [...members.map((model) => ({ model, scores: beside.get(model.name) as BacktestScores })), { model: fresh.model, scores: made }]
  if (serving) {
    beside.set(SERVING, noScores(panel.series.length))
    rows.push({ model: serving.model, scores: beside.get(SERVING) as BacktestScores })
  }
  let step = 0
  for (const at of origins) {
    const origin = originOf(panel, at)
    for (const { model, scores } of rows) {
      const started = now()
      const forecasts = forecastWithSums(model, panel, at, horizon, [sumPeriods])
      addScores(scores, origin, forecasts, sumPeriods, (now() - started) / 1000)
      await input.onProgress?.({ stage: "backtest", step: ++step, steps: rows.length * origins.length })
      if (input.shouldStop?.()) throw new ForesightError("canceled", `the backtest was stopped after ${step} of ${rows.length * origins.length} steps`)
    }
  }

  const gainOver = (one: BacktestScores, other: BacktestScores) => pairedGain(one.losses, other.losses, seed)
  const old = beside.get(SERVING)
  const keeps = serving && old && !areAlike(fresh.weights, serving.weights) && gainOver(made, old).share < SURE
  if (keeps) beside.set(CHALLENGER, made)
  const served = keeps ? old : made
  const heldOut = origins.map((at) => panel.periods[at] ?? "")
  return {
    frequency: panel.frequency,
    horizon,
    sumPeriods,
    origins: [...choice.origins, ...heldOut],
    seriesCount: panel.series.length,
    weights: keeps ? serving.weights : fresh.weights,
    reasons: keeps ? [KEPT] : choice.reasons,
    losses: choice.losses,
    served: { ...totalOf(served).metrics(), byClass: byClassOf(served, origins.length) },
    heldOut: {
      origins: heldOut,
      models: Object.fromEntries([...beside].map(([name, scores]) => [name, totalOf(scores).metrics()])),
      gains: Object.fromEntries([...beside].map(([name, scores]) => [name, gainOver(served, scores)])),
    },
  }
}

/** Difference between two shares that counts as none. */
const ROUNDING = 1e-6

/** Whether two choices give every member of every class the same share. */
export const areAlike = (one: Record<DemandClass, MemberWeights>, other: Record<DemandClass, MemberWeights>): boolean =>
  DEMAND_CLASSES.every((demandClass) => {
    const [own, others] = [one[demandClass], other[demandClass]]
    return [...Object.keys(own), ...Object.keys(others)].every((name) => Math.abs((own[name] ?? 0) - (others[name] ?? 0)) < ROUNDING)
  })

function byClassOf({ byClass }: BacktestScores, origins: number): DemandBacktest["served"]["byClass"] {
  return Object.fromEntries(
    DEMAND_CLASSES.flatMap((demandClass) => {
      const sums = byClass[demandClass]
      return sums.count > 0 ? [[demandClass, { ...sums.metrics(), seriesCount: Math.ceil(sums.count / origins) }] as const] : []
    })
  )
}
