import { cellAt } from "./bin-table"
import { findSplit } from "./find-split"
import type { LeafSums, Split, SplitLimits } from "./split"
import { markLeft, type GrownTree } from "./grown-tree"
import { addRows, layOutHistogram, subtractHistogram, type HistogramLayout } from "./histogram"
import type { KernelMemory } from "./kernels"
import type { BinnedTable } from "./types"

/** A leaf that may still be split. */
interface OpenLeaf extends LeafSums {
  start: number
  end: number
  /** Its place in the tree's leaves. */
  leaf: number
  /** The node above and whether it is its left child; `−1` for the root. */
  parent: number
  isLeft: boolean
  histogram: Float64Array | null
  best: Split | null
  barred: Set<number>
}

const NONE: ReadonlySet<number> = new Set()

/** Grows trees leaf by leaf, always the leaf whose split gains most, as LightGBM does. Keeps its buffers from tree to tree. */
export class TreeGrower {
  /** Rows of the tree, so that each leaf's stand together. */
  readonly order: Uint32Array
  private readonly scratch: Uint32Array
  private readonly leafSlopes: Float32Array
  private readonly bins: Uint8Array
  private readonly goesLeft = new Uint8Array(256)
  private readonly binCounts: Int32Array
  private readonly histogramLength: number
  private readonly spare: Float64Array[] = []

  /** @param memory Of the sizes that `growerSizes()` names. */
  constructor(
    private readonly memory: KernelMemory,
    private readonly table: BinnedTable,
    mostRows: number,
    private readonly leaves: number,
    private readonly limits: SplitLimits
  ) {
    this.binCounts = binCountsOf(table)
    this.histogramLength = histogramLengthOf(this.binCounts)
    this.bins = this.memory.bytes(table.bins.length)
    this.bins.set(table.bins)
    this.order = this.memory.integers(mostRows)
    this.leafSlopes = this.memory.floats(2 * mostRows)
    this.scratch = new Uint32Array(mostRows)
  }

  /** One tree on the first `rows` of `order`. @param slopes Gradient and hessian of row `r` of the table at `2r` and `2r + 1`. */
  grow(rows: number, features: Int32Array, slopes: Float32Array): GrownTree {
    const layout = layOutHistogram(features, this.binCounts)
    const tree: GrownTree = { nodes: [], leaves: [{ start: 0, end: rows, gradient: 0, hessian: 0, value: 0 }] }
    const root = this.open(0, rows, slopes)
    this.search(root, layout, slopes)
    const open = [root]
    while (tree.leaves.length < this.leaves) {
      const leaf = open.reduce((most, other) => ((other.best?.gain ?? 0) > (most.best?.gain ?? 0) ? other : most))
      if (leaf.best === null) break
      const children = this.split(leaf, leaf.best, tree)
      if (children === null) {
        // counted by weight the split had rows enough, counted one by one it has not
        leaf.barred.add(leaf.best.feature)
        leaf.best = leaf.histogram && findSplit(leaf.histogram, layout, this.table.rules, leaf, this.limits, leaf.barred)
        continue
      }
      open.splice(open.indexOf(leaf), 1, ...children)
      const isWorth = tree.leaves.length < this.leaves && children.some((child) => child.rows >= 2 * this.limits.leastRows)
      if (isWorth) this.searchChildren(leaf, children, layout, slopes)
      else if (leaf.histogram) this.spare.push(leaf.histogram)
    }
    for (const { leaf, histogram, gradient, hessian, start, end } of open) {
      tree.leaves[leaf] = { start, end, gradient, hessian, value: 0 }
      if (histogram) this.spare.push(histogram)
    }
    return tree
  }

  private open(start: number, end: number, slopes: Float32Array): OpenLeaf {
    let gradient = 0
    let hessian = 0
    for (let at = start; at < end; at++) {
      const row = this.order[at] as number
      gradient += slopes[2 * row] as number
      hessian += slopes[2 * row + 1] as number
    }
    return { start, end, rows: end - start, gradient, hessian, leaf: 0, parent: -1, isLeft: false, histogram: null, best: null, barred: new Set() }
  }

