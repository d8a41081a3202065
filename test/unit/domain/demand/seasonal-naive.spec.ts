import { seasonalNaive } from "../../../../src/domain/demand/seasonal-naive"
import { aPanel, aSeries } from "../../../support/demand-builders"

const means = (units: number[], origin: number, horizon: number) => [...(seasonalNaive.forecast(aPanel([aSeries(units)]), origin, horizon)[0]?.mean ?? [])]

describe("seasonalNaive", () => {
  it("repeats last year's weeks where a year and a horizon are known", () => {
    const units = Array.from({ length: 60 }, (_, week) => week)
    expect(means(units, 56, 4)).toEqual([4, 5, 6, 7]) // 56 − 52 = 4
  })
  it("goes round the year again beyond a season", () => {
    const units = Array.from({ length: 110 }, (_, week) => week)
    expect(means(units, 108, 54).slice(51)).toEqual([107, 56, 57])
  })
  it("repeats the last known week of a younger series", () => expect(means([3, 9, 7, NaN], 4, 2)).toEqual([7, 7]))
  it("takes the last known week where last year's is unknown", () => {
    const units = Array.from({ length: 60 }, (_, week) => (week === 5 ? NaN : week))
    expect(means(units, 56, 3)).toEqual([4, 55, 6])
  })
})
