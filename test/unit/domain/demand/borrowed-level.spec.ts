import { borrowedLevel, borrowedPriors } from "../../../../src/domain/demand/borrowed-level"
import { aPanel, aSeries } from "../../../support/demand-builders"

describe("borrowedLevel()", () => {
  // Gamma prior of mean 6 and variance 12: shape 3, rate 0.5. Two Poisson periods with 20 units: (3 + 20) / (0.5 + 2) = 9.2
  it("is the conjugate gamma–Poisson update where periods are Poisson", () => expect(borrowedLevel({ mean: 6, between: 12, dispersion: 0, items: 9 }, 2, 20)).toBeCloseTo(9.2, 10))
  it("is the prior's mean before anything is known, and the item's own in the long run", () => {
    const prior = { mean: 6, between: 12, dispersion: 1, items: 9 }
    expect(borrowedLevel(prior, 0, 0)).toBeCloseTo(6, 10)
    expect(borrowedLevel(prior, 1000, 50_000)).toBeCloseTo(50, 0)
  })
  it("trusts own periods less the more they vary", () => {
    // K = (6 + 1 · (36 + 12)) / 12 = 4.5 periods: (27 + 20) / 6.5
    expect(borrowedLevel({ mean: 6, between: 12, dispersion: 1, items: 9 }, 2, 20)).toBeCloseTo(47 / 6.5, 10)
  })
})

describe("borrowedPriors()", () => {
  const newcomer = (level: number, category: string, price = 10) =>
    aSeries(Array.from({ length: 20 }, (_, period) => (period < 5 ? NaN : level + (period % 2))), { category, price: new Float64Array(20).fill(price) })
  const old = aSeries(new Array<number>(20).fill(900), { category: "hats" })
  const hats = Array.from({ length: 6 }, (_, index) => newcomer(10 + index, "hats"))
  const dear = Array.from({ length: 6 }, (_, index) => newcomer(2 + index, "hats", 100))
  const mugs = Array.from({ length: 3 }, () => newcomer(40, "mugs"))
  const priors = borrowedPriors(aPanel([...hats, ...dear, ...mugs, old]), 18)

  it("borrows from the other items of the category and price band when they were new", () => {
    // hats 1 … 5: levels 11 … 15 with half a unit more on average
    expect(priors[0]).toMatchObject({ items: 5, mean: 13.5 })
    expect(priors[6]?.mean).toBeCloseTo(5.5, 10)
  })
  it("borrows from the whole shop where a category is too small", () => expect(priors[12]).toMatchObject({ items: 15 }))
  it("does not borrow from items whose beginning it did not see", () => expect(priors.every((prior) => (prior?.mean ?? 99) < 50)).toBe(true))
  it("lends nothing where nobody can", () => expect(borrowedPriors(aPanel([aSeries([5])]), 1)).toEqual([null]))
})
