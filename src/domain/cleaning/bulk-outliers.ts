/** How often each quantity was ordered in one line: quantity (units, > 0) → lines. */
export type LineQuantities = ReadonlyMap<number, number>

/** Lines of up to this many units are never judged. */
export const BULK_FLOOR = 50
/** An item needs so many lines before its own spread says anything; before, only the shop's counts. */
const LEAST_LINES = 20
/** Robust deviations beyond the median of the item's lines, and of the shop's. */
const ITEM_DEVIATIONS = 5
const SHOP_DEVIATIONS = 4
/** Least spread of log quantities: where every line has the same quantity, doubling it a few times is not strange yet. */
const LEAST_SPREAD = Math.LN2
/** Lines of this share of a quantity, or more, are of about its size; with more than so many of them that size is the item's business. */
const SIMILAR_SHARE = 1 / 3
const MOST_SIMILAR_LINES = 2
/** Makes a spread measured by the median absolute deviation comparable with a standard deviation (normal distribution). */
const MAD_TO_SIGMA = 1.4826

/**
 * Quantities that no forecast should learn from: single lines far outside what the item, and the shop, sell in one line.
 * With `x = ln(quantity)`, a quantity is an outlier if it is more than `BULK_FLOOR` units and
 * `x > median + 5 · s` of the item's lines (where it has 20 or more), `x > median + 4 · s` of the shop's lines, `s = max(1.4826 · MAD, ln 2)`, and
 * at most two lines of the item are of about its size (a third of it or more): a buyer who comes again is no outlier.
 * Depends on the lines only, not on their order.
 * @param item Lines of one variant that count, or would but for this rule.
 * @param shop The same of all variants.
 * @returns Ascending; units.
 * @see Hampel (1974), JASA 69(346): median and MAD are not moved by the outliers they are to find.
 */
export function bulkOutliers(item: LineQuantities, shop: LineQuantities): number[] {
  const limit = Math.max(BULK_FLOOR, upperLimit(shop, SHOP_DEVIATIONS), linesIn(item) >= LEAST_LINES ? upperLimit(item, ITEM_DEVIATIONS) : 0)
  const far = [...item.keys()].filter((quantity) => quantity > limit)
  return far.filter((quantity) => similarLines(item, quantity) <= MOST_SIMILAR_LINES).sort((a, b) => a - b)
}

/** Why a line is set aside, in plain words: its quantity beside what the item, or where it has too few lines the shop, usually sells in one. */
export function bulkDetail(quantity: number, item: LineQuantities, shop: LineQuantities): string {
  const isKnown = linesIn(item) >= LEAST_LINES
  const lines = isKnown ? item : shop
  const [least, most] = [weightedQuantile(lines, 0.1), weightedQuantile(lines, 0.9)]
  const usual = least === most ? units(most) : `${units(least)}–${units(most)}`
  return `${units(quantity)} units in one line; ${isKnown ? "this item's" : "this shop's"} lines are usually ${usual}`
}

const UNITS = new Intl.NumberFormat("en", { maximumFractionDigits: 3 })
const units = (quantity: number) => UNITS.format(quantity)

const linesIn = (lines: LineQuantities) => [...lines.values()].reduce((sum, count) => sum + count, 0)

function upperLimit(lines: LineQuantities, deviations: number): number {
  const logs = new Map([...lines].map(([quantity, count]) => [Math.log(quantity), count]))
  const median = weightedQuantile(logs, 0.5)
  const distances = new Map<number, number>()
  for (const [log, count] of logs) distances.set(Math.abs(log - median), (distances.get(Math.abs(log - median)) ?? 0) + count)
  return Math.exp(median + deviations * Math.max(LEAST_SPREAD, MAD_TO_SIGMA * weightedQuantile(distances, 0.5)))
}

const similarLines = (lines: LineQuantities, quantity: number) =>
  [...lines].reduce((sum, [other, count]) => sum + (other >= quantity * SIMILAR_SHARE ? count : 0), 0)

/** The least value at or below which the share `level` of the weight lies; 0 without any. */
function weightedQuantile(weights: ReadonlyMap<number, number>, level: number): number {
  const total = linesIn(weights)
  let below = 0
  for (const [value, weight] of [...weights].sort(([a], [b]) => a - b)) {
    below += weight
    if (below >= total * level) return value
  }
  return 0
}
