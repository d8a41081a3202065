/** How values of one column become bins. Bin 0 holds what is missing; a categorical column's rare and unseen values are missing too. */
export type BinRule =
  | {
      kind: "numeric"
      /** Bin `b ≥ 1` holds values `≤ uppers[b − 1]` above the bin before it; ascending, the last is `+Infinity`. */
      uppers: Float64Array
    }
  | {
      kind: "categorical"
      /** Bin `b ≥ 1` holds the category `codes[b − 1]`; the most frequent first. */
      codes: Float64Array
    }

/** A table whose values are replaced by the numbers of their bins: what trees are trained on. Its bytes are shared between threads. */
export interface BinnedTable {
  rows: number
  names: string[]
  /** Per column. */
  rules: BinRule[]
  /** Bin of column `f` and row `r` at `cellAt(f, r, rows)`: columns in groups of four, so that few rows of a leaf touch few lines of the cache.
   * Backed by a SharedArrayBuffer. */
  bins: Uint8Array
}

/** What a training minimises; `level` in (0, 1), Tweedie's `power` in (1, 2). */
export type BoostingLoss =
  | { kind: "squared" }
  | { kind: "quantile"; level: number }
  | { kind: "tweedie"; power: number }
  | { kind: "logistic" }
  | {
      kind: "lambdarank"
      /** Sizes of the consecutive groups of trained rows, in their order. */
      groups: Uint32Array
      /** Ranks that count: pairs with neither row among the first `truncation` are left out. */
      truncation: number
    }

/** How raw scores become predictions: `log` for Tweedie (prediction = eˢ), `logit` for logistic (1 / (1 + e⁻ˢ)). */
export type BoostingLink = "identity" | "log" | "logit"

/** Trees flattened into arrays. Nodes of tree `t` are `nodeStarts[t] … nodeStarts[t + 1] − 1`, its leaves `leafStarts[t] … leafStarts[t + 1] − 1`;
 * a tree's first node is its root, a tree without nodes is its one leaf. A child `≥ 0` is a node, below it the leaf `~child`; both counted over all trees. */
export interface BoostedTrees {
  link: BoostingLink
  /** Raw score before the first tree. */
  base: number
  names: string[]
  rules: BinRule[]
  nodeStarts: Int32Array
  leafStarts: Int32Array
  features: Int32Array
  /** Numeric split: bins `1 … split` go left. Categorical: index of the set of bins that go left, in `categorySets`. */
  splits: Int32Array
  /** 1 where missing values go left. */
  missingLeft: Uint8Array
  lefts: Int32Array
  rights: Int32Array
  /** Sets of 256 bits, eight words each. */
  categorySets: Int32Array
  /** Raw score that a leaf adds. */
  leafValues: Float64Array
  /** Trained weight (sum of hessians) that reached each node and leaf: what TreeSHAP averages by. */
  nodeCovers: Float64Array
  leafCovers: Float64Array
  /** Gain in loss that each node brought: what importance adds up. */
  gains: Float64Array
}
