import { cellAt } from "./bin-table"
import { markLeft, type GrownTree } from "./grown-tree"
import type { BinnedTable } from "./types"

/** Adds a grown tree's leaf values to the scores of `rows` of a table. */
export function addGrownTree({ nodes, leaves }: GrownTree, table: Pick<BinnedTable, "bins" | "rows">, rows: Uint32Array, scores: Float64Array): void {
  const { bins } = table
  // per node 256 answers "left or right": 30 nodes take 8 kB
  const goesLeft = new Uint8Array(256 * nodes.length)
  for (const [at, node] of nodes.entries()) markLeft(node, goesLeft.subarray(256 * at, 256 * at + 256))
  const cells = Int32Array.from(nodes, ({ feature }) => cellAt(feature, 0, table.rows))
  const children = Int32Array.from(nodes.flatMap(({ left, right }) => [right, left]))
  const values = Float64Array.from(leaves, ({ value }) => value)
  const root = nodes.length > 0 ? 0 : -1
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number
    let node = root
    while (node >= 0) {
      const bin = bins[(cells[node] as number) + 4 * row] as number
      node = children[2 * node + (goesLeft[256 * node + bin] as number)] as number
    }
    scores[row] = (scores[row] as number) + (values[~node] as number)
  }
}
