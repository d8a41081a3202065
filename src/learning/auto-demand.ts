import { setImmediate as nextTurn } from "node:timers/promises"
import { BOOSTED_MODEL } from "../domain/demand/boosted/boosted-model"
import { forEachClass } from "../domain/demand/class-of"
import { blocksOfFits, chooseWeights, validationOrigins, type DemandChoice } from "../domain/demand/choose-weights"
import { createEnsemble, withSums } from "../domain/demand/ensemble"
import { inWholeUnits } from "../domain/demand/in-whole-units"
import { latestFit, type FitUntil } from "../domain/demand/latest-fit"
import { NAMED_MODELS, STATISTICAL_MODELS } from "../domain/demand/registry"
import type { DemandModel, DemandPanel } from "../domain/demand/types"
import { USUAL_NETS, USUAL_WEIGHTS, USUAL_WEIGHTS_WITHOUT_NET } from "../domain/demand/usual-weights"
import { ForesightError } from "../domain/errors"
import { fitBoostedDemand, fitEarlyBoostedDemand } from "./fit-boosted-demand"
import { fitOrNothing } from "./fit-or-nothing"
import type { FittedDemand } from "./fitted-demand"
import { isNetName, NET_NAMES, type NetName } from "./nets/net-names"

/** The choice itself, as a name that `model` takes. */
export const AUTO_MODEL = "auto"
/** Known periods, of all series together before the validation, from which `auto` fits nets: not measured on less. */
const NETS_FROM = 20_000

/** What a fit of a whole panel is asked for. */
export interface AutoDemandOptions {
  /** Periods ahead that will be asked for. */
  horizon: number
  /** Numbers of first periods whose total will be asked for too. */
  sums: readonly number[]
  seed: number
  /** `auto` (the default) or one name of `demandModelNames()`. */
  model?: string
  /** Known periods from which `auto` fits nets; 20,000 when left out. */
  netsFrom?: number
  /** Threads for trees and nets; as many as there are cores when left out. */
  threads?: number
  onProgress?: (progress: { stage: string; step: number; steps: number }) => void
  /** Asked between steps; `true` ends with the error `canceled`. */
  shouldStop?: () => boolean
}

/** A fitted choice. */
export interface FittedAutoDemand {
  /** May be asked at any origin ≥ the fit's limit, for any panel of the same frequency: that of the fit, or others of the same shop, piece by piece. */
  model: DemandModel
  /** Members and weights per class, with the figures they were chosen by; `null` where one model was asked for by name. */
  choice: DemandChoice | null
}

/** Names that `model` takes: quick models, then the nets. */
export function demandModelNames(): string[] {
  return [...quickModelNames(), ...NET_NAMES]
}

/** Names of all models but the nets, which take longer than all others together. */
export function quickModelNames(): string[] {
  return [AUTO_MODEL, BOOSTED_MODEL, ...NAMED_MODELS.map(({ name }) => name)]
}

/** Fits and chooses on the periods before `limit`; nothing at or after it is read, but for what is known ahead.
 * Where the past is too short or too small for trees, `auto` chooses among the statistical members.
 * @throws ForesightError `invalid_model` for an unknown name, `too_little_data` for `boosted` or a net by name on too short a past, `canceled` by `shouldStop`.
 */
