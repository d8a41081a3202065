import { findCategorySplit } from "./find-category-split"
import type { HistogramLayout } from "./histogram"
import type { ColumnSplit, LeafSums, Split, SplitLimits } from "./split"
import type { BinRule } from "./types"

/** Least sum of hessians on each side of a split: below it a leaf's value would be a quotient of nothing. */
const LEAST_HESSIAN = 1e-3

/** The best split of a leaf over all columns of its tree; `null` when none lowers the loss.
 * Gain `Gl²/(Hl+λ) + Gr²/(Hr+λ) − G²/(H+λ)`. Rows on a side are counted by hessian, as LightGBM does: the histogram has no third number.
 * @param barred Columns that are not looked at.
 * @see Friedman (2001); Chen and Guestrin (2016), eq. 7; Ke et al. (2017).
 */
export function findSplit(
  histogram: Float64Array,
  layout: HistogramLayout,
  rules: readonly BinRule[],
  leaf: LeafSums,
  limits: SplitLimits,
  barred: ReadonlySet<number>
): Split | null {
  const { gradient, hessian, rows } = leaf
  if (rows < 2 * limits.leastRows || hessian < 2 * LEAST_HESSIAN) return null
  const whole = (gradient * gradient) / (hessian + limits.l2)
  // below this a gain is what rounding leaves of 0
  let best: Split | null = null
  let least = whole + 1e-10 * (whole + hessian * 1e-6)
  for (let at = 0; at < layout.features.length; at++) {
    const feature = layout.features[at] as number
    if (barred.has(feature)) continue
    const rule = rules[feature] as BinRule
    const from = layout.starts[at] as number
    const found =
      rule.kind === "categorical"
        ? findCategorySplit(histogram, from, rule.codes.length, leaf, limits, least)
        : findNumericSplit(histogram, from, rule.uppers.length, leaf, limits, limits.monotone?.[feature] ?? 0, least)
    if (found === null) continue
    best = { ...found, feature }
    least = found.gain
  }
  return best && { ...best, gain: best.gain - whole }
}

function findNumericSplit(
  sums: Float64Array,
  from: number,
  bins: number,
  leaf: LeafSums,
  limits: SplitLimits,
  direction: number,
  least: number
): ColumnSplit | null {
  const { gradient, hessian, rows } = leaf
  const { l2, leastRows } = limits
  const missingGradient = sums[from] as number
  const missingHessian = sums[from + 1] as number
  const someMissing = missingHessian > LEAST_HESSIAN * 1e-3
  // a side has enough rows when it has this much of the hessian
  const leastHessian = Math.max(LEAST_HESSIAN, ((leastRows - 0.5) * hessian) / rows)
  const mostHessian = hessian - leastHessian
  let best = least
  let bestBin = 0
  let bestLeft = false
  let bestGradient = 0
  let bestHessian = 0
  for (let side = 0; side < (someMissing ? 2 : 1); side++) {
    let left = side === 1 ? missingGradient : 0
    let leftHessian = side === 1 ? missingHessian : 0
    // values against missing ones: only with the missing to the right
    const last = someMissing && side === 0 ? bins : bins - 1
    for (let bin = 1, at = from + 2; bin <= last; bin++, at += 2) {
      left += sums[at] as number
      leftHessian += sums[at + 1] as number
      if (leftHessian < leastHessian) continue
      if (leftHessian > mostHessian) break
      const right = gradient - left
      const rightHessian = hessian - leftHessian
      const gain = (left * left) / (leftHessian + l2) + (right * right) / (rightHessian + l2)
      if (gain <= best) continue
      if (direction !== 0 && direction * (right / (rightHessian + l2) - left / (leftHessian + l2)) > 0) continue
      best = gain
      bestBin = bin
      bestLeft = side === 1
      bestGradient = left
      bestHessian = leftHessian
    }
  }
  if (bestBin === 0) return null
  // where the leaf misses nothing, a later missing value goes with the greater part
  const missingLeft = someMissing ? bestLeft : bestHessian * 2 > hessian
  return { bin: bestBin, missingLeft, categories: null, gain: best, leftGradient: bestGradient, leftHessian: bestHessian }
}
