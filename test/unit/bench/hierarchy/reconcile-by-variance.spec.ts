import { reconcileByVariance } from "../../../bench/hierarchy/reconcile-by-variance"
import fc from "../../../support/properties"

/** Two leaves below one sum. */
const PAIR = [2, 2, -1]
/** Leaves 0, 1 below 4; leaves 2, 3 below 5; both below 6. */
const TREE = [4, 4, 5, 5, 6, 6, -1]
const reconciled = (parents: number[], base: number[], variances: number[]) => [...reconcileByVariance(parents, base, variances)]

describe("reconcileByVariance()", () => {
  // 10 and 20 against 36, all with variance 1: the sum's own weighs 2 / (2 + 1), so 30 + ⅔ · 6 = 34; each leaf gets half of the 4
  it("weighs a sum against its children", () => {
    ;[12, 22, 34].forEach((value, at) => expect(reconciled(PAIR, [10, 20, 36], [1, 1, 1])[at]).toBeCloseTo(value, 12))
  })
  it("adds up from below where only leaves are believed", () => expect(reconciled(PAIR, [10, 20, 99], [1, 1, Infinity])).toEqual([10, 20, 30]))
  it("shares from above by proportions where the root is believed", () => expect(reconciled(PAIR, [10, 20, 60], [10, 20, 0])).toEqual([20, 40, 60]))
  // by hand: 4 and 5 combine to 3 + ⅔ · 2 = 13/3 and 7 − ⅔ = 19/3, variance ⅔ each; the root to 32/3 + 4/7 · 28/3 = 16; half of those 16/3 to each branch
  it("is generalised least squares over three levels", () => {
    const out = reconciled(TREE, [1, 2, 3, 4, 5, 6, 20], [1, 1, 1, 1, 1, 1, 1])
    ;[3, 4, 4, 5, 7, 9, 16].forEach((value, at) => expect(out[at]).toBeCloseTo(value, 12))
  })
  it("lets no leaf fall below 0", () => expect(reconciled(PAIR, [1, 20, 5], [1, 1, 0])).toEqual([0, 5, 5]))

  it("makes children add up to their parents, none negative, whatever comes in", () => {
    const seven = (arbitrary: fc.Arbitrary<number>) => fc.array(arbitrary, { minLength: 7, maxLength: 7 })
    fc.assert(
      fc.property(seven(fc.double({ min: 0, max: 1000, noNaN: true })), seven(fc.double({ min: 0, max: 100, noNaN: true })), (base, variances) => {
        const out = reconciled(TREE, base, variances)
        for (const node of [4, 5, 6]) {
          const below = TREE.reduce((sum, parent, child) => sum + (parent === node ? (out[child] ?? NaN) : 0), 0)
          expect(Math.abs((out[node] ?? NaN) - below)).toBeLessThan(1e-6)
        }
        expect(out.every((units) => units >= 0)).toBe(true)
      })
    )
  })
})
