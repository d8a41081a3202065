import { solveSymmetric } from "../solve-symmetric"

/** Weights of a linear rule `intercept + Σ wⱼxⱼ`. */
export interface LinearRule {
  intercept: number
  weights: Float64Array
}

/** Least squares with a penalty: minimises `Σ wᵢ(yᵢ − b − xᵢ·β)² + λ‖β‖²`, the intercept free.
 * @param rows Row-major, shape `[n × width]`.
 * @param weight ≥ 0 per row; all 1 without.
 * @see Hoerl & Kennard (1970), Technometrics 12(1).
 */
export function ridgeRegression(rows: Float64Array, width: number, target: Float64Array, lambda: number, weight: Float64Array | null = null): LinearRule {
  // The intercept is one more column of ones that bears no penalty; columns are shifted by their first value, so that large ones keep their digits.
  const size = width + 1
  const shift = rows.slice(0, width)
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  const row = new Float64Array(size).fill(1)
  for (let at = 0; at < target.length; at++) {
    for (let column = 0; column < width; column++) row[column + 1] = (rows[at * width + column] as number) - (shift[column] as number)
    const share = weight ? (weight[at] as number) : 1
    const value = target[at] as number
    for (let one = 0; one < size; one++) {
      const scaled = share * (row[one] as number)
      if (scaled === 0) continue
      right[one] = (right[one] as number) + scaled * value
      const start = one * size
      for (let two = 0; two <= one; two++) matrix[start + two] = (matrix[start + two] as number) + scaled * (row[two] as number)
    }
  }
  for (let column = 1; column < size; column++) matrix[column * size + column] = (matrix[column * size + column] as number) + lambda
  solveSymmetric(matrix, right)
  const weights = right.slice(1)
  const intercept = weights.reduce((sum, value, column) => sum - value * (shift[column] as number), right[0] as number)
  return { intercept, weights }
}
