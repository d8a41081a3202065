import { createRandom } from "../../../../src/domain/random"
import { invertSymmetric, squareMatrix } from "../../../../src/domain/recommending/symmetric-inverse"

/** A diagonally dominant, so positive definite, matrix; only the lower triangle is filled. */
function dominant(size: number) {
  const next = createRandom(size)
  const matrix = squareMatrix(size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) matrix.values[row * matrix.stride + column] = next() - 0.5
    matrix.values[row * matrix.stride + row] = size
  }
  return matrix
}

describe("invertSymmetric()", () => {
  // 63, 64, 65, 130: below, at and above whole tiles of 64
  it.each([1, 2, 63, 64, 65, 130])("gives the identity times its input, size %i", async (size) => {
    const matrix = dominant(size)
    const { stride } = matrix
    const given = matrix.values.slice()
    await invertSymmetric(matrix)
    let worst = 0
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        let sum = 0
        for (let k = 0; k < size; k++) sum += given[Math.max(row, k) * stride + Math.min(row, k)]! * matrix.values[k * stride + column]!
        worst = Math.max(worst, Math.abs(sum - (row === column ? 1 : 0)))
      }
    }
    expect(worst).toBeLessThan(1e-12)
  })

  it("inverts [[4, 2], [2, 3]] to [[3, −2], [−2, 4]] / 8", async () => {
    const matrix = squareMatrix(2)
    const { values, stride } = matrix
    values.set([4], 0)
    values.set([2, 3], stride)
    await invertSymmetric(matrix)
    const eighths = [values[0], values[1], values[stride], values[stride + 1]].map((value) => value! * 8)
    expect(eighths).toEqual([3, -2, -2, 4].map((value) => expect.closeTo(value, 12) as number))
  })

  it("refuses a matrix that is not positive definite, naming the pivot", async () => {
    const matrix = squareMatrix(2)
    matrix.values.set([1], 0)
    matrix.values.set([2, 1], matrix.stride)
    await expect(invertSymmetric(matrix)).rejects.toThrow("pivot 1 of the item matrix is -3")
  })

  it("reports three passes over its tiles and stops when the report throws", async () => {
    const steps: number[] = []
    await invertSymmetric(dominant(70), (step, total) => void steps.push(step / total))
    expect(steps).toEqual([1, 2, 3, 4, 5, 6].map((step) => step / 6))
    await expect(
      invertSymmetric(dominant(70), () => {
        throw new Error("stop")
      })
    ).rejects.toThrow("stop")
  })
})
