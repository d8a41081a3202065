import { ridgeRegression, type LinearRule } from "./ridge-regression"

const STEPS = 25
const LEAST_WEIGHT = 1e-6
const ENOUGH = 1e-9

/** Chance of a "yes" as `1 / (1 + e^−(b + x·β))` with a penalty `½λ‖β‖²`, by Newton steps, each a weighted ridge regression.
 * @param rows Row-major, shape `[n × width]`. @param answers 0 or 1 per row.
 * @see McCullagh & Nelder (1989), Generalized Linear Models, 2.5: iteratively reweighted least squares.
 */
export function logisticRegression(rows: Float64Array, width: number, answers: Float64Array, lambda: number): LinearRule {
  let rule: LinearRule = { intercept: 0, weights: new Float64Array(width) }
  const working = new Float64Array(answers.length)
  const weight = new Float64Array(answers.length)
  for (let step = 0; step < STEPS; step++) {
    for (let row = 0; row < answers.length; row++) {
      const score = linearScore(rule, rows, width, row)
      const chance = 1 / (1 + Math.exp(-score))
      const spread = Math.max(LEAST_WEIGHT, chance * (1 - chance))
      weight[row] = spread
      working[row] = score + ((answers[row] as number) - chance) / spread
    }
    const next = ridgeRegression(rows, width, working, lambda, weight)
    const moved = next.weights.reduce((most, value, column) => Math.max(most, Math.abs(value - (rule.weights[column] ?? 0))), Math.abs(next.intercept - rule.intercept))
    rule = next
    if (moved < ENOUGH) break
  }
  return rule
}

/** `intercept + x·β` of one row. */
export function linearScore({ intercept, weights }: LinearRule, rows: Float64Array, width: number, row: number): number {
  let sum = intercept
  for (let column = 0; column < width; column++) sum += (weights[column] as number) * (rows[row * width + column] as number)
  return sum
}
