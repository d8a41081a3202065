/** Sparse rows: the entries of row r stand at `start[r]` … `start[r + 1]` − 1. */
export interface SparseRows {
  start: Int32Array
  index: Int32Array
  value: Float32Array
}

/** Packs lists of neighbours. */
export function sparseRows(lists: readonly (readonly { index: number; value: number }[])[]): SparseRows {
  const size = lists.reduce((sum, list) => sum + list.length, 0)
  const rows = { start: new Int32Array(lists.length + 1), index: new Int32Array(size), value: new Float32Array(size) }
  let at = 0
  for (const [row, list] of lists.entries()) {
    for (const { index, value } of list) {
      rows.index[at] = index
      rows.value[at++] = value
    }
    rows.start[row + 1] = at
  }
  return rows
}
