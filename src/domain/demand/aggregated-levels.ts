/** Smoothing weights between which the best is looked for. */
const LEAST_ALPHA = 0.1
const MOST_ALPHA = 0.3
const REFINEMENTS = 14
const GOLDEN = (Math.sqrt(5) - 1) / 2

/** Mean number of periods from one sale to the next, rounded, counted from the first value; 1 where nothing was sold. */
export function meanInterval(values: Float64Array): number {
  let sales = 0
  let last = 0
  values.forEach((units, at) => {
    if (units === 0) return
    sales++
    last = at + 1
  })
  return sales > 0 ? Math.max(1, Math.round(last / sales)) : 1
}

/** Units per period expected after each number of values, shape `[values + 1]`: values are summed in whole chunks of `size` that end there (a rest at the
 * beginning is dropped), smoothed exponentially from the first chunk on, and divided by `size`. α is the one between 0.1 and 0.3 with the least squared
 * error of the chunks that end at the last value. `NaN` while there is no whole chunk.
 * @see Nikolopoulos et al. (2011), J. Oper. Res. Soc. 62(3).
 */
export function aggregatedLevels(values: Float64Array, size: number): Float64Array {
  const levels = new Float64Array(values.length + 1).fill(NaN)
  const sums = new Float64Array(values.length + 1) // units before
  values.forEach((units, at) => (sums[at + 1] = (sums[at] ?? 0) + units))
  const chunk = (end: number) => (sums[end] ?? 0) - (sums[end - size] ?? 0)
  const alpha = bestAlpha(Float64Array.from({ length: Math.floor(values.length / size) }, (_, at) => chunk((values.length % size) + (at + 1) * size)))
  for (let end = size; end <= values.length; end++) {
    const before = end >= 2 * size ? (levels[end - size] ?? 0) * size : chunk(end)
    levels[end] = (before + alpha * (chunk(end) - before)) / size
  }
  return levels
}

/** Golden-section search for the smoothing weight with the least squared one-step error. */
function bestAlpha(values: Float64Array): number {
  const squares = (alpha: number) => {
    let level = values[0] ?? 0
    let sum = 0
    for (const value of values) {
      sum += (value - level) ** 2
      level += alpha * (value - level)
    }
    return sum
  }
  let [low, high] = [LEAST_ALPHA, MOST_ALPHA]
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)]
  let [atLeft, atRight] = [squares(left), squares(right)]
  for (let step = 0; step < REFINEMENTS; step++) {
    if (atLeft < atRight) {
      high = right
      ;[right, atRight] = [left, atLeft]
      left = high - GOLDEN * (high - low)
      atLeft = squares(left)
    } else {
      low = left
      ;[left, atLeft] = [right, atRight]
      right = low + GOLDEN * (high - low)
      atRight = squares(right)
    }
  }
  return (low + high) / 2
}
