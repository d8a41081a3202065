import { cellAt } from "./bin-table"
import { MOST_COLUMNS } from "./kernel-code"
import type { Kernels } from "./kernels"

/** Where a tree's columns stand in a histogram, and which of them share a word of the table. */
export interface HistogramLayout {
  /** The tree's columns, ascending. */
  features: Int32Array
  /** Per column of the tree: first number of its bins. A bin has two: sum of gradients, sum of hessians. */
  starts: Int32Array
  /** Numbers of the whole histogram. */
  length: number
}

export function layOutHistogram(features: Int32Array, binCounts: Int32Array): HistogramLayout {
  const starts = new Int32Array(features.length)
  let length = 0
  for (let at = 0; at < features.length; at++) {
    starts[at] = length
    length += 2 * (binCounts[features[at] as number] as number)
  }
  return { features, starts, length }
}

/** Adds gradients and hessians of a leaf's rows to the bins they fall into, some columns at a time. All arrays stand in the kernels' memory.
 * @param bins Bins of the table, as in `BinnedTable`.
 * @param slopes Gradient and hessian of each of the leaf's rows, in the order of `rows`.
 */
export function addRows(
  kernels: Kernels,
  histogram: Float64Array,
  layout: HistogramLayout,
  bins: Uint8Array,
  tableRows: number,
  rows: Uint32Array,
  slopes: Float32Array
): void {
  const { features, starts } = layout
  histogram.fill(0, 0, layout.length)
  if (rows.length === 0) return
  const passes = Math.ceil(features.length / MOST_COLUMNS)
  for (let pass = 0, at = 0; pass < passes; pass++) {
    const columns = Math.ceil((features.length - at) / (passes - pass))
    const places: number[] = []
    for (const end = at + columns; at < end; at++)
      places.push(bins.byteOffset + cellAt(features[at] as number, 0, tableRows), histogram.byteOffset + 8 * (starts[at] as number))
    kernels[`addRows${columns}`]?.(rows.byteOffset, rows.byteOffset + rows.byteLength, slopes.byteOffset, ...places)
  }
}

/** What is left of a leaf when one of its children is taken out; the first `length` numbers, in place. */
export function subtractHistogram(parent: Float64Array, child: Float64Array, length: number): void {
  for (let at = 0; at < length; at++) parent[at] = (parent[at] as number) - (child[at] as number)
}
