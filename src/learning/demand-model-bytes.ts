import { createMixture, DEMAND_CLASSES, STATISTICAL_MODELS } from "../domain/demand"
import type { DemandBacktest, DemandModel } from "../domain/demand"
import { exponentialSmoothing } from "../domain/demand/exponential-smoothing"
import { ForesightError } from "../domain/errors"
import { blendDemandModels } from "./demand-blend"
import { DemandNet } from "./demand-net"
import type { DemandNetSpec } from "./demand-net-spec"
import { packArrays, unpackArrays } from "./packed-arrays"

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
  return packArrays({
    header: { kind: KIND, horizon, choice, net: net?.spec ?? null },
    arrays: Object.fromEntries((net?.weights ?? []).map((values, index) => [String(index), values])),
  })
}

/** The version that `packDemandModel()` wrote. @throws ForesightError `invalid_model` when the bytes hold something else. */
export function unpackDemandModel(bytes: Uint8Array): TrainedDemand {
  const { header, arrays } = unpackArrays(bytes)
  const { kind, horizon, choice, net } = header as { kind?: string; horizon: number; choice: DemandBacktest["choice"]; net: DemandNetSpec | null }
  if (kind !== KIND || !DEMAND_CLASSES.every((demandClass) => choice[demandClass])) {
    throw new ForesightError("invalid_model", `the model's kind is ${JSON.stringify(kind)}; expected a demand model with a choice for every class`)
  }
  const weights = Object.keys(arrays).map((_, index) => arrays[String(index)] ?? new Float32Array())
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
