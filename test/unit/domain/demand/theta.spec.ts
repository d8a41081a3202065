import { thetaRows } from "../../../../src/domain/demand/theta"
import { aSeries } from "../../../support/demand-builders"
import { REFERENCE_SERIES, type ReferenceName } from "../../../support/reference-series"

const ahead = (units: readonly number[], horizon = 3) => [...thetaRows(aSeries(units), units.length, horizon).slice(-horizon)]

describe("thetaRows()", () => {
  // DynamicOptimizedTheta() of statsforecast 2.1.1, which searches all three parameters by Nelder–Mead; ours solves two of them exactly
  it.each<[ReferenceName, number[]]>([
    ["smooth", [14.99349, 14.99754, 15.00147]],
    ["trend", [42.62048, 44.24645, 45.8737]],
    ["intermittent", [0.89805, 0.89805, 0.89805]],
    ["lumpy", [6.22499, 6.22499, 6.22499]],
    ["season", [25.89408, 25.89408, 25.89408]],
    ["shift", [19.0101, 19.0101, 19.0101]],
  ])("says of the %s series what the published implementation says, within 0.3%%", (name, expected) => {
    ahead(REFERENCE_SERIES[name]).forEach((value, at) => expect(Math.abs(value / (expected[at] ?? 0) - 1)).toBeLessThan(0.003))
  })
  it("goes on falling with a falling series", () => {
    // statsforecast: 0.84, −1.63, −4.10
    ahead(REFERENCE_SERIES.falling).forEach((value, at) => expect(Math.abs(value - ([0.84444, -1.62964, -4.10109][at] ?? 0))).toBeLessThan(0.4))
  })
  it("repeats a single value, and zeros", () => {
    expect(ahead(REFERENCE_SERIES.one)).toEqual([7, 7, 7])
    expect(ahead(REFERENCE_SERIES.zeros)).toEqual([0, 0, 0])
  })
  it("says at each period what it would have said then with these parameters, and nothing before the first", () => {
    const rows = thetaRows(aSeries([NaN, 5, 5, 5, 5, 5]), 6, 2)
    expect([...rows.slice(0, 4)]).toEqual([NaN, NaN, NaN, NaN])
    rows.slice(4).forEach((value) => expect(value).toBeCloseTo(5, 8))
  })
  it("multiplies by the season of the period it is for", () => {
    const index = Float64Array.from({ length: 10 }, (_, period) => (period % 2 ? 1.5 : 0.5))
    const rows = thetaRows(aSeries(Array.from({ length: 8 }, (_, period) => (period % 2 ? 15 : 5))), 8, 2, index)
    expect([...rows.slice(-2)].map((value) => value.toFixed(6))).toEqual(["5.000000", "15.000000"])
  })
})
