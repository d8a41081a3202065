import { longRunLevel } from "../../../../../src/domain/demand/explain/long-run-level"
import { aSeries } from "../../../../support/demand-builders"

describe("longRunLevel()", () => {
  it("is the mean of the last year, of what was sold and of what was wanted", () => {
    const units = [...Array<number>(8).fill(100), ...Array<number>(52).fill(5)]
    const madeUp = new Float64Array(60)
    madeUp[59] = 2.6
    // 52 weeks of 5; one of them with 2.6 that were not there to be sold: (260 − 2.6) / 52
    expect(longRunLevel(aSeries(units), 60, "week")).toEqual({ sold: 5, demand: 5 })
    const short = longRunLevel(aSeries(units, { madeUp }), 60, "week")
    expect(short.demand).toBe(5)
    expect(short.sold).toBeCloseTo(4.95, 12)
  })

  it("takes a week without anything to sell as sold nothing, and as unknown demand", () => {
    expect(longRunLevel(aSeries([4, 4, NaN, 4], { madeUp: new Float64Array(4) }), 4, "week")).toEqual({ sold: 3, demand: 4 })
    // … and one that is unknown for another reason as neither
    expect(longRunLevel(aSeries([4, NaN, NaN, 4], { madeUp: Float64Array.of(0, NaN, 0, 0) }), 4, "week")).toEqual({ sold: 8 / 3, demand: 4 })
    // without a word on stock an unknown period is unknown throughout
    expect(longRunLevel(aSeries([4, 4, NaN, 4]), 4, "week")).toEqual({ sold: 4, demand: 4 })
  })

  it("reads nothing at or after the origin and nothing before the first period; nothing known is 0", () => {
    expect(longRunLevel(aSeries([NaN, NaN, 3, 3, 99]), 4, "week")).toEqual({ sold: 3, demand: 3 })
    expect(longRunLevel(aSeries([NaN, NaN]), 2, "week")).toEqual({ sold: 0, demand: 0 })
    expect(longRunLevel(aSeries([]), 0, "week")).toEqual({ sold: 0, demand: 0 })
  })
})
