import type { BoostingOptions } from "./options"
import type { BinnedTable } from "./types"

/** What trees are trained on and how. */
export interface BoostingTask {
  table: BinnedTable
  /** Per row of the table, between ±1e18. Tweedie: ≥ 0, logistic: 0 … 1, LambdaRank: relevance 0, 1, 2 … */
  target: Float64Array
  /** Per row, 1e-9 … 1e12; 1 each when not given. */
  weight?: Float64Array
  /** Rows trained on; all when not given. */
  rows?: Uint32Array
  options: BoostingOptions
  /** In the bins of `table` (`binTableLike`). With it, training stops when its loss no longer falls, and the trees end at its lowest. */
  validation?: BoostingValidation
}

export interface BoostingValidation {
  table: BinnedTable
  target: Float64Array
  weight?: Float64Array
  /** LambdaRank: sizes of the table's consecutive groups. */
  groups?: Uint32Array
}
