import { ForesightError } from "../errors"
import { binOf } from "./bin-writer"
import { goesLeft } from "./predict-boosting"
import type { BinRule, BoostedTrees } from "./types"

/** What each column adds to one row's raw score, against the mean score of the trained rows: Shapley values where a column that is left out
 * is averaged by the trained weight of a node's branches. They sum to the raw score minus `expectedScore(trees)`.
 * @param row One value a column, `NaN` where missing.
 * @see Lundberg, Erion and Lee (2018), Consistent individualized feature attribution for tree ensembles, algorithm 2.
 */
export function treeShap(trees: BoostedTrees, row: ArrayLike<number>): Float64Array {
  if (row.length !== trees.names.length) {
    throw new ForesightError("invalid_options", `row has ${row.length} values; expected ${trees.names.length}: ${trees.names.join(", ")}`)
  }
  const bins = new Uint8Array(row.length)
  for (const feature of new Set(trees.features)) bins[feature] = binOf(trees.rules[feature] as BinRule, row[feature] as number)
  const walk = new PathWalk(trees, bins)
  for (let tree = 0; tree < trees.nodeStarts.length - 1; tree++) {
    const root = trees.nodeStarts[tree] as number
    if ((trees.nodeStarts[tree + 1] as number) > root) walk.visit(root, 0, 0, 1, 1, -1)
  }
  return walk.values
}

/** Mean raw score of the trained rows, as the trees have them: what `treeShap` measures from. */
export function expectedScore(trees: BoostedTrees): number {
  let expected = trees.base
  for (let tree = 0; tree < trees.leafStarts.length - 1; tree++) {
    let sum = 0
    let cover = 0
    for (let leaf = trees.leafStarts[tree] as number; leaf < (trees.leafStarts[tree + 1] as number); leaf++) {
      sum += (trees.leafValues[leaf] as number) * (trees.leafCovers[leaf] as number)
      cover += trees.leafCovers[leaf] as number
    }
    expected += cover > 0 ? sum / cover : 0
  }
  return expected
}

/** Walks a tree with the columns met on the way: for each, which share of rows (`zeros`) and of this row (`ones`, 0 or 1) passes its splits
 * when it is left out or known, and the weight of the subsets of known columns with as many members as its place. Each depth has its own stretch of the arrays. */
class PathWalk {
  readonly values: Float64Array
  private features = new Int32Array(256)
  private zeros = new Float64Array(256)
  private ones = new Float64Array(256)
  private weights = new Float64Array(256)

  constructor(
    private readonly trees: BoostedTrees,
    private readonly bins: Uint8Array
  ) {
    this.values = new Float64Array(bins.length)
  }

  /** @param above Where the path of the node above begins. @param depth How many columns that path has. */
  visit(child: number, above: number, depth: number, zero: number, one: number, feature: number): void {
    const { trees } = this
    const start = above + depth
    this.copy(above, start, depth)
    this.extend(start, depth, zero, one, feature)
    if (child < 0) {
      const leaf = trees.leafValues[~child] as number
      for (let at = 1; at <= depth; at++) {
        const column = this.features[start + at] as number
        const share = (this.ones[start + at] as number) - (this.zeros[start + at] as number)
        this.values[column] = (this.values[column] as number) + this.unwoundSum(start, depth, at) * share * leaf
      }
      return
    }
    const column = trees.features[child] as number
    const isLeft = goesLeft(trees, child, this.bins[column] as number)
    const [left, right] = [trees.lefts[child] as number, trees.rights[child] as number]
    const [hot, cold] = isLeft ? [left, right] : [right, left]
    let length = depth + 1
    let [formerZero, formerOne] = [1, 1]
    for (let at = 1; at <= depth; at++) {
      if (this.features[start + at] !== column) continue
      // a column met before counts once: its former step is taken out and its shares go on
      ;[formerZero, formerOne] = [this.zeros[start + at] as number, this.ones[start + at] as number]
      this.unwind(start, depth, at)
      length = depth
      break
    }
    const cover = coverOf(trees, hot) + coverOf(trees, cold)
    const hotShare = cover > 0 ? coverOf(trees, hot) / cover : 0.5
    this.visit(hot, start, length, formerZero * hotShare, formerOne, column)
    this.visit(cold, start, length, formerZero * (1 - hotShare), 0, column)
  }

  private copy(from: number, to: number, length: number): void {
    if (to + length + 1 > this.features.length) this.enlarge()
    this.features.copyWithin(to, from, from + length)
    this.zeros.copyWithin(to, from, from + length)
    this.ones.copyWithin(to, from, from + length)
    this.weights.copyWithin(to, from, from + length)
  }

  private enlarge(): void {
    const longer = <T extends Int32Array | Float64Array>(array: T, twice: T): T => {
      twice.set(array)
      return twice
    }
    const length = 2 * this.features.length
    this.features = longer(this.features, new Int32Array(length))
    this.zeros = longer(this.zeros, new Float64Array(length))
    this.ones = longer(this.ones, new Float64Array(length))
    this.weights = longer(this.weights, new Float64Array(length))
  }

  private extend(start: number, depth: number, zero: number, one: number, feature: number): void {
    const { weights } = this
    this.features[start + depth] = feature
    this.zeros[start + depth] = zero
    this.ones[start + depth] = one
    weights[start + depth] = depth === 0 ? 1 : 0
    for (let at = depth - 1; at >= 0; at--) {
      const weight = weights[start + at] as number
      weights[start + at + 1] = (weights[start + at + 1] as number) + (one * weight * (at + 1)) / (depth + 1)
      weights[start + at] = (zero * weight * (depth - at)) / (depth + 1)
    }
  }

  /** Takes one step out of the path: undoes `extend`. */
  private unwind(start: number, depth: number, taken: number): void {
    const { weights, features, zeros, ones } = this
    const [zero, one] = [zeros[start + taken] as number, ones[start + taken] as number]
    let next = weights[start + depth] as number
    for (let at = depth - 1; at >= 0; at--) {
      const weight = weights[start + at] as number
      if (one !== 0) {
        weights[start + at] = (next * (depth + 1)) / ((at + 1) * one)
        next = weight - ((weights[start + at] as number) * zero * (depth - at)) / (depth + 1)
      } else weights[start + at] = zero === 0 ? 0 : (weight * (depth + 1)) / (zero * (depth - at))
    }
    features.copyWithin(start + taken, start + taken + 1, start + depth + 1)
    zeros.copyWithin(start + taken, start + taken + 1, start + depth + 1)
    ones.copyWithin(start + taken, start + taken + 1, start + depth + 1)
  }

  /** Sum of the weights that `unwind` would leave. */
  private unwoundSum(start: number, depth: number, taken: number): number {
    const { weights } = this
    const [zero, one] = [this.zeros[start + taken] as number, this.ones[start + taken] as number]
    let next = weights[start + depth] as number
    let sum = 0
    for (let at = depth - 1; at >= 0; at--) {
      const weight = weights[start + at] as number
      if (one !== 0) {
        const part = (next * (depth + 1)) / ((at + 1) * one)
        sum += part
        next = weight - (part * zero * (depth - at)) / (depth + 1)
      } else if (zero !== 0) sum += (weight * (depth + 1)) / (zero * (depth - at))
    }
    return sum
  }
}

function coverOf(trees: BoostedTrees, child: number): number {
  return (child >= 0 ? trees.nodeCovers[child] : trees.leafCovers[~child]) as number
}
