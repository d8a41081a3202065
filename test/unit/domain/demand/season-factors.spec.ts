import { seasonFactors } from "../../../../src/domain/demand/season-factors"
import { aPanel, aSeries } from "../../../support/demand-builders"

/** Four quarters of a year as a season of 4: 0.5, 1, 1.5, 1 times `level`. */
const quarters = (level: number, count: number) => Array.from({ length: count }, (_, period) => level * (0.5 + [0, 0.5, 1, 0.5][period % 4]!))

describe("seasonFactors()", () => {
  it("compares a period one season ago with the mean of the season around it", () => {
    const { own, category } = seasonFactors(aPanel([aSeries(quarters(10, 12))]), 12, 4, 4)
    expect([...own[0]!.slice(12)]).toEqual([0.5, 1, 1.5, 1])
    expect([...category[0]!.slice(12)]).toEqual([0.5, 1, 1.5, 1])
  })
  it("looks at nothing at or after the origin, nor, once a season and a half is known, at or after the period itself", () => {
    const known = seasonFactors(aPanel([aSeries(quarters(10, 12))]), 12, 4, 4).own[0]
    const spiked = quarters(10, 16).map((units, period) => (period >= 12 ? 1000 : units))
    expect(seasonFactors(aPanel([aSeries(spiked)]), 12, 4, 4).own[0]).toEqual(known)
    const late = quarters(10, 12).map((units, period) => (period === 11 ? 1000 : units))
    expect([...seasonFactors(aPanel([aSeries(late)]), 12, 4, 4).own[0]!.slice(6, 11)]).toEqual([...known!.slice(6, 11)])
  })
  it("gives the periods before the first known season the factors of the next one", () => {
    const [own] = seasonFactors(aPanel([aSeries(quarters(10, 12))]), 12, 4, 4).own
    expect([...own!.slice(0, 6)]).toEqual([...own!.slice(4, 10)])
  })
  it("counts series of a category alike, however large, and shrinks few of them to the shop", () => {
    // Category a: a large flat item and two small seasonal ones, each as multiples of its mean: (1 + 0.5 + 0.5) / 3 at the low point.
    const flat = aSeries(new Array<number>(12).fill(1000), { category: "a" })
    const seasonal = aSeries(quarters(1, 12), { category: "a" })
    const { category } = seasonFactors(aPanel([flat, seasonal, seasonal]), 12, 4, 4)
    expect(category[0]![12]).toBeCloseTo(2 / 3, 10)
    // Category b of one series: a quarter of its own 0.5 (1 of 1 + 3), three quarters of the shop's (1 + 0.5) / 2.
    const alone = seasonFactors(aPanel([aSeries(quarters(1, 12), { category: "b" }), aSeries(new Array<number>(12).fill(5), { category: "c" })]), 12, 4, 4)
    expect(alone.category[0]![12]).toBeCloseTo(0.25 * 0.5 + 0.75 * 0.75, 10)
  })
  it("is 1 while no season is known", () => expect(new Set(seasonFactors(aPanel([aSeries([1, 9, 1, 9])]), 4, 2, 4).own[0])).toEqual(new Set([1])))
})
