import { setImmediate as nextTurn } from "node:timers/promises"
import { BOOSTED_MODEL } from "../domain/demand/boosted/boosted-model"
import type { BoostedDemand } from "../domain/demand/boosted/boosted-spec"
import { DEMAND_CLASSES } from "../domain/demand/class-of"
import { blocksOfFits, chooseWeights, validationOrigins, type CalibrateWeights, type DemandChoice } from "../domain/demand/choose-weights"
import { createEnsemble, type MemberWeights } from "../domain/demand/ensemble"
import { latestFit, type FitUntil } from "../domain/demand/latest-fit"
import { STATISTICAL_MODELS } from "../domain/demand/registry"
import type { DemandClass, DemandModel, DemandPanel } from "../domain/demand/types"
import { USUAL_NETS, USUAL_WEIGHTS, USUAL_WEIGHTS_WITHOUT_NET } from "../domain/demand/usual-weights"
import { ForesightError } from "../domain/errors"
import type { FitStage } from "../domain/training"
import { fitBoostedDemand, fitEarlyBoostedDemand } from "./fit-boosted-demand"
import { fitOrNothing } from "./fit-or-nothing"
import type { FittedDemand } from "./fitted-demand"
import type { TrainedNet } from "./nets/train-net"
import type { KeptNets } from "./nets/kept-nets"

/** Name of the weighted average of all members. */
export const ENSEMBLE = "auto"
/** Known periods, of all series of the panel together before the newest group of validation blocks, from which nets are fitted: not measured on less. */
const NETS_FROM = 20_000

/** What a fit of a whole panel is asked for. */
export interface FitEnsemble {
  /** Periods ahead that will be asked for. */
  horizon: number
  /** Numbers of first periods whose total will be asked for too. */
  sums: readonly number[]
  seed: number
  /** Weights that are given: nothing is chosen, members without weight are not fitted, and only the levels are calibrated. */
  weights?: Record<DemandClass, MemberWeights>
  /** Known periods from which nets are fitted; 20,000 when left out. */
  netsFrom?: number
  /** Threads for trees and nets; as many as there are cores when left out. */
  threads?: number
  /** Wall seconds that the nets may take together; as many as they need when left out. */
  netSeconds?: number
  /** Nets that are trained already, and where those go that are trained now. */
  keptNets?: KeptNets
  onProgress?: (progress: { stage: FitStage; step: number; steps: number; loss?: number }) => void
  /** Asked between steps; `true` ends with the error `canceled`. */
  shouldStop?: () => boolean
}

/** A net with the name that weights know it by. */
export interface EnsembleNet extends TrainedNet {
  name: string
}

/** What was learnt from data, for a version to keep. */
export interface LearntParts {
  boosted: BoostedDemand | null
  nets: EnsembleNet[]
}

/** A fitted ensemble. */
export interface FittedEnsemble {
  /** May be asked at any origin ≥ the fit's limit, for any panel of the same frequency: that of the fit, or others of the same shop, piece by piece. */
  model: DemandModel
  /** Weights per class, with the figures they were chosen by, and the factors that calibrate the levels. */
  choice: DemandChoice
  /** All members, each fitted on everything before the limit. */
  members: DemandModel[]
  parts: LearntParts
  /** How the same members would be calibrated by other weights. */
  calibrate: CalibrateWeights
}

/** Fits trees, nets and statistical members on the periods before `limit`, chooses their weights per class there and calibrates the levels; nothing at or
 * after the limit is read, but for what is known ahead. Where the past is too short or too small for trees, it chooses among the statistical members.
 * @throws ForesightError `canceled` by `shouldStop`.
 */
