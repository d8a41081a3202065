import { BOOSTED_MODEL } from "../domain/demand/boosted/boosted-model"
import { blocksOfFits, validationOrigins, type DemandChoice } from "../domain/demand/choose-weights"
import { withSums } from "../domain/demand/ensemble"
import { inWholeUnits } from "../domain/demand/in-whole-units"
import { NAMED_MODELS } from "../domain/demand/registry"
import type { DemandModel, DemandPanel } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import { fitBoostedDemand } from "./fit-boosted-demand"
import { ENSEMBLE, fitEnsemble, type FitEnsemble } from "./fit-ensemble"
import { isNetName, NET_NAMES, type NetName } from "./nets/net-names"
import type { TrainedNet } from "./nets/train-net"

/** The choice itself, as a name that `model` takes. */
export const AUTO_MODEL = ENSEMBLE

/** What a fit of a whole panel is asked for. */
export interface AutoDemandOptions extends FitEnsemble {
  /** `auto` (the default) or one name of `demandModelNames()`. */
  model?: string
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

/** Fits on the periods before `limit` what is asked for by name, or the ensemble; nothing at or after it is read, but for what is known ahead.
 * @throws ForesightError `invalid_model` for an unknown name, `too_little_data` for `boosted` or a net by name on too short a past, `canceled` by `shouldStop`.
 */
export async function fitAutoDemand(panel: DemandPanel, limit: number, options: AutoDemandOptions): Promise<FittedAutoDemand> {
  const { model: wanted = AUTO_MODEL, horizon } = options
  if (wanted === AUTO_MODEL) return fitEnsemble(panel, limit, options)
  const named = NAMED_MODELS.find(({ name }) => name === wanted)
  if (named) return { model: inWholeUnits(withSums(named)), choice: null }
  if (isNetName(wanted)) return { model: inWholeUnits(await fitNetByName(wanted, panel, limit, options)), choice: null }
  if (wanted !== BOOSTED_MODEL) throw new ForesightError("invalid_model", `model is "${wanted}"; expected one of ${demandModelNames().join(", ")}`)
  const validation = blocksOfFits(validationOrigins(limit, horizon)).at(-1) ?? []
  return { model: inWholeUnits((await fitBoostedDemand(panel, limit, { ...options, validation })).model), choice: null }
}

async function fitNetByName(name: NetName, panel: DemandPanel, limit: number, options: AutoDemandOptions): Promise<DemandModel> {
  const { fitNets, netModel } = await import("./nets/fit-nets.js") // TensorFlow.js takes a second to load
  const { horizon, sums, seed } = options
  const [net] = await fitNets([{ name, panel, limit, horizon, sums, seed }], options)
  return withSums(netModel(name, net as TrainedNet))
}
