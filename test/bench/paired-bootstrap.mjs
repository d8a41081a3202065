// Whether one forecaster is better than another beyond chance: both on the same series.

/** A seeded generator of numbers in [0, 1): mulberry32. @param {number} seed */
function createRandom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Paired bootstrap over series of the difference of two ratios of sums, `Σa / Σw − Σb / Σw`: series are drawn with replacement, each with all its origins and periods.
 * @param {{ a: number, b: number, weight: number }[]} series the losses of both and what they are divided by
 * @param {{ draws?: number, seed?: number }} [settings]
 * @returns {{ a: number, b: number, difference: number, low: number, high: number }} the ratios, their difference (negative: the first is better) and its 95% interval
 */
export function pairedBootstrap(series, { draws = 1000, seed = 1 } = {}) {
  const total = (/** @type {(one: { a: number, b: number, weight: number }) => number} */ of) => series.reduce((sum, one) => sum + of(one), 0)
  const weight = total((one) => one.weight)
  const [a, b] = [total((one) => one.a) / weight, total((one) => one.b) / weight]
  const random = createRandom(seed)
  const differences = Float64Array.from({ length: draws }, () => {
    let [gap, drawn] = [0, 0]
    for (let at = 0; at < series.length; at++) {
      const one = series[Math.floor(random() * series.length)]
      if (!one) continue
      gap += one.a - one.b
      drawn += one.weight
    }
    return drawn > 0 ? gap / drawn : 0
  }).sort()
  const at = (/** @type {number} */ level) => differences[Math.min(draws - 1, Math.floor(level * draws))] ?? NaN
  return { a, b, difference: a - b, low: at(0.025), high: at(0.975) }
}
