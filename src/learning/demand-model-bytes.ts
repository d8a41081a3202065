import { createMixture, DEMAND_CLASSES, STATISTICAL_MODELS } from "../domain/demand"
import type { DemandBacktest, DemandModel } from "../domain/demand"
import { exponentialSmoothing } from "../domain/demand/exponential-smoothing"
import { ForesightError } from "../domain/errors"
import { packModel, unpackModel } from "../domain/model-bytes"
import { blendDemandModels } from "./demand-blend"
import { DemandNet } from "./demand-net"
import type { DemandNetSpec } from "./demand-net-spec"

/** What a demand version keeps: which model serves which class, and the net's weights where a class uses it. */
export interface TrainedDemand {
  /** Periods ahead the version was chosen for. */
  horizon: number
  choice: DemandBacktest["choice"]
  net: DemandNet | null
}

const KIND = "demand"

/** A demand version as bytes: the choice and the net's shape as JSON, its weights as float32. */
export function packDemandModel({ horizon, choice, net }: TrainedDemand): Uint8Array {
  return packModel(KIND, { horizon, choice, net: net?.spec ?? null }, Object.fromEntries((net?.weights ?? []).map((values, index) => [`weight${index}`, values])))
}

/** The version that `packDemandModel()` wrote. @throws ForesightError `invalid_model` when the bytes hold something else. */
export function unpackDemandModel(bytes: Uint8Array): TrainedDemand {
  const { meta, names, array } = unpackModel(KIND, bytes)
  const { horizon, choice, net } = meta as { horizon: number; choice: DemandBacktest["choice"]; net: DemandNetSpec | null }
  const missing = DEMAND_CLASSES.filter((demandClass) => !choice[demandClass])
  if (missing.length > 0) throw new ForesightError("invalid_model", `the demand model has no choice for ${missing.join(", ")}; expected one for every class`)
  const weights = names.map((name) => array(name, "f4"))
  return { horizon, choice, net: net ? new DemandNet(net, weights) : null }
}

/** All that a class may choose from: the statistical models and, where a net was fitted, the net and its average with exponential smoothing. */
export function demandCandidates(net: DemandNet | null): readonly DemandModel[] {
  if (!net) return STATISTICAL_MODELS
  return [...STATISTICAL_MODELS, net, blendDemandModels("lstm + exponential-smoothing", [net, exponentialSmoothing])]
}

/** The version as one model: each series by the model chosen for its class. @param net Stands in for the version's own net when given. */
export function servedMixture(name: string, { choice, net: own }: TrainedDemand, net = own): DemandModel {
  return createMixture(name, demandCandidates(net), choice)
}
