import { explainedByLevel } from "../../../../../src/domain/demand/explain/explained-by-level"
import { aPanel, aSeries, aSureForecast } from "../../../../support/demand-builders"

const tens = aSeries(new Array<number>(52).fill(10))
const says = (means: number[]) => ({ name: "says", forecast: () => [aSureForecast(means), aSureForecast(means)] })

describe("explainedByLevel()", () => {
  it("gives the season what its factors add, and the trend the rest", () => {
    const factors = new Float64Array(54).fill(1)
    factors[53] = 2
    const model = explainedByLevel(says([12, 24]), () => [factors, factors])
    // 36 are expected where the long run says 20; the second week would sell 12 without its season, as the first
    expect(model.explain?.(aPanel([tens, tens]), 52, 2, { periods: 2, which: [1] })).toEqual([{ trend: 4, season: 12, calendar: 0, price: 0, other: 0 }])
    expect(model.explain?.(aPanel([tens, tens]), 52, 2, { periods: 1, which: [0] })).toEqual([{ trend: 2, season: 0, calendar: 0, price: 0, other: 0 }])
  })
  it("calls all of it trend where there is no season", () =>
    expect(explainedByLevel(says([7, 7])).explain?.(aPanel([tens]), 52, 2, { periods: 2, which: [0] })).toEqual([{ trend: -6, season: 0, calendar: 0, price: 0, other: 0 }]))
})
