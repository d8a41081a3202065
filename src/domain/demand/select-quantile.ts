/** Index, in ascending order of `length` values, of the smallest one with at least the share `level` at or below it. */
export function quantileIndex(length: number, level: number): number {
  return Math.max(0, Math.min(length - 1, Math.ceil(level * length - 1e-9) - 1))
}

/** The empirical quantile `level` of `values` (see `quantileIndex`), which are reordered in place.
 * @see Hoare (1961), Algorithm 65: FIND; linear time on average.
 */
export function selectQuantile(values: Float64Array, level: number): number {
  const target = quantileIndex(values.length, level)
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    const [a, b, c] = [values[low] as number, values[middle] as number, values[high] as number]
    const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b
    let left = low
    let right = high
    while (left <= right) {
      while ((values[left] as number) < pivot) left++
      while ((values[right] as number) > pivot) right--
      if (left > right) break
      const swapped = values[left] as number
      values[left] = values[right] as number
      values[right] = swapped
      left++
      right--
    }
    if (target <= right) high = right
    else if (target >= left) low = left
    else break
  }
  return values[target] as number
}
