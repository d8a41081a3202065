import { boostedSpec } from "../../../../../src/domain/demand/boosted/boosted-spec"
import { DemandHistory } from "../../../../../src/domain/demand/boosted/demand-history"
import { FeatureRows } from "../../../../../src/domain/demand/boosted/feature-rows"
import { demandTable, targetWindows } from "../../../../../src/domain/demand/boosted/training-table"
import type { DemandPanel } from "../../../../../src/domain/demand/types"
import { aPanel, aSeries } from "../../../../support/demand-builders"

const SETTINGS = { alpha: 0.2, ownSeason: null, floor: 0.05 }
const tableOf = (panel: DemandPanel, limit: number, mostRows = 1000) => {
  const history = new DemandHistory(panel, SETTINGS)
  const features = new FeatureRows(boostedSpec(panel, limit, SETTINGS), history)
  return demandTable({ history, features, windows: targetWindows(2, [1, 2]), first: 8, last: limit - 1, limit, mostRows, seed: 1 })
}

describe("targetWindows()", () => {
  it("has every period ahead and the sums of more than one, each once", () => {
    expect(targetWindows(2, [4, 1, 4, 2])).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 0, to: 2 },
      { from: 0, to: 4 },
    ])
  })
})

describe("demandTable()", () => {
  it("has a row for every origin and window that ends by the limit", () => {
    // origins 8 and 9 have all three windows before 12 when they start by 10; origin 11 only the next period
    const { target, ends } = tableOf(aPanel([aSeries(new Array<number>(14).fill(5))]), 12)
    expect(ends).toHaveLength(3 + 3 + 3 + 1)
    expect(Math.max(...ends)).toBe(12)
    // level 5: every target, also that of a sum, is 1 per period
    expect([...target]).toEqual(new Array<number>(10).fill(1))
  })

  it("weighs by level and periods, and by 0.98 a week of age", () => {
    const { weight, size, ends } = tableOf(aPanel([aSeries(new Array<number>(12).fill(5))]), 12)
    // the last row is origin 11's: one period, ends now; before it origin 10's sum of two periods, which ends now too
    expect(weight.at(-1)).toBeCloseTo(5, 5)
    expect(weight.at(-2)).toBeCloseTo(10, 5)
    expect([...size.slice(-2)].map(Math.round)).toEqual([10, 5])
    expect([weight[0], ends[0]].map((value) => Math.round(1e4 * (value ?? 0)) / 1e4)).toEqual([Math.round(1e4 * 5 * 0.98 ** 3) / 1e4, 9])
  })

  it("leaves out targets with an unknown period and series that are too young", () => {
    const { ends } = tableOf(aPanel([aSeries([5, 5, 5, 5, 5, 5, 5, 5, 5, NaN, 5, 5]), aSeries([...new Array<number>(9).fill(NaN), 5, 5, 5])]), 12)
    // of the first series period 9 is unknown: origin 8 keeps one window, 9 its second, 10 all three, 11 one; the second is never known for four
    expect(ends).toHaveLength(1 + 1 + 3 + 1)
  })

  it("draws as many rows as are wanted from large panels, the same for the same seed", () => {
    const panel = aPanel(Array.from({ length: 200 }, (_, index) => aSeries(new Array<number>(30).fill(1 + index))))
    const table = tableOf(panel, 30, 2000)
    expect(table.target.length).toBeGreaterThan(1700)
    expect(table.target.length).toBeLessThan(2300)
    expect(tableOf(panel, 30, 2000)).toEqual(table)
  })
})
