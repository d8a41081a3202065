import { logisticRegression, linearScore } from "./logistic-regression"
import { regressionMember } from "./ridge"
import { ridgeRegression } from "./ridge-regression"

const PENALTY = 1e-3

/** Hurdle: the chance that anything is sold, by logistic regression, times how much then, by ridge regression over the rows with a sale.
 * @see Cragg (1971), Econometrica 39(5).
 */
export const hurdle = regressionMember("hurdle", ({ rows, target, weight }, width) => {
  const chance = logisticRegression(
    rows,
    width,
    target.map((ratio) => (ratio > 0 ? 1 : 0)),
    PENALTY * target.length
  )
  const sold = weight.map((value, row) => ((target[row] ?? 0) > 0 ? value : 0))
  const size = ridgeRegression(rows, width, target, PENALTY * sold.reduce((sum, value) => sum + value, 0), sold)
  return (row, offset) => {
    const one = row.subarray(offset, offset + width)
    return Math.max(0, linearScore(size, one, width, 0)) / (1 + Math.exp(-linearScore(chance, one, width, 0)))
  }
})
