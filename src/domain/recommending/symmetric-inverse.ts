import { ForesightError } from "../errors"

/** Rows of one tile: two tiles of `TILE` × `DEPTH` doubles fit the second-level cache. */
const TILE = 64
const DEPTH = 256

/** Called while something long goes on, `step` of `steps`; it may wait, to let messages in, and may throw, to stop. */
export type OnStep = (step: number, steps: number) => void | Promise<void>

/** A square matrix of doubles, row by row; `stride` doubles from one row to the next. Rows from `size` on are padding. */
export interface SquareMatrix {
  size: number
  stride: number
  values: Float64Array
}

/** A zero matrix whose padding makes every tile whole, and whose rows do not fall on the same cache lines. */
export function squareMatrix(size: number): SquareMatrix {
  const padded = Math.ceil(size / TILE) * TILE
  const stride = padded + 8
  return { size, stride, values: new Float64Array(padded * stride) }
}

/**
 * Replaces a symmetric positive definite matrix, of which only the lower triangle is read, by its whole inverse, in place.
 * Three passes of n³/3 operations each: A = L·Lᵀ, U = (L⁻¹)ᵀ into the upper triangle, A⁻¹ = U·Uᵀ into the lower.
 * In each of them the inner step is a product of two rows, so that memory is read in order.
 * @param onStep Called 3·⌈n/64⌉ times; when it throws, the matrix is useless.
 * @throws ForesightError `invalid_interactions` when the matrix is not positive definite.
 */
export async function invertSymmetric(matrix: SquareMatrix, onStep: OnStep = () => undefined): Promise<void> {
  const { values, stride, size } = matrix
  const padded = Math.ceil(size / TILE) * TILE
  const steps = (3 * padded) / TILE
  let step = 0
  for (let row = size; row < padded; row++) values[row * stride + row] = 1
  const pivots = new Float64Array(padded)
  for (let tile = 0; tile < padded; tile += TILE) {
    factorColumn(values, stride, padded, tile, pivots)
    await onStep(++step, steps)
  }
  for (let tile = 0; tile < padded; tile += TILE) {
    invertColumn(values, stride, tile, pivots)
    await onStep(++step, steps)
  }
  const diagonal = new Float64Array(padded)
  for (let tile = 0; tile < padded; tile += TILE) {
    multiplyRow(values, stride, padded, tile, diagonal)
    await onStep(++step, steps)
  }
  for (let row = 0; row < padded; row++) {
    values[row * stride + row] = diagonal[row]!
    for (let column = 0; column < row; column++) values[column * stride + row] = values[row * stride + column]!
  }
}

/** Tile column of L: strictly lower part into `values`, diagonal into `pivots`. */
function factorColumn(values: Float64Array, stride: number, padded: number, tile: number, pivots: Float64Array): void {
  for (let rows = tile; rows < padded; rows += TILE) subtractRowProducts(values, stride, rows, tile, 0, tile)
  for (let column = tile; column < tile + TILE; column++) {
    const pivot = values[column * stride + column]! - rowProduct(values, column * stride, column * stride, tile, column)
    if (!(pivot > 0)) {
      throw new ForesightError("invalid_interactions", `pivot ${column} of the item matrix is ${pivot}; expected > 0 (finite weights, positive lambda)`)
    }
    pivots[column] = Math.sqrt(pivot)
    for (let row = column + 1; row < tile + TILE; row++) {
      const rest = values[row * stride + column]! - rowProduct(values, row * stride, column * stride, tile, column)
      values[row * stride + column] = rest / pivots[column]!
    }
  }
  for (let row = tile + TILE; row < padded; row++) {
    for (let column = tile; column < tile + TILE; column++) {
      const rest = values[row * stride + column]! - rowProduct(values, row * stride, column * stride, tile, column)
      values[row * stride + column] = rest / pivots[column]!
    }
  }
}

