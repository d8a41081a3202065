/** Draws `share` of the rows without putting back: drawn ones first in `into`, in their order, the others behind them.
 * @returns how many were drawn
 * @see Fan, Muller and Rezucha (1962); Knuth, TAOCP 2, algorithm S.
 */
export function drawRows(rows: Uint32Array, share: number, random: () => number, into: Uint32Array): number {
  const wanted = Math.max(1, Math.round(share * rows.length))
  let drawn = 0
  let left = wanted
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number
    if (random() * (rows.length - at) < left) {
      into[drawn++] = row
      left--
    } else into[wanted + at - drawn] = row
  }
  return wanted
}

/** Draws `share` of the numbers below `count`, one at least, ascending. */
export function drawColumns(count: number, share: number, random: () => number): Int32Array {
  const wanted = Math.min(count, Math.max(1, Math.round(share * count)))
  const drawn: number[] = []
  for (let column = 0; column < count; column++) {
    if (random() * (count - column) < wanted - drawn.length) drawn.push(column)
  }
  return Int32Array.from(drawn)
}
