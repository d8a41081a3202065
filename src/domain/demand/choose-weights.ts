import { ForesightError } from "../errors"
import { levelFactors, type LevelFactors, type PastForecast } from "./calibrate-levels"
import { averageOfMembers, forecastWithSums, type MemberWeights } from "./ensemble"
import { LossTable, type ChosenWeights } from "./loss-table"
import { panelSample } from "./panel-part"
import type { DemandClass, DemandForecast, DemandModel, DemandPanel } from "./types"

/** Members and weights per class, and what they were chosen by. */
export interface DemandChoice extends ChosenWeights {
  /** What each level of the average is multiplied by; `null` without a validation block. */
  factors: LevelFactors | null
}

interface ChooseWeightsInput {
  panel: DemandPanel
  /** First period that must not be read. */
  limit: number
  /** First unseen period of each validation block, oldest first; see `validationOrigins()`. */
  origins: readonly number[]
  members: readonly DemandModel[]
  horizon: number
  sums: readonly number[]
  seed: number
  /** Weights that serve until others are better beyond chance, per class; members that are missing leave theirs to the rest. */
  usual: Record<DemandClass, MemberWeights>
  /** Whether these weights are given, and nothing is to be chosen. */
  isGiven?: boolean
  /** Called after each member and origin. */
  onStep?: (step: number, steps: number) => Promise<void>
}

/** The factors that calibrate the average of the members by these weights to the newest validation blocks; `null` without one. */
export type CalibrateWeights = (weights: Record<DemandClass, MemberWeights>) => LevelFactors | null

/** Validation blocks before the limit, each of the horizon. */
const BLOCKS = 4
/** Blocks that one early fit of a member forecasts. Levels are calibrated to the newest of these, whose fit knew nearly what will be served. */
export const BLOCKS_OF_A_FIT = 2
/** Periods, as a share of the history, that must stay before the first validation origin. */
const LEAST_SHARE = 0.5
/** Most series × horizon × blocks that the choice looks at, and series at least. */
const MOST_TARGETS = 120_000
const LEAST_SERIES = 500
/** How far the levels are calibrated to the newest validation blocks; see docs/models/ensemble.md. */
const TRUST = { median: 0.25, spread: 0.5 }

/** Weights of the average of several members, per class, from rolling origins before `limit`.
 * The usual weights serve until others are better beyond chance. Those others are built by greedy selection with repetition (each round adds the member that
 * lowers the loss of the average most), half shrunk to the plain average of the members that are not clearly worse. The shop goes half way to them where
 * that gains 1% on every validation block and a paired bootstrap over series agrees in 19 of 20 draws, all the way where that gains another 3%; then each
 * class does the same from the shop's weights.
 * @returns The choice, calibrated, and how other weights of the same members would be.
 * @see Caruana et al. (2004), Ensemble selection from libraries of models, ICML.
 */
export async function chooseWeights(input: ChooseWeightsInput): Promise<{ choice: DemandChoice; calibrate: CalibrateWeights }> {
  const { limit, origins, members, horizon, sums, seed } = input
  const [first] = members
  if (!first) throw new ForesightError("invalid_model", "members is empty; expected at least one")
  const panel = panelSample(input.panel, Math.max(LEAST_SERIES, Math.floor(MOST_TARGETS / Math.max(1, horizon * origins.length))))
  const table = new LossTable(members.length)
  const past: { origin: number; forecasts: DemandForecast[][] }[] = []
  let step = 0
  for (const [block, origin] of origins.entries()) {
    const forecasts: DemandForecast[][] = []
    for (const member of members) {
      forecasts.push(forecastWithSums(member, panel, origin, horizon, sums))
      await input.onStep?.(++step, origins.length * members.length)
    }
    table.add(panel, origin, horizon, sums, forecasts)
    if (block >= origins.length - BLOCKS_OF_A_FIT) past.push({ origin, forecasts })
  }
  const names = members.map(({ name }) => name)
  const chosen = table.choose(
    names,
    input.usual,
    seed,
    origins.map((origin) => panel.periods[origin] ?? ""),
    input.isGiven
  )
  const calibrate: CalibrateWeights = (weights) => {
    const averages = past.map(({ origin, forecasts }): PastForecast => {
      const byName = new Map(names.map((name, at) => [name, forecasts[at] ?? []]))
      return { origin, forecasts: averageOfMembers(panel, origin, horizon, sums, weights, byName) }
    })
    return origins.length > 0 ? levelFactors(panel, averages, limit, sums, TRUST) : null
  }
  return { choice: { ...chosen, factors: calibrate(chosen.weights) }, calibrate }
}

/** First unseen period of each validation block, oldest first: blocks end with the limit, and at least half of the history stays before the first. */
export function validationOrigins(limit: number, horizon: number, wanted = BLOCKS): number[] {
  const count = Math.min(wanted, Math.floor((limit * (1 - LEAST_SHARE)) / horizon))
  return Array.from({ length: Math.max(0, count) }, (_, index) => limit - (count - index) * horizon)
}

/** Validation blocks in groups that share an early fit, oldest first; the newest group is whole. */
export function blocksOfFits(origins: readonly number[]): number[][] {
  const groups: number[][] = []
  for (let end = origins.length; end > 0; end -= BLOCKS_OF_A_FIT) groups.unshift(origins.slice(Math.max(0, end - BLOCKS_OF_A_FIT), end))
  return groups
}
