import { BOOSTED_MODEL } from "../domain/demand/boosted/boosted-model"
import { AUTO_MODEL } from "./auto-demand"
import { isNetName } from "./nets/net-names"

/** How far a fit is. */
export interface FitProgress {
  stage: string
  step: number
  steps: number
}

/** How far a backtest is; `text` names the model and what it is at. */
export interface BacktestProgress extends FitProgress {
  text: string
}

/** How long fits take beside a member that only smooths, roughly: so that the time left is no guess from the quick ones. */
const WEIGHTS = { auto: 200, boosted: 50, net: 100, other: 1 }
/** Parts that a fit tells its progress of, one after the other, at most; the nets of `auto` take as long as four others. */
const PARTS = { auto: 11, boosted: 3, net: 1, other: 1 }
const NETS_PARTS = 4

type Kind = keyof typeof PARTS
const kindOf = (model: string): Kind => (model === AUTO_MODEL ? "auto" : model === BOOSTED_MODEL ? "boosted" : isNetName(model) ? "net" : "other")

/** Makes one progress of many fits, which never goes back: each model counts as long as it usually takes.
 * @param models Names, in the order in which each origin fits them.
 * @returns `begin()` of the next fit, and what that fit's own progress goes to. */
export function backtestProgress(models: readonly string[], origins: number, tell: (progress: BacktestProgress) => void): { begin: (model: string) => (fit: FitProgress) => void } {
  const weightOf = (model: string) => WEIGHTS[kindOf(model)]
  const steps = origins * models.reduce((sum, model) => sum + weightOf(model), 0)
  let [begun, furthest] = [0, 0]
  const hear = (step: number, text: string) => {
    furthest = Math.max(furthest, step)
    tell({ stage: "backtest", step: furthest, steps, text })
  }
  return {
    begin(model) {
      const from = begun
      const [weight, kind] = [weightOf(model), kindOf(model)]
      begun += weight
      hear(from, model)
      let [parts, stage, last] = [0, "", 0]
      return (fit) => {
        if (fit.stage !== stage || fit.step < last) parts += partsOf(kind, stage)
        ;[stage, last] = [fit.stage, fit.step]
        const share = (parts + partsOf(kind, stage) * (fit.steps > 0 ? fit.step / fit.steps : 0)) / PARTS[kind]
        hear(from + weight * Math.min(1, share), `${model}: ${fit.stage}`)
      }
    },
  }
}

/** Parts that a stage counts for; none before the first. */
const partsOf = (kind: Kind, stage: string) => (stage === "" ? 0 : kind === "auto" && stage === "nets" ? NETS_PARTS : 1)
