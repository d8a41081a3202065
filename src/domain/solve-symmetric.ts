/** Solves `A·x = b` for a small symmetric positive definite matrix by its factor `A = L·Lᵀ`, in place: `right` becomes x, the lower triangle of `matrix` L.
 * Directions in which the matrix is not positive (columns that depend on earlier ones) get 0.
 * @param matrix Row-major, shape `[n × n]`; only the lower triangle is read.
 * @param right Shape `[n]`.
 */
export function solveSymmetric(matrix: Float64Array, right: Float64Array): void {
  const size = right.length
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column] as number
      for (let at = 0; at < column; at++) sum -= (matrix[row * size + at] as number) * (matrix[column * size + at] as number)
      if (column < row) matrix[row * size + column] = (matrix[column * size + column] as number) > 0 ? sum / (matrix[column * size + column] as number) : 0
      else matrix[row * size + row] = sum > 1e-13 * Math.abs(matrix[row * size + row] as number) ? Math.sqrt(sum) : 0
    }
  }
  for (let row = 0; row < size; row++) {
    let sum = right[row] as number
    for (let at = 0; at < row; at++) sum -= (matrix[row * size + at] as number) * (right[at] as number)
    const pivot = matrix[row * size + row] as number
    right[row] = pivot > 0 ? sum / pivot : 0
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row] as number
    for (let at = row + 1; at < size; at++) sum -= (matrix[at * size + row] as number) * (right[at] as number)
    const pivot = matrix[row * size + row] as number
    right[row] = pivot > 0 ? sum / pivot : 0
  }
}
