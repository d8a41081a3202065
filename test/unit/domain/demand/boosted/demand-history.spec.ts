import { DemandHistory, groupTotals } from "../../../../../src/domain/demand/boosted/demand-history"
import { aPanel, aSeries } from "../../../../support/demand-builders"

const FLAT = { alpha: 0.5, ownSeason: null, floor: 0.05 }

describe("DemandHistory", () => {
  it("smooths a level from what was sold before the origin", () => {
    const history = new DemandHistory(aPanel([aSeries([4, 8, NaN, 6, 1000])]), FLAT)
    // weights ½, ¼, ⅛ for 6, 8, 4 and nothing for the unknown week: (3 + 2 + 0.5) / 0.875
    expect(history.levelAt(0, 4)).toBeCloseTo(5.5 / 0.875, 5)
    expect(history.levelAt(0, 1)).toBeCloseTo(4, 5)
  })

  it("never falls below a fifth of the last half year, a tenth of the whole past and the floor", () => {
    const resting = aSeries([...new Array<number>(26).fill(10), ...new Array<number>(26).fill(0)])
    const history = new DemandHistory(aPanel([resting, aSeries(new Array<number>(52).fill(0))]), FLAT)
    // at 39 half of the last 26 weeks sold 10: a fifth of 5; at 52 nothing for half a year: a tenth of 5
    expect(history.levelAt(0, 39)).toBeCloseTo(1, 5)
    expect(history.levelAt(0, 52)).toBeCloseTo(0.5, 5)
    expect(history.levelAt(1, 52)).toBe(0.05)
  })

  it("clears the level of the season, which it gives back ahead", () => {
    const months = aSeries(Array.from({ length: 48 }, (_, month) => (month % 12 === 11 ? 40 : 10)))
    const history = new DemandHistory(aPanel([months, months], "month"), { alpha: 0.2, ownSeason: 0.5, floor: 0.05 })
    // 12.5 a month on average; December is 3.2 times that (see seasonFactor)
    expect(history.factorsAt(0, 47, 0)).toEqual({ index: 3.2, own: 3.2, category: 3.2 })
    expect(history.levelAt(0, 48)).toBeGreaterThan(12)
    expect(history.levelAt(0, 48)).toBeLessThan(13)
  })
})

describe("groupTotals()", () => {
  it("adds up what is known per category and for the shop", () => {
    const totals = groupTotals(aPanel([aSeries([1, NaN, -5], { category: "a" }), aSeries([10, 20, 30], { category: "b" }), aSeries([100, 200, 300])]))
    expect([...totals]).toEqual([
      ["", Float64Array.of(111, 220, 330)],
      ["c:a", Float64Array.of(1, 0, 0)],
      ["c:b", Float64Array.of(10, 20, 30)],
      ["c:", Float64Array.of(100, 200, 300)],
    ])
  })
})
