import { sparseRows } from "./sparse-rows"
import type { SparseRows } from "./sparse-rows"
import type { OnStep } from "./symmetric-inverse"
import { TopK } from "./top-k"

/**
 * Item-item cosine with shrinkage: sim(i, j) = Σᵤ xᵤᵢ·xᵤⱼ / (‖xᵢ‖·‖xⱼ‖ + shrinkage).
 * The shrinkage keeps two items that met once from looking alike.
 * @param histories Users × items, weights in [0, 1] (recency-weighted and capped by the caller).
 * @param neighbours How many neighbours an item keeps.
 * @param onStep Called every 256 items; may throw to stop.
 * @returns Rows = items, strongest neighbour first.
 * @see Sarwar et al. (2001), WWW '01; shrinkage: Bell & Koren (2007), KDD Cup '07.
 */
export async function fitItemKnn(
  histories: SparseRows,
  { itemCount, neighbours, shrinkage, onStep }: { itemCount: number; neighbours: number; shrinkage: number; onStep?: OnStep }
): Promise<SparseRows> {
  const users = transpose(histories, itemCount)
  const norm = new Float64Array(itemCount)
  for (let at = 0; at < histories.index.length; at++) norm[histories.index[at]!]! += histories.value[at]! ** 2
  for (let item = 0; item < itemCount; item++) norm[item] = Math.sqrt(norm[item]!)

  const dots = new Float64Array(itemCount)
  const touched = new Int32Array(itemCount)
  const best = new TopK(neighbours)
  const lists: { index: number; value: number }[][] = []
  for (let item = 0; item < itemCount; item++) {
    let count = 0
    for (let at = users.start[item]!; at < users.start[item + 1]!; at++) {
      const user = users.index[at]!
      const weight = users.value[at]!
      for (let other = histories.start[user]!; other < histories.start[user + 1]!; other++) {
        const index = histories.index[other]!
        if (dots[index] === 0) touched[count++] = index
        dots[index]! += weight * histories.value[other]!
      }
    }
    for (let at = 0; at < count; at++) {
      const other = touched[at]!
      if (other !== item && dots[other]! > 0) best.offer(other, dots[other]! / (norm[item]! * norm[other]! + shrinkage))
      dots[other] = 0
    }
    lists.push(best.drain())
    if (item % 256 === 255) await onStep?.(item + 1, itemCount)
  }
  return sparseRows(lists)
}

function transpose(rows: SparseRows, columns: number): SparseRows {
  const start = new Int32Array(columns + 1)
  for (const column of rows.index) start[column + 1]!++
  for (let column = 0; column < columns; column++) start[column + 1]! += start[column]!
  const next = start.slice(0, columns)
  const turned = { start, index: new Int32Array(rows.index.length), value: new Float32Array(rows.index.length) }
  for (let row = 0; row + 1 < rows.start.length; row++) {
    for (let at = rows.start[row]!; at < rows.start[row + 1]!; at++) {
      const to = next[rows.index[at]!]!++
      turned.index[to] = row
      turned.value[to] = rows.value[at]!
    }
  }
  return turned
}
