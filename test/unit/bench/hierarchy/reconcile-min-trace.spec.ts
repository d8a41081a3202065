import { reconcileByVariance } from "../../../bench/hierarchy/reconcile-by-variance"
import { reconcileMinTrace, shrinkage } from "../../../bench/hierarchy/reconcile-min-trace"

const PAIR = [2, 2, -1]
const TREE = [4, 4, 5, 5, 6, 6, -1]

describe("reconcileMinTrace()", () => {
  it("is least squares by variances where errors do not go together", () => {
    const errors = [Float64Array.of(1, 1, -1, -1), Float64Array.of(1, -1, 1, -1), Float64Array.of(1, -1, -1, 1)] // orthogonal
    ;[12, 22, 34].forEach((value, at) => expect(reconcileMinTrace(PAIR, [10, 20, 36], errors, 0)[at]).toBeCloseTo(value, 12))
  })
  // only the first leaf ever erred: the 6 by which the forecasts fail to add up are its own
  it("moves what has erred", () => {
    const errors = [Float64Array.of(2, -2), Float64Array.of(0, 0), Float64Array.of(0, 0)]
    ;[16, 20, 36].forEach((value, at) => expect(reconcileMinTrace(PAIR, [10, 20, 36], errors, 0)[at]).toBeCloseTo(value, 12))
  })
  it("is the tree's two passes when all is shrunk to the diagonal", () => {
    const errors = [1, 2, 1, 3, 2, 4, 5].map((size, at) => Float64Array.from({ length: 6 }, (_, one) => size * Math.sin(3 * at + one)))
    const base = [10, 20, 30, 40, 35, 60, 120]
    const variances = errors.map((own) => own.reduce((sum, error) => sum + error * error, 0) / own.length)
    const expected = reconcileByVariance(TREE, base, variances)
    reconcileMinTrace(TREE, base, errors, 1).forEach((value, at) => expect(value).toBeCloseTo(expected[at] ?? NaN, 8))
  })
  it("adds up at any shrinkage", () => {
    const errors = Array.from({ length: 7 }, (_, at) => Float64Array.from({ length: 5 }, (__, one) => Math.cos(at * one + at)))
    const out = reconcileMinTrace(TREE, [1, 2, 3, 4, 9, 9, 30], errors)
    expect([out[4], out[5], out[6]]).toEqual([(out[0] ?? 0) + (out[1] ?? 0), (out[2] ?? 0) + (out[3] ?? 0), (out[4] ?? 0) + (out[5] ?? 0)])
  })
})

describe("shrinkage()", () => {
  it("is none where errors go together without fail, all where they do not or nobody knows", () => {
    expect(shrinkage([Float64Array.of(1, -1, 1, -1), Float64Array.of(2, -2, 2, -2)])).toBe(0)
    expect(shrinkage([Float64Array.of(1, 1, -1, -1), Float64Array.of(1, -1, 1, -1)])).toBe(1)
    expect(shrinkage([Float64Array.of(1), Float64Array.of(2)])).toBe(1)
  })
  it("is between for errors that go together at times", () => {
    const [one, other] = [Float64Array.of(1, 1, -1, -1), Float64Array.of(1, 1, -1, 1)] // products 1, 1, 1, −1: r = ½, Var = (1 − ¼) / 3 = ¼ → shrink ¼ / ¼ = 1
    expect(shrinkage([one, other])).toBe(1)
    // eight cases, seven agree: r = ¾, Var = (1 − 9/16) / 7 = 1/16 → (1/16) / (9/16) = 1/9
    expect(shrinkage([Float64Array.of(1, 1, 1, 1, -1, -1, -1, -1), Float64Array.of(1, 1, 1, 1, -1, -1, -1, 1)])).toBeCloseTo(1 / 9, 12)
  })
})
