import type { ColumnSplit, LeafSums, SplitLimits } from "./split"

/** LightGBM's defaults: what keeps a split from fitting the noise of small categories. */
const SMOOTHING = 10
const MORE_L2 = 10
const LEAST_ROWS_IN_GROUP = 100
const MOST_CATEGORIES = 32
/** Up to so many categories each is tried alone against the rest, without more L2. */
const ONE_AGAINST_REST = 4

/** Categories in the order of gradient over hessian: the best two groups of them are a cut of that order, so it is walked from both ends.
 * What is missing goes right, as do categories with fewer than `SMOOTHING` rows here.
 * @see Fisher (1958), On grouping for maximum homogeneity; the limits are those of LightGBM.
 */
export function findCategorySplit(sums: Float64Array, from: number, bins: number, leaf: LeafSums, limits: SplitLimits, least: number): ColumnSplit | null {
  const rowsPerHessian = leaf.rows / leaf.hessian
  const rowsOf = (hessian: number) => Math.round(hessian * rowsPerHessian)
  const gradientOf = (bin: number) => sums[from + 2 * bin] as number
  const hessianOf = (bin: number) => sums[from + 2 * bin + 1] as number
  const present = Array.from({ length: bins }, (_, at) => at + 1).filter((bin) => rowsOf(hessianOf(bin)) > 0)
  const alone = bins <= ONE_AGAINST_REST
  const l2 = limits.l2 + (alone ? 0 : MORE_L2)
  let best = least
  let found: ColumnSplit | null = null
  const consider = (left: number, leftHessian: number, categories: () => number[]): void => {
    const right = leaf.gradient - left
    const gain = (left * left) / (leftHessian + l2) + (right * right) / (leaf.hessian - leftHessian + l2)
    if (gain <= best) return
    best = gain
    found = { bin: 0, missingLeft: false, categories: categories(), gain, leftGradient: left, leftHessian }
  }
  const enough = (hessian: number) => rowsOf(hessian) >= limits.leastRows
  if (alone) {
    for (const bin of present) {
      if (enough(hessianOf(bin)) && enough(leaf.hessian - hessianOf(bin))) consider(gradientOf(bin), hessianOf(bin), () => [bin])
    }
    return found
  }
  const ratio = (bin: number) => gradientOf(bin) / (hessianOf(bin) + SMOOTHING)
  const order = present.filter((bin) => rowsOf(hessianOf(bin)) >= SMOOTHING).sort((a, b) => ratio(a) - ratio(b) || a - b)
  const most = Math.min(MOST_CATEGORIES, (order.length + 1) >> 1)
  for (const walked of [order, order.toReversed()]) {
    let left = 0
    let leftHessian = 0
    let groupHessian = 0
    for (let at = 0; at < most; at++) {
      const bin = walked[at] as number
      left += gradientOf(bin)
      leftHessian += hessianOf(bin)
      groupHessian += hessianOf(bin)
      if (!enough(leftHessian)) continue
      if (!enough(leaf.hessian - leftHessian) || rowsOf(leaf.hessian - leftHessian) < LEAST_ROWS_IN_GROUP) break
      if (rowsOf(groupHessian) < LEAST_ROWS_IN_GROUP) continue
      groupHessian = 0
      consider(left, leftHessian, () => walked.slice(0, at + 1))
    }
  }
  return found
}
