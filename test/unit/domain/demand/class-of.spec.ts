import { classOf, periodsSinceFirstSale } from "../../../../src/domain/demand/class-of"
import { aSeries } from "../../../support/demand-builders"

const repeat = (pattern: number[], times: number) => Array.from({ length: times }, () => pattern).flat()

describe("classOf()", () => {
  it.each([
    ["smooth", "ADI 1, CV² 0.01", repeat([9, 11], 5)],
    ["erratic", "ADI 1, sizes 1 and 9: mean 5, sd 4, CV² 0.64", repeat([1, 9], 5)],
    ["intermittent", "ADI 2 from the first sale on, CV² 0", repeat([5, 0], 5)],
    ["lumpy", "ADI 2, CV² 0.64", repeat([1, 0, 9, 0], 3)],
    ["new", "7 known periods", repeat([5], 7)],
    ["intermittent", "never sold", repeat([0], 10)],
  ] as const)("calls it %s: %s", (expected, _, units) => {
    const series = aSeries(units)
    expect(classOf(series, units.length)).toBe(expected)
  })

  it("is dying after three of its own gaps, and eight periods, without a sale, having sold three times", () => {
    const silent = (gap: number, periods: number) => [...repeat([5, ...new Array<number>(gap - 1).fill(0)], 6).slice(0, 5 * gap + 1), ...new Array<number>(periods).fill(0)]
    const classAfter = (units: number[]) => classOf(aSeries(units), units.length)
    expect([classAfter(silent(1, 7)), classAfter(silent(1, 8))]).toEqual(["intermittent", "dying"])
    expect([classAfter(silent(4, 11)), classAfter(silent(4, 12))]).toEqual(["intermittent", "dying"])
    expect(classAfter([5, 0, 5, ...new Array<number>(20).fill(0)])).toBe("intermittent")
    expect(classAfter([...silent(1, 20), 1])).not.toBe("dying")
    expect(classAfter(silent(1, 20).map((units, period) => (period > 6 ? NaN : units)))).not.toBe("dying") // out of stock is not out of demand
  })
  it("counts from the first sale on, so that zeros before it do not make a series intermittent", () => {
    expect(classOf(aSeries([...repeat([0], 20), ...repeat([5], 10)]), 30)).toBe("smooth")
  })

  it("skips unknown periods instead of taking them for zeros", () => {
    const units = repeat([5, NaN], 8)
    expect(classOf(aSeries(units), units.length)).toBe("smooth")
    expect(classOf(aSeries(units), 14)).toBe("new") // 7 known of 14
  })

  it("reads nothing at or after the origin", () => {
    const units = [...repeat([5], 10), ...repeat([0], 30)]
    expect(classOf(aSeries(units), 10)).toBe("smooth")
  })
})

describe("periodsSinceFirstSale()", () => {
  it("counts known periods from the first sale on", () => expect(periodsSinceFirstSale(aSeries([0, 0, 3, NaN, 0, 1]), 6)).toBe(3))
  it("is 0 when nothing was sold before the origin", () => expect(periodsSinceFirstSale(aSeries([0, 0, 3]), 2)).toBe(0))
})
