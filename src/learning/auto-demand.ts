import { setImmediate as nextTurn } from "node:timers/promises"
import { BOOSTED_MODEL } from "../domain/demand/boosted/boosted-model"
import { chooseWeights, validationOrigins, type DemandChoice } from "../domain/demand/choose-weights"
import { createEnsemble, withSums } from "../domain/demand/ensemble"
import { NAMED_MODELS, STATISTICAL_MODELS } from "../domain/demand/registry"
import type { DemandModel, DemandPanel } from "../domain/demand/types"
import { USUAL_WEIGHTS } from "../domain/demand/usual-weights"
import { ForesightError } from "../domain/errors"
import { fitBoostedDemand, type FittedBoostedDemand } from "./fit-boosted-demand"

/** The choice itself, as a name that `model` takes. */
export const AUTO_MODEL = "auto"

/** What a fit of a whole panel is asked for. */
export interface AutoDemandOptions {
  /** Periods ahead that will be asked for. */
  horizon: number
  /** Numbers of first periods whose total will be asked for too. */
  sums: readonly number[]
  seed: number
  /** `auto` (the default) or one name of `demandModelNames()`. */
  model?: string
  /** Threads for the trees; as many as there are cores when left out. */
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

/** Names that `model` takes. */
export function demandModelNames(): string[] {
  return [AUTO_MODEL, BOOSTED_MODEL, ...NAMED_MODELS.map(({ name }) => name)]
}

/** Fits and chooses on the periods before `limit`; nothing at or after it is read, but for what is known ahead.
 * Where the past is too short or too small for trees, `auto` chooses among the statistical members.
 * @throws ForesightError `invalid_model` for an unknown name, `too_little_data` for `boosted` by name on too short a past, `canceled` by `shouldStop`.
 */
export async function fitAutoDemand(panel: DemandPanel, limit: number, options: AutoDemandOptions): Promise<FittedAutoDemand> {
  const { model: wanted = AUTO_MODEL, horizon, sums, seed, onProgress, shouldStop } = options
  const named = NAMED_MODELS.find(({ name }) => name === wanted)
  if (named) return { model: withSums(named), choice: null }
  if (wanted !== AUTO_MODEL && wanted !== BOOSTED_MODEL) {
    throw new ForesightError("invalid_model", `model is "${wanted}"; expected one of ${demandModelNames().join(", ")}`)
  }
  const validation = validationOrigins(limit, horizon)
  const boosted = await fitOrNothing(wanted, () => fitBoostedDemand(panel, limit, { ...options, validation }))
  if (wanted === BOOSTED_MODEL && boosted) return { model: boosted.model, choice: null }
  const choice = await chooseWeights({
    panel,
    limit,
    members: [...(boosted ? [boosted.early] : []), ...STATISTICAL_MODELS],
    horizon,
    sums,
    seed,
    usual: USUAL_WEIGHTS,
    onStep: async (step, steps) => {
      onProgress?.({ stage: "choosing", step, steps })
      await nextTurn()
      if (shouldStop?.()) throw new ForesightError("canceled", `the choice was stopped after ${step} of ${steps} steps`)
    },
  })
  return { model: createEnsemble(AUTO_MODEL, [...(boosted ? [boosted.model] : []), ...STATISTICAL_MODELS], choice), choice }
}

/** `null` where the past is too short for trees and they were not asked for by name. */
async function fitOrNothing(wanted: string, fit: () => Promise<FittedBoostedDemand>): Promise<FittedBoostedDemand | null> {
  try {
    return await fit()
  } catch (error) {
    if (wanted === AUTO_MODEL && error instanceof ForesightError && error.code === "too_little_data") return null
    throw error
  }
}
