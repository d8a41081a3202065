import { linearScore } from "./logistic-regression"
import { ridgeRegression, type LinearRule } from "./ridge-regression"

/** Enough to meet an exact solver's weights to four digits. */
const STEPS = 60
/** Smoothing of the kink at 0, from and to, as share of the mean absolute error of the start. */
const FIRST_SMOOTHING = 0.3
const LAST_SMOOTHING = 1e-4

/** Linear quantile: minimises `Σ ρ_τ(y − b − x·β) + ½λ‖β‖²` by iteratively reweighted least squares, the kink of the pinball loss rounded by ever smaller
 * hyperbolas: `ρ_τ(e) ≈ ½(√(e² + ε²) + (2τ − 1)e)`.
 * @see Hunter & Lange (2000), J. Comput. Graph. Stat. 9(1): majorisation of the pinball loss.
 * @param level τ, between 0 and 1.
 * @param more Where to start (else at the mean), and for how many steps.
 */
export function quantileRegression(
  rows: Float64Array,
  width: number,
  target: Float64Array,
  level: number,
  lambda: number,
  weight: Float64Array | null = null,
  { start, steps = STEPS }: { start?: LinearRule; steps?: number } = {}
): LinearRule {
  let rule = start ?? ridgeRegression(rows, width, target, lambda, weight)
  const count = target.length
  const errorOf = (row: number) => (target[row] as number) - linearScore(rule, rows, width, row)
  let size = 0
  for (let row = 0; row < count; row++) size += Math.abs(errorOf(row)) / Math.max(1, count)
  if (size === 0) return rule
  const working = new Float64Array(count)
  const weights = new Float64Array(count)
  for (let step = 0; step < steps; step++) {
    const smoothing = size * FIRST_SMOOTHING * (LAST_SMOOTHING / FIRST_SMOOTHING) ** Math.min(1, step / (steps * 0.75))
    for (let row = 0; row < count; row++) {
      const error = errorOf(row)
      // ½(√(e² + ε²)) is majorised by a parabola of weight 1/(4√…); its minimum is shifted by the slope ½(2τ − 1).
      const curve = 1 / (2 * Math.sqrt(error * error + smoothing * smoothing))
      weights[row] = curve * (weight?.[row] ?? 1)
      working[row] = (target[row] as number) + (level - 0.5) / curve
    }
    rule = ridgeRegression(rows, width, working, lambda, weights)
  }
  return rule
}