  /** Parts a leaf's rows and enters the node; `null`, with nothing entered, when a side has too few rows. */
  private split(leaf: OpenLeaf, split: Split, tree: GrownTree): [OpenLeaf, OpenLeaf] | null {
    const middle = this.part(leaf.start, leaf.end, split)
    if (middle - leaf.start < this.limits.leastRows || leaf.end - middle < this.limits.leastRows) return null
    const node = tree.nodes.length
    const right = tree.leaves.length
    tree.nodes.push({
      feature: split.feature,
      bin: split.bin,
      missingLeft: split.missingLeft,
      categories: split.categories,
      gain: split.gain,
      cover: leaf.hessian,
      left: ~leaf.leaf,
      right: ~right,
    })
    const above = tree.nodes[leaf.parent]
    if (above && leaf.isLeft) above.left = node
    else if (above) above.right = node
    tree.leaves.push({ start: middle, end: leaf.end, gradient: 0, hessian: 0, value: 0 })
    const child = { parent: node, histogram: null, best: null }
    const [leftGradient, leftHessian] = [split.leftGradient, split.leftHessian]
    return [
      {
        ...child,
        start: leaf.start,
        end: middle,
        rows: middle - leaf.start,
        gradient: leftGradient,
        hessian: leftHessian,
        leaf: leaf.leaf,
        isLeft: true,
        barred: new Set(),
      },
      {
        ...child,
        start: middle,
        end: leaf.end,
        rows: leaf.end - middle,
        gradient: leaf.gradient - leftGradient,
        hessian: leaf.hessian - leftHessian,
        leaf: right,
        isLeft: false,
        barred: new Set(),
      },
    ]
  }

  /** Rows that go left first, both parts in their former order. @returns where the right part begins */
  private part(start: number, end: number, split: Split): number {
    const { order, scratch, goesLeft, table, bins } = this
    const from = cellAt(split.feature, 0, table.rows)
    markLeft(split, goesLeft)
    let left = start
    let right = 0
    for (let at = start; at < end; at++) {
      const row = order[at] as number
      const goes = goesLeft[bins[from + 4 * row] as number] as number
      // both are written, one is kept: no branch to guess wrong
      order[left] = row
      scratch[right] = row
      left += goes
      right += 1 - goes
    }
    order.set(scratch.subarray(0, right), left)
    return left
  }

  private searchChildren(parent: OpenLeaf, [left, right]: [OpenLeaf, OpenLeaf], layout: HistogramLayout, slopes: Float32Array): void {
    const [small, large] = left.rows <= right.rows ? [left, right] : [right, left]
    this.fill(small, layout, slopes)
    large.histogram = parent.histogram
    if (large.histogram && small.histogram) subtractHistogram(large.histogram, small.histogram, layout.length)
    for (const leaf of [small, large]) {
      if (leaf.histogram) leaf.best = findSplit(leaf.histogram, layout, this.table.rules, leaf, this.limits, NONE)
    }
  }

  private search(leaf: OpenLeaf, layout: HistogramLayout, slopes: Float32Array): void {
    if (leaf.rows < 2 * this.limits.leastRows) return
    leaf.best = findSplit(this.fill(leaf, layout, slopes), layout, this.table.rules, leaf, this.limits, NONE)
  }

  private fill(leaf: OpenLeaf, layout: HistogramLayout, slopes: Float32Array): Float64Array {
    const { order, leafSlopes } = this
    for (let at = leaf.start, to = 0; at < leaf.end; at++, to += 2) {
      const from = 2 * (order[at] as number)
      leafSlopes[to] = slopes[from] as number
      leafSlopes[to + 1] = slopes[from + 1] as number
    }
    leaf.histogram = this.spare.pop() ?? this.memory.doubles(this.histogramLength)
    addRows(this.memory.kernels, leaf.histogram, layout, this.bins, this.table.rows, order.subarray(leaf.start, leaf.end), leafSlopes)
    return leaf.histogram
  }
}

/** Bytes of each array that a grower takes. */
export function growerSizes(table: BinnedTable, mostRows: number, leaves: number): number[] {
  const histogram = 8 * histogramLengthOf(binCountsOf(table))
  return [table.bins.length, 4 * mostRows, 8 * mostRows, ...Array.from({ length: leaves }, () => histogram)]
}

function binCountsOf({ rules }: BinnedTable): Int32Array {
  return Int32Array.from(rules, (rule) => 1 + (rule.kind === "numeric" ? rule.uppers : rule.codes).length)
}

function histogramLengthOf(binCounts: Int32Array): number {
  return 2 * binCounts.reduce((sum, count) => sum + count, 0)
}
