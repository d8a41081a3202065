import { easeItemLimit, fitEase } from "../../../../src/domain/recommending/ease"
import type { SparseRows } from "../../../../src/domain/recommending/sparse-rows"
import { sparseRows } from "../../../../src/domain/recommending/sparse-rows"

const histories = (rows: number[][]): SparseRows => sparseRows(rows.map((row) => row.flatMap((value, index) => (value > 0 ? [{ index, value }] : []))))
const dense = ({ start, index, value }: SparseRows, row: number) => {
  const weights: Record<number, number> = {}
  for (let at = start[row]!; at < start[row + 1]!; at++) weights[index[at]!] = value[at]!
  return weights
}

describe("fitEase()", () => {
  const X = [
    [1, 1, 0],
    [1, 1, 0],
    [1, 0, 1],
    [0, 1, 1],
    [1, 1, 1],
  ]

  // X = np.array([[1,1,0],[1,1,0],[1,0,1],[0,1,1],[1,1,1]])
  // P = np.linalg.inv(X.T @ X + 0.5 * np.eye(3))
  // print(-P / np.diag(P))   (off the diagonal; the same by exact fractions)
  it("gives Steck's closed form", async () => {
    const weights = await fitEase(histories(X), { itemCount: 3, items: Int32Array.of(0, 1, 2), lambda: 0.5, neighbours: 2 })
    expect(dense(weights, 0)).toEqual({ 1: expect.closeTo(0.55319149, 6), 2: expect.closeTo(0.26666667, 6) })
    expect(dense(weights, 1)).toEqual({ 0: expect.closeTo(0.55319149, 6), 2: expect.closeTo(0.26666667, 6) })
    expect(dense(weights, 2)).toEqual({ 0: expect.closeTo(0.25531915, 6), 1: expect.closeTo(0.25531915, 6) })
  })

  it("leaves items that take no part without neighbours and keeps the strongest of the rest", async () => {
    const weights = await fitEase(histories(X), { itemCount: 3, items: Int32Array.of(2, 0), lambda: 0.5, neighbours: 1 })
    expect([...weights.start]).toEqual([0, 1, 1, 2])
    expect([...weights.index]).toEqual([2, 0])
  })
})

describe("easeItemLimit()", () => {
  // √(0.8 · 160 MB / 8 B) = 4,000
  it("follows the memory where that is the tighter one", () => {
    expect(easeItemLimit({ memoryBudgetBytes: 160_000_000, timeBudgetSeconds: 1e6, flopsPerSecond: 1e9 })).toBe(4000)
  })
  // ∛(60 s · 10⁹/s) = 3,914.9
  it("follows the time where that is the tighter one", () => {
    expect(easeItemLimit({ memoryBudgetBytes: 1e12, timeBudgetSeconds: 60, flopsPerSecond: 1e9 })).toBe(3914)
  })
  it("is 0 without memory or time", () => {
    expect(easeItemLimit({ memoryBudgetBytes: 0, timeBudgetSeconds: 60, flopsPerSecond: 1e9 })).toBe(0)
    expect(easeItemLimit({ memoryBudgetBytes: 1e9, timeBudgetSeconds: -1, flopsPerSecond: 1e9 })).toBe(0)
  })
})
