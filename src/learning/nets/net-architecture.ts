import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs"
import type { NetName } from "./net-names"
import type { NetSpec } from "./net-spec"

/** One array of a net's weights. */
export interface NetWeight {
  name: string
  shape: readonly number[]
  /** First values: normal with variance 2 / (in + out) (Glorot), of another deviation, or one number throughout. */
  start: "glorot" | { deviation: number } | { value: number }
}

/** A net's weights as tensors, by name. */
export type WeightOf = <Shape extends Tensor>(name: string) => Shape

/** What is special about a net: how it turns the past into numbers. What follows, from them and what is known ahead to quantiles, all share (`net-decoder.ts`). */
export interface NetArchitecture {
  readonly name: NetName
  /** Length of what `encode()` gives a window. */
  readonly width: number
  /** @param inputs Inputs a past period. */
  weights(spec: NetSpec, inputs: number): NetWeight[]
  /** @param past `[context, size, inputs]`, time first. @returns `[size, width]`. Called within `tf.tidy()`. */
  encode(spec: NetSpec, past: Tensor3D, weight: WeightOf): Tensor2D
}
