/** The sums of a leaf's rows. */
export interface LeafSums {
  gradient: number
  hessian: number
  rows: number
}

/** A way to split a leaf in two. */
export interface Split {
  /** Column of the table. */
  feature: number
  /** Numeric: bins `1 … bin` go left. */
  bin: number
  missingLeft: boolean
  /** Categorical: bins that go left; `null` for a numeric split. */
  categories: number[] | null
  /** By how much the split lowers the loss, by its second-order approximation, times 2. */
  gain: number
  leftGradient: number
  leftHessian: number
}

/** What limits the search. */
export interface SplitLimits {
  leastRows: number
  l2: number
  /** Per column of the table, −1, 0 or 1; `null`: none is constrained. */
  monotone: readonly number[] | null
}

/** A split of one column; its gain still has the whole leaf's share in it. */
export type ColumnSplit = Omit<Split, "feature">