export async function fitAutoDemand(panel: DemandPanel, limit: number, options: AutoDemandOptions): Promise<FittedAutoDemand> {
  const { model: wanted = AUTO_MODEL, horizon, sums, seed, onProgress, shouldStop } = options
  const named = NAMED_MODELS.find(({ name }) => name === wanted)
  if (named) return { model: inWholeUnits(withSums(named)), choice: null }
  if (isNetName(wanted)) return { model: inWholeUnits(await fitNetByName(wanted, panel, limit, options)), choice: null }
  if (wanted !== AUTO_MODEL && wanted !== BOOSTED_MODEL) {
    throw new ForesightError("invalid_model", `model is "${wanted}"; expected one of ${demandModelNames().join(", ")}`)
  }
  const groups = blocksOfFits(validationOrigins(limit, horizon))
  if (wanted === BOOSTED_MODEL) return { model: inWholeUnits((await fitBoostedDemand(panel, limit, { ...options, validation: groups.at(-1) ?? [] })).model), choice: null }
  const trees = await fitTrees(panel, limit, groups, options)
  const validated = trees?.groups ?? groups
  const nets = trees ? await fitUsualNets(panel, limit, firstOf(validated), options) : []
  const fitted: FittedDemand[] = [...(trees ? [trees] : []), ...nets]
  const choice = await chooseWeights({
    panel,
    limit,
    origins: validated.flat(),
    members: [...fitted.map(({ early }) => early), ...STATISTICAL_MODELS],
    horizon,
    sums,
    seed,
    usual: nets.length > 0 ? USUAL_WEIGHTS : forEachClass(() => USUAL_WEIGHTS_WITHOUT_NET),
    onStep: async (step, steps) => {
      onProgress?.({ stage: "choosing", step, steps })
      await nextTurn()
      if (shouldStop?.()) throw new ForesightError("canceled", `the choice was stopped after ${step} of ${steps} steps`)
    },
  })
  return { model: createEnsemble(AUTO_MODEL, [...fitted.map(({ model }) => model), ...STATISTICAL_MODELS], choice), choice }
}

/** First validation origins of groups of blocks: an early fit learns from what precedes them. */
const firstOf = (groups: readonly number[][]) => groups.map(([first = 0]) => first)

/** Trees of everything and, early, of what precedes each group of validation blocks; groups that too little precedes are left out. `null` where there is too little for any. */
async function fitTrees(panel: DemandPanel, limit: number, groups: readonly number[][], options: AutoDemandOptions): Promise<(FittedDemand & { groups: number[][] }) | null> {
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
  return { model: last.model, early: latestFit(fits), groups: fits.map(({ group }) => group) }
}

async function fitNetByName(name: NetName, panel: DemandPanel, limit: number, options: AutoDemandOptions): Promise<DemandModel> {
  const { fitNets } = await loadNets()
  const { horizon, sums, seed } = options
  const [model] = await fitNets([{ name, panel, limit, horizon, sums, seed }], options)
  return withSums(model as DemandModel)
}

/** TensorFlow.js takes a second to load: only where a net is fitted. */
const loadNets = () => import("./nets/fit-nets.js")

/** The nets of the static choice where enough is known, each fitted as the trees: of what precedes each group of validation blocks, and of everything. */
async function fitUsualNets(panel: DemandPanel, limit: number, firsts: readonly number[], options: AutoDemandOptions): Promise<FittedDemand[]> {
  if (knownPeriods(panel, firsts.at(-1) ?? 0) < (options.netsFrom ?? NETS_FROM)) return []
  const { fitNets } = await loadNets()
  const { horizon, sums, seed } = options
  const names = [USUAL_NETS.first, USUAL_NETS.second]
  const limits = [...firsts, limit]
  const tasks = names.flatMap((_, at) => limits.map((until) => ({ name: USUAL_NETS.first, panel, limit: until, horizon, sums, seed: seed + at })))
  const models = (await fitOrNothing(() => fitNets(tasks, options))) ?? []
  return names.flatMap((name, at) => {
    const fits = limits.flatMap((until, which) => {
      const model = models[at * limits.length + which]
      return model ? [{ until, model: { ...model, name } }] : []
    })
    const model = fits.pop()?.model
    return model ? [{ early: latestFit(fits), model }] : []
  })
}

function knownPeriods({ series }: DemandPanel, limit: number): number {
  return series.reduce((sum, { units }) => sum + units.subarray(0, limit).reduce((known, value) => known + (Number.isNaN(value) ? 0 : 1), 0), 0)
}