/** Tile column of U, the transposed inverse of L, into the upper triangle and the diagonal. */
function invertColumn(values: Float64Array, stride: number, tile: number, pivots: Float64Array): void {
  for (let rows = 0; rows <= tile; rows += TILE) {
    for (let row = rows; row < rows + TILE; row++) {
      const from = row * stride
      if (rows === tile) values[from + row] = 1 / pivots[row]!
      for (let column = Math.max(tile, row + 1); column < tile + TILE; column++) {
        // Left of its diagonal a row holds L, so the row's own tile is summed from the diagonal on.
        values[from + column] = -rowProduct(values, from, column * stride, row, rows === tile ? column : rows + TILE)
        if (rows === tile) values[from + column]! /= pivots[column]!
      }
    }
    if (rows === tile) continue
    subtractRowProducts(values, stride, rows, tile, rows + TILE, tile)
    for (let row = rows; row < rows + TILE; row++) {
      const from = row * stride
      for (let column = tile; column < tile + TILE; column++) {
        values[from + column] = (values[from + column]! - rowProduct(values, from, column * stride, tile, column)) / pivots[column]!
      }
    }
  }
}

/** Tile row of U·Uᵀ into the strictly lower triangle; its diagonal, still needed as U's, into `diagonal`. */
function multiplyRow(values: Float64Array, stride: number, padded: number, tile: number, diagonal: Float64Array): void {
  for (let columns = 0; columns < tile; columns += TILE) {
    for (let row = tile; row < tile + TILE; row++) {
      for (let column = columns; column < columns + TILE; column++) {
        values[row * stride + column] = -rowProduct(values, row * stride, column * stride, row, tile + TILE)
      }
    }
    subtractRowProducts(values, stride, tile, columns, tile + TILE, padded)
    for (let row = tile; row < tile + TILE; row++) {
      for (let at = row * stride + columns; at < row * stride + columns + TILE; at++) values[at] = -values[at]!
    }
  }
  for (let row = tile; row < tile + TILE; row++) {
    diagonal[row] = rowProduct(values, row * stride, row * stride, row, padded)
    for (let column = tile; column < row; column++) values[row * stride + column] = rowProduct(values, row * stride, column * stride, row, padded)
  }
}

/** Σ of products of two rows over columns `from` … `to` − 1; `one` and `two` are where the rows begin. */
function rowProduct(values: Float64Array, one: number, two: number, from: number, to: number): number {
  let sum = 0
  for (let column = from; column < to; column++) sum += values[one + column]! * values[two + column]!
  return sum
}

/** values[r, c] −= Σₖ values[r, k]·values[c, k] for one tile; 2 × 4 sums at a time stay in registers. */
function subtractRowProducts(values: Float64Array, stride: number, rows: number, columns: number, from: number, to: number): void {
  for (let start = from; start < to; start += DEPTH) {
    const depth = Math.min(to - start, DEPTH)
    for (let row = rows; row < rows + TILE; row += 2) {
      for (let column = columns; column < columns + TILE; column += 4) {
        let one = row * stride + start
        let two = one + stride
        let c0 = column * stride + start
        let c1 = c0 + stride
        let c2 = c1 + stride
        let c3 = c2 + stride
        let s00 = 0
        let s01 = 0
        let s02 = 0
        let s03 = 0
        let s10 = 0
        let s11 = 0
        let s12 = 0
        let s13 = 0
        for (const end = one + depth; one < end; one++, two++, c0++, c1++, c2++, c3++) {
          const a = values[one]!
          const b = values[two]!
          const x0 = values[c0]!
          const x1 = values[c1]!
          const x2 = values[c2]!
          const x3 = values[c3]!
          s00 += a * x0
          s01 += a * x1
          s02 += a * x2
          s03 += a * x3
          s10 += b * x0
          s11 += b * x1
          s12 += b * x2
          s13 += b * x3
        }
        const upper = row * stride + column
        const lower = upper + stride
        values[upper]! -= s00
        values[upper + 1]! -= s01
        values[upper + 2]! -= s02
        values[upper + 3]! -= s03
        values[lower]! -= s10
        values[lower + 1]! -= s11
        values[lower + 2]! -= s12
        values[lower + 3]! -= s13
      }
    }
  }
}
