// What repeated measurements are told as: the middle one and the outer ones.

/**
 * @param {readonly number[]} values at least one
 * @param {number} level 0 … 1
 * @returns {number} the value at that level, interpolated between neighbours in order (type 7, as R, NumPy and Excel do)
 */
export function quantile(values, level) {
  const sorted = Float64Array.from(values).sort()
  const at = (sorted.length - 1) * level
  const below = sorted[Math.floor(at)] ?? NaN
  return below + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? NaN) - below)
}

/**
 * @typedef {{ least: number, median: number, most: number, count: number }} Spread
 *
 * @param {readonly number[]} values
 * @returns {Spread}
 */
const spreadOf = (values) => ({ least: quantile(values, 0), median: quantile(values, 0.5), most: quantile(values, 1), count: values.length })

/**
 * @param {number} value
 * @param {number} digits after the point
 */
export const number = (value, digits = 0) => value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })

/**
 * @param {readonly number[]} values
 * @param {number} [digits]
 * @returns {string} `median [least – most]`; one value stands alone
 */
export function told(values, digits = 0) {
  if (values.length === 0) return "–"
  const { least, median, most, count } = spreadOf(values)
  return count === 1 ? number(median, digits) : `${number(median, digits)} [${number(least, digits)} – ${number(most, digits)}]`
}

/** @param {number | null} bytes @returns {string} */
export const megabytes = (bytes) => (bytes === null ? "not measured" : `${number(bytes / 2 ** 20)} MB`)
