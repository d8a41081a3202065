import type { BoostingLink } from "./types"

/** What the trees need of a loss. Rows are those of the table; `picked` are the ones looked at. */
export interface Objective {
  link: BoostingLink
  /** Raw score before the first tree. */
  base(picked: Uint32Array): number
  /** Writes gradient and hessian of each picked row, by its raw score, to `slopes[2r]` and `slopes[2r + 1]`. */
  slopes(scores: Float64Array, picked: Uint32Array, slopes: Float32Array): void
  /** Mean loss of the picked rows; lower is better. */
  loss(scores: Float64Array, picked: Uint32Array): number
  /** Level of the residuals' quantile that replaces a leaf's value; `null` where the Newton step stays. */
  renewLevel: number | null
}
