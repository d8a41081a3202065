import { demandParts } from "../../../../src/domain/demand/explain/demand-parts"
import { seasonalNaive } from "../../../../src/domain/demand/seasonal-naive"
import { aPanel, aSeries } from "../../../support/demand-builders"

const means = (units: number[], origin: number, horizon: number) => [...(seasonalNaive.forecast(aPanel([aSeries(units)]), origin, horizon)[0]?.mean ?? [])]

describe("seasonalNaive", () => {
  // SeasonalNaive(52) of statsforecast 2.1.1 (test/support/member-references.py)
  it("says what the published implementation says, as far as two seasons ahead", () => {
    const forecast = means(Array.from({ length: 110 }, (_, week) => (7 * week * week + 37 * week + 11) % 101), 110, 54)
    expect([0, 1, 25, 51, 52, 53].map((ahead) => forecast[ahead])).toEqual([51, 99, 98, 48, 51, 99])
  })
  it("repeats last year's weeks where a year and a horizon are known", () => {
    const units = Array.from({ length: 60 }, (_, week) => week)
    expect(means(units, 56, 4)).toEqual([4, 5, 6, 7]) // 56 − 52 = 4
  })
  it("goes round the year again beyond a season", () => {
    const units = Array.from({ length: 110 }, (_, week) => week)
    expect(means(units, 108, 54).slice(51)).toEqual([107, 56, 57])
  })
  it("repeats the last known week of a younger series", () => expect(means([3, 9, 7, NaN], 4, 2)).toEqual([7, 7]))
  it("calls its year before a season, and its last week a trend", () => {
    const units = Array.from({ length: 60 }, (_, week) => week)
    const panel = aPanel([aSeries(units), aSeries(units.map((week) => (week < 57 ? NaN : week)))])
    const parts = seasonalNaive.explain?.(panel, 60, 2, { periods: 2, which: [0, 1] })
    // weeks 8 and 9 beside twice the mean of 8 … 59 (33.5); twice week 59 beside twice the mean of 57 … 59
    expect(parts).toEqual([demandParts({ season: 17 - 67 }), demandParts({ trend: 118 - 116 })])
  })
  it("takes the last known week where last year's is unknown", () => {
    const units = Array.from({ length: 60 }, (_, week) => (week === 5 ? NaN : week))
    expect(means(units, 56, 3)).toEqual([4, 55, 6])
  })
})
