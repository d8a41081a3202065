import { sparseRows } from "./sparse-rows"
import type { SparseRows } from "./sparse-rows"
import { invertSymmetric, squareMatrix } from "./symmetric-inverse"
import type { OnStep } from "./symmetric-inverse"
import { TopK } from "./top-k"

/** Share of the memory budget for the matrix: the histories and neighbour lists need the rest. */
const MATRIX_SHARE = 0.8

/**
 * How many items EASE can take: 8·n² bytes of matrix, n³ operations of inversion.
 * @param flopsPerSecond Measured on this machine, e.g. by inverting a small matrix.
 * @returns At least 0; the caller takes the most-used items.
 */
export function easeItemLimit({
  memoryBudgetBytes,
  timeBudgetSeconds,
  flopsPerSecond,
}: {
  memoryBudgetBytes: number
  timeBudgetSeconds: number
  flopsPerSecond: number
}): number {
  const byMemory = Math.sqrt((Math.max(0, memoryBudgetBytes) * MATRIX_SHARE) / 8)
  const byTime = Math.cbrt(Math.max(0, timeBudgetSeconds) * Math.max(0, flopsPerSecond))
  return Math.floor(Math.min(byMemory, byTime))
}

/**
 * EASE, the linear autoencoder with a zero diagonal: P = (XᵀX + λI)⁻¹, B = −P / diag(P) by column.
 * @param histories X, users × items, weights in [0, 1] (time-decayed by the caller).
 * @param items Indexes of the items that take part.
 * @param neighbours How many of an item's strongest positive weights are kept.
 * @param onStep Called while inverting; may throw to stop.
 * @returns B, rows = all items (an item that takes no part has none); row i says how much a unit of item i speaks for others.
 * @see Steck (2019), Embarrassingly Shallow Autoencoders for Sparse Data, WWW '19, algorithm 1.
 */
export async function fitEase(
  histories: SparseRows,
  {
    itemCount,
    items,
    lambda,
    neighbours,
    onStep,
  }: { itemCount: number; items: Int32Array; lambda: number; neighbours: number; onStep?: OnStep }
): Promise<SparseRows> {
  const size = items.length
  const matrix = squareMatrix(size)
  const { values, stride } = matrix
  addGram(histories, items, itemCount, matrix.values, stride)
  for (let row = 0; row < size; row++) values[row * stride + row]! += lambda
  await invertSymmetric(matrix, onStep)

  const lists: { index: number; value: number }[][] = Array.from({ length: itemCount }, () => [])
  const best = new TopK(neighbours)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (column === row) continue
      const weight = -values[row * stride + column]! / values[column * stride + column]!
      if (weight > 0) best.offer(items[column]!, weight)
    }
    lists[items[row]!] = best.drain()
  }
  return sparseRows(lists)
}

/** Adds XᵀX of the chosen items to the lower triangle. */
function addGram(histories: SparseRows, items: Int32Array, itemCount: number, values: Float64Array, stride: number): void {
  const place = new Int32Array(itemCount).fill(-1)
  for (const [at, item] of items.entries()) place[item] = at
  const { start, index, value } = histories
  const rows = new Int32Array(itemCount)
  const weights = new Float64Array(itemCount)
  for (let user = 0; user + 1 < start.length; user++) {
    let count = 0
    for (let at = start[user]!; at < start[user + 1]!; at++) {
      const row = place[index[at]!]!
      if (row < 0) continue
      rows[count] = row
      weights[count++] = value[at]!
    }
    for (let one = 0; one < count; one++) {
      const from = rows[one]! * stride
      for (let two = 0; two < count; two++) {
        if (rows[two]! <= rows[one]!) values[from + rows[two]!]! += weights[one]! * weights[two]!
      }
    }
  }
}
