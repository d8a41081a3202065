import { borrowedLevel, borrowedPriors } from "../../../../src/domain/demand/borrowed-level"
import type { DemandSeries } from "../../../../src/domain/demand/types"
import { aPanel, aSeries } from "../../../support/demand-builders"

describe("borrowedLevel()", () => {
  // Gamma prior of mean 6 and variance 12: shape 3, rate 0.5. Two Poisson periods with 20 units: (3 + 20) / (0.5 + 2) = 9.2
  it("is the conjugate gamma–Poisson update where periods are Poisson", () => expect(borrowedLevel({ mean: 6, between: 12, dispersion: 0 }, 2, 20)).toBeCloseTo(9.2, 10))
  it("is the prior's mean before anything is known, and the item's own in the long run", () => {
    const prior = { mean: 6, between: 12, dispersion: 1 }
    expect(borrowedLevel(prior, 0, 0)).toBeCloseTo(6, 10)
    expect(borrowedLevel(prior, 1000, 50_000)).toBeCloseTo(50, 0)
  })
  it("trusts own periods less the more they vary", () => {
    // K = (6 + 1 · (36 + 12)) / 12 = 4.5 periods: (27 + 20) / 6.5
    expect(borrowedLevel({ mean: 6, between: 12, dispersion: 1 }, 2, 20)).toBeCloseTo(47 / 6.5, 10)
  })
})

describe("borrowedPriors()", () => {
  /** An item that sells `level` a period from period 5 on. */
  const newcomer = (level: number, more: Partial<DemandSeries> = {}) =>
    aSeries(Array.from({ length: 20 }, (_, period) => (period < 5 ? NaN : level)), { category: "hats", price: new Float64Array(20).fill(10), ...more })
  const items = (count: number, level: number, more: Partial<DemandSeries> = {}) => Array.from({ length: count }, () => newcomer(level, more))
  const meansOf = (series: DemandSeries[], origin = 18) => borrowedPriors(aPanel(series), origin).map((prior) => prior?.mean ?? NaN)
  const dear = { price: new Float64Array(20).fill(100) }

  it("draws the shop's mean to that of the category, the more the more items are of it", () => {
    const [mean] = meansOf([newcomer(1), ...items(5, 4), ...items(20, 10, { category: "mugs", ...dear })])
    const shop = (5 * 4 + 20 * 10) / 25
    const hats = (5 * 4 + 10 * shop) / 15 // the category counts as five items, the shop as ten
    expect(mean).toBeCloseTo((5 * 4 + 20 * hats) / 25, 10) // all of them cost the same: they count once more, beside twenty
  })
  it("draws it to items of the same price", () => {
    const series = [newcomer(1), ...items(10, 4), ...items(10, 20, dear)]
    const hats = 12 // shop and category are the same
    expect(meansOf(series)[0]).toBeCloseTo((10 * 4 + 20 * hats) / 30, 10)
    expect(meansOf([newcomer(1, { price: new Float64Array(20).fill(NaN) }), ...series.slice(1)])[0]).toBeCloseTo(hats, 10)
  })
  it("draws it to items with similar titles by how alike they are", () => {
    const series = [newcomer(1, { title: "owl mug" }), ...items(3, 40, { title: "owl lamp" }), ...items(9, 8, { title: "plain bowl" })]
    const plain = meansOf(series.map((one) => ({ ...one, title: "" })))[0] ?? NaN
    // 13 titles; owl stands in 4, mug in 1, lamp in 3: cosine of (ln 13/4, ln 13) and (ln 13/4, ln 13/3)
    const [owl, mug, lamp] = [Math.log(13 / 4), Math.log(13), Math.log(13 / 3)]
    const cosine = (owl * owl) / (Math.hypot(owl, mug) * Math.hypot(owl, lamp))
    expect(meansOf(series)[0]).toBeCloseTo((3 * cosine * 40 + 5 * plain) / (3 * cosine + 5), 10)
  })
  it("is the surer the nearer items were to what would have been borrowed for them", () => {
    const spreadOf = (levels: number[]) => {
      const [prior] = borrowedPriors(aPanel(levels.flatMap((level) => items(4, level))), 18)
      return prior ? prior.between / prior.mean ** 2 : NaN
    }
    expect(spreadOf([10, 10, 10])).toBe(0.02) // never surer than this
    expect(spreadOf([2, 10, 30])).toBeGreaterThan(spreadOf([8, 10, 12]))
  })
  it("borrows neither from items whose beginning it did not see, nor from what came later, nor from the item itself", () => {
    const old = aSeries(new Array<number>(20).fill(900), { category: "hats" })
    const series = [newcomer(1), ...items(6, 4), old]
    expect(meansOf(series)[0]).toBeCloseTo(4, 10)
    const later = series.map((one) => ({ ...one, units: one.units.map((units, period) => (period >= 10 ? 900 : units)) }))
    expect(meansOf(later, 10)).toEqual(meansOf(series, 10))
  })
  it("lends nothing where nobody can", () => {
    expect(borrowedPriors(aPanel([aSeries([5])]), 1)).toEqual([null])
    expect(borrowedPriors(aPanel(items(6, 0)), 18)).toEqual(new Array(6).fill(null))
  })
})
