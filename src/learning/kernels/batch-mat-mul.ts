import { getKernel } from "@tensorflow/tfjs"
import type { TensorInfo } from "@tensorflow/tfjs"
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm"
import { floats, overrideKernel, reshaped, sizeOf } from "./override-kernel"

/** Side of the square blocks a transpose walks, so that both sides stay in the cache. */
const BLOCK = 32

/** A new tensor `[columns, rows]` from a matrix `[rows, columns]`. */
export function transposed(backend: BackendWasm, matrix: TensorInfo, rows: number, columns: number): TensorInfo {
  const output = backend.makeOutput([columns, rows], "float32")
  const from = floats(backend, matrix)
  const to = floats(backend, output)
  for (let rowStart = 0; rowStart < rows; rowStart += BLOCK) {
    const rowEnd = Math.min(rows, rowStart + BLOCK)
    for (let columnStart = 0; columnStart < columns; columnStart += BLOCK) {
      const columnEnd = Math.min(columns, columnStart + BLOCK)
      for (let row = rowStart; row < rowEnd; row += 1) {
        for (let column = columnStart; column < columnEnd; column += 1) to[column * rows + row] = from[row * columns + column] as number
      }
    }
  }
  return output
}

/** `a · b` for two matrices, by whatever BatchMatMul is registered; the caller disposes of the result. */
export function multiply(backend: BackendWasm, a: TensorInfo, b: TensorInfo, transposeA = false): TensorInfo {
  const kernel = getKernel("BatchMatMul", "wasm")
  return kernel.kernelFunc({ inputs: { a, b }, backend, attrs: { transposeA, transposeB: false } }) as TensorInfo
}

interface Batch {
  /** Matrices in `a` and in `b`; one of them may be 1 and is then shared. */
  ofA: number
  ofB: number
  rows: number
  inner: number
  columns: number
}

/** `out[q] = a[q] · b[q]` for row-major `a` `[rows, inner]` and `b` `[inner, columns]`; four inner steps at a time. */
function multiplyBatches(a: Float32Array, b: Float32Array, out: Float32Array, { ofA, ofB, rows, inner, columns }: Batch): void {
  out.fill(0)
  for (let q = 0; q < Math.max(ofA, ofB); q += 1) {
    const aStart = (q % ofA) * rows * inner
    const bStart = (q % ofB) * inner * columns
    for (let row = 0; row < rows; row += 1) {
      const target = (q * rows + row) * columns
      const source = aStart + row * inner
      let step = 0
      for (; step + 3 < inner; step += 4) {
        const x0 = a[source + step] as number
        const x1 = a[source + step + 1] as number
        const x2 = a[source + step + 2] as number
        const x3 = a[source + step + 3] as number
        const y = bStart + step * columns
        for (let column = 0; column < columns; column += 1) {
          out[target + column] =
            (out[target + column] as number) +
            x0 * (b[y + column] as number) +
            x1 * (b[y + columns + column] as number) +
            x2 * (b[y + 2 * columns + column] as number) +
            x3 * (b[y + 3 * columns + column] as number)
        }
      }
      for (; step < inner; step += 1) {
        const x = a[source + step] as number
        const y = bStart + step * columns
        for (let column = 0; column < columns; column += 1) {
          out[target + column] = (out[target + column] as number) + x * (b[y + column] as number)
        }
      }
    }
  }
}

/** Row-major copy of `count` matrices with each one transposed, from `[rows, columns]` to `[columns, rows]`. */
function transposedCopy(from: Float32Array, count: number, rows: number, columns: number): Float32Array {
  const to = new Float32Array(from.length)
  for (let q = 0; q < count; q += 1) {
    const start = q * rows * columns
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        to[start + column * rows + row] = from[start + row * columns + column] as number
      }
    }
  }
  return to
}

/**
 * BatchMatMul whose transposed forms do not fall to the shipped kernel's slow loop: one matrix on the right goes to XNNPACK as a
 * single large product over explicitly transposed inputs, real batches to a blocked loop.
 */
export function registerBatchMatMul(): void {
  overrideKernel<"a" | "b">("BatchMatMul", ({ a, b }, attrs, backend, shipped) => {
    if (a.dtype !== "float32" || b.dtype !== "float32") return shipped({ a, b }, attrs)
    const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean }
    const [aRows, aColumns] = a.shape.slice(-2) as [number, number]
    const [bRows, bColumns] = b.shape.slice(-2) as [number, number]
    const aLead = a.shape.slice(0, -2)
    const bLead = b.shape.slice(0, -2)
    const ofA = sizeOf(aLead)
    const ofB = sizeOf(bLead)
    const [rows, inner] = transposeA ? [aColumns, aRows] : [aRows, aColumns]
    const columns = transposeB ? bRows : bColumns
    const shape = [...(ofA > ofB || (ofA === ofB && aLead.length >= bLead.length) ? aLead : bLead), rows, columns]

    if (ofB === 1 && (ofA === 1 || !transposeA)) {
      const left = transposeA ? transposed(backend, a, aRows, aColumns) : a
      const right = transposeB ? transposed(backend, b, bRows, bColumns) : b
      const product = shipped(
        { a: reshaped(left, [1, ofA * rows, inner]), b: reshaped(right, [1, inner, columns]) },
        { transposeA: false, transposeB: false }
      ) as TensorInfo
      if (left !== a) backend.disposeData(left.dataId)
      if (right !== b) backend.disposeData(right.dataId)
      return reshaped(product, shape)
    }
    const output = backend.makeOutput(shape, "float32")
    const left = transposeA ? transposedCopy(floats(backend, a), ofA, aRows, aColumns) : floats(backend, a)
    const right = transposeB ? transposedCopy(floats(backend, b), ofB, bRows, bColumns) : floats(backend, b)
    multiplyBatches(left, right, floats(backend, output), { ofA, ofB, rows, inner, columns })
    return output
  })
}