export async function fitEnsemble(panel: DemandPanel, limit: number, options: FitEnsemble): Promise<FittedEnsemble> {
  const { horizon, sums, seed, weights: given, onProgress, shouldStop } = options
  const all = blocksOfFits(validationOrigins(limit, horizon))
  const groups = given ? all.slice(-1) : all
  const wants = (name: string) => !given || DEMAND_CLASSES.some((demandClass) => (given[demandClass][name] ?? 0) > 0)
  const trees = wants(BOOSTED_MODEL) ? await fitTrees(panel, limit, groups, options) : null
  const validated = trees?.groups ?? groups
  const nets = (trees || given) && Object.values(USUAL_NETS).some(wants) ? await fitUsualNets(panel, limit, firstOf(validated), options) : []
  const fitted: FittedDemand[] = [...(trees ? [trees] : []), ...nets]
  const statistical = STATISTICAL_MODELS.filter(({ name }) => wants(name))
  const { choice, calibrate } = await chooseWeights({
    panel,
    limit,
    origins: validated.flat(),
    members: [...fitted.map(({ early }) => early), ...statistical],
    horizon,
    sums,
    seed,
    usual: given ?? (nets.length > 0 ? USUAL_WEIGHTS : USUAL_WEIGHTS_WITHOUT_NET),
    isGiven: given !== undefined,
    onStep: async (step, steps) => {
      onProgress?.({ stage: "choosing", step, steps })
      await nextTurn()
      if (shouldStop?.()) throw new ForesightError("canceled", `the choice was stopped after ${step} of ${steps} steps`)
    },
  })
  const members = [...fitted.map(({ model }) => model), ...statistical]
  return {
    model: createEnsemble(ENSEMBLE, members, choice),
    choice,
    members,
    parts: { boosted: trees?.parts ?? null, nets: nets.map(({ net }) => net) },
    calibrate,
  }
}

/** First validation origins of groups of blocks: an early fit learns from what precedes them. */
const firstOf = (groups: readonly number[][]) => groups.map(([first = 0]) => first)

interface FittedTrees extends FittedDemand {
  parts: BoostedDemand
  groups: number[][]
}

/** Trees of everything and, early, of what precedes each group of validation blocks; groups that too little precedes are left out. `null` where there is too little for any. */
async function fitTrees(panel: DemandPanel, limit: number, groups: readonly number[][], options: FitEnsemble): Promise<FittedTrees | null> {
  const fits: (FitUntil & { group: number[] })[] = []
  for (const [at, group] of groups.slice(0, -1).entries()) {
    const [end = limit] = groups[at + 1] ?? []
    const model = await fitOrNothing(() => fitEarlyBoostedDemand(panel, end, { ...options, validation: group }))
    if (model) fits.push({ until: group[0] ?? 0, model, group })
  }
  const newest = groups.at(-1) ?? []
  const last = await fitOrNothing(() => fitBoostedDemand(panel, limit, { ...options, validation: newest }))
  if (!last) return null
  fits.push({ until: newest[0] ?? 0, model: await last.early(), group: newest })
  return { model: last.model, parts: last.parts, early: latestFit(fits), groups: fits.map(({ group }) => group) }
}

/** The nets of the static choice where enough is known, each fitted as the trees: of what precedes each group of validation blocks, and of everything. */
async function fitUsualNets(panel: DemandPanel, limit: number, firsts: readonly number[], options: FitEnsemble): Promise<(FittedDemand & { net: EnsembleNet })[]> {
  if (knownPeriods(panel, firsts.at(-1) ?? 0) < (options.netsFrom ?? NETS_FROM)) return []
  const { fitNets, netModel } = await loadNets()
  const { horizon, sums, seed } = options
  const names = [USUAL_NETS.first, USUAL_NETS.second]
  const limits = [...firsts, limit]
  const tasks = names.flatMap((_, at) => limits.map((until) => ({ name: USUAL_NETS.first, panel, limit: until, horizon, sums, seed: seed + at })))
  const trained = (await fitOrNothing(() => fitNets(tasks, options))) ?? []
  return names.flatMap((name, at) => {
    const fits = limits.flatMap((until, which) => {
      const net = trained[at * limits.length + which]
      return net ? [{ until, net: { ...net, name }, model: netModel(name, net) }] : []
    })
    const last = fits.pop()
    return last ? [{ early: latestFit(fits), model: last.model, net: last.net }] : []
  })
}

/** TensorFlow.js takes a second to load: only where a net is fitted. */
const loadNets = () => import("./nets/fit-nets.js")

function knownPeriods({ series }: DemandPanel, limit: number): number {
  return series.reduce((sum, { units }) => sum + units.subarray(0, limit).reduce((known, value) => known + (Number.isNaN(value) ? 0 : 1), 0), 0)
}
