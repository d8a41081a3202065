import { seasonalIndexes } from "../../../../src/domain/demand/seasonal-index"
import { aPanel, aSeries } from "../../../support/demand-builders"

/** Monthly demand, so that no smoothing over neighbours comes in: 20 in December, 10 − 10/11 else, mean 10 … times growth. */
const month = (period: number, growth = 1) => (period % 12 === 11 ? 20 : 100 / 11) * growth ** (period / 12)

describe("seasonalIndexes()", () => {
  it("finds the factor of each position, mean 1", () => {
    const panel = aPanel([aSeries(Array.from({ length: 36 }, (_, period) => month(period)))], "month")
    const index = seasonalIndexes(panel, 36, 12)?.get("")
    expect(index?.[47]).toBeCloseTo(2, 6)
    expect(index?.[40]).toBeCloseTo(10 / 11, 6)
  })
  it("does not take growth for a season", () => {
    const panel = aPanel([aSeries(Array.from({ length: 36 }, (_, period) => 10 * 1.5 ** (period / 12)))], "month")
    seasonalIndexes(panel, 36, 12)
      ?.get("")
      ?.forEach((factor) => expect(factor).toBeCloseTo(1, 6))
  })
  it("shrinks a category's season to the shop's: one series of it weighs 1 / 11", () => {
    const flat = Array.from({ length: 30 }, () => aSeries(new Array<number>(36).fill(10), { category: "flat" }))
    const peaked = aSeries(Array.from({ length: 36 }, (_, period) => month(period)), { category: "peaked" })
    const index = seasonalIndexes(aPanel([...flat, peaked], "month"), 36, 12)
    const shop = (30 * 1 + 2) / 31 // mean of the scaled Decembers
    expect(index?.get("peaked")?.[47]).toBeCloseTo((1 / 11) * 2 + (10 / 11) * shop, 6)
  })
  it("has none before a season and eight periods are known", () => {
    const panel = aPanel([aSeries(Array.from({ length: 70 }, () => 5))])
    expect(seasonalIndexes(panel, 59, 4)).toBeNull()
    expect(seasonalIndexes(panel, 60, 4)).not.toBeNull()
  })
})
