/** The smallest value with at least the share `level` of all weight at or below it: a minimiser of the pinball loss.
 * Looks at the first `count` of both arrays and reorders them in place; linear time on average.
 * @param weights Each > 0; `null` where all weigh the same.
 * @see Hoare (1961), Algorithm 65: FIND, with partition into below, equal and above, as residuals of counted demand are often equal.
 */
export function weightedQuantile(values: Float64Array, weights: Float64Array | null, count: number, level: number): number {
  if (count === 0) return 0
  let low = 0
  let high = count
  let below = 0 // weight left of `low`
  const wanted = level * totalOf(weights, count) * (1 - 1e-12)
  while (high - low > 1) {
    const pivot = medianOfThree(values[low] as number, values[(low + high) >> 1] as number, values[high - 1] as number)
    let less = low
    let at = low
    let more = high
    let lessWeight = 0
    let equalWeight = 0
    while (at < more) {
      const value = values[at] as number
      const weight = weights === null ? 1 : (weights[at] as number)
      if (value < pivot) {
        lessWeight += weight
        swap(values, weights, at++, less++)
      } else if (value > pivot) swap(values, weights, at, --more)
      else {
        equalWeight += weight
        at++
      }
    }
    if (less > low && below + lessWeight >= wanted) high = less
    else if (more >= high || below + lessWeight + equalWeight >= wanted) return pivot
    else {
      below += lessWeight + equalWeight
      low = more
    }
  }
  return values[low] as number
}

function totalOf(weights: Float64Array | null, count: number): number {
  if (weights === null) return count
  let total = 0
  for (let at = 0; at < count; at++) total += weights[at] as number
  return total
}

function medianOfThree(a: number, b: number, c: number): number {
  return a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b
}

function swap(values: Float64Array, weights: Float64Array | null, a: number, b: number): void {
  const value = values[a] as number
  values[a] = values[b] as number
  values[b] = value
  if (weights === null) return
  const weight = weights[a] as number
  weights[a] = weights[b] as number
  weights[b] = weight
}
