import { ForesightError } from "../../domain/errors"
import type { UnpackedModel } from "../../domain/model-bytes"
import type { NetSpec } from "./net-spec"
import type { TrainedNet } from "./train-net"

/** What of nets is JSON; their weights are arrays. */
export interface PackedNets<Label> {
  label: Label
  spec: NetSpec
  curve: TrainedNet["curve"]
  weights: number
}

/** Nets, each with what it is known by, in the two parts that `packModel()` takes. */
export function packNets<Label>(nets: readonly { label: Label; net: TrainedNet }[]): { shapes: PackedNets<Label>[]; arrays: Record<string, Float32Array> } {
  const arrays = nets.flatMap(({ net }, at) => net.weights.map((values, index) => [`net${at}_${index}`, values] as const))
  return {
    shapes: nets.map(({ label, net: { spec, curve, weights } }) => ({ label, spec, curve, weights: weights.length })),
    arrays: Object.fromEntries(arrays),
  }
}

/** What `packNets()` packed. @throws ForesightError `invalid_model` where an array is missing. */
export function unpackNets<Label>(shapes: unknown, array: UnpackedModel["array"]): { label: Label; net: TrainedNet }[] {
  if (!Array.isArray(shapes)) throw new ForesightError("invalid_model", `nets is ${typeof shapes}; expected a list`)
  return (shapes as PackedNets<Label>[]).map(({ label, spec, curve, weights }, at) => ({
    label,
    net: { spec, curve, weights: Array.from({ length: weights }, (_, index) => array(`net${at}_${index}`, "f4")) },
  }))
}
