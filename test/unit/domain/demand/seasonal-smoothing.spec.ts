import { exponentialSmoothing } from "../../../../src/domain/demand/exponential-smoothing"
import { seasonalSmoothing } from "../../../../src/domain/demand/seasonal-smoothing"
import { aPanel, aSeries } from "../../../support/demand-builders"
import { seasonalReferencePanel } from "../../../support/reference-panel"

describe("seasonalSmoothing", () => {
  // numpy's factors of the season, SimpleExpSmoothing of statsmodels 0.15.0 on what is left (test/support/member-references.py)
  it("says what smoothing by another hand says, times the season", () => {
    const forecasts = seasonalSmoothing.forecast(seasonalReferencePanel(), 42, 3)
    ;[1, 2, 5].forEach((times, item) => [263.9486, 217.6098, 157.5549].forEach((value, ahead) => expect(forecasts[item]?.mean[ahead]).toBeCloseTo(times * value, 2)))
  })
  it("expects the season that the category had last year", () => {
    const summer = (week: number) => (week % 52 >= 20 && week % 52 < 32 ? 30 : 10)
    const panel = aPanel(Array.from({ length: 30 }, () => aSeries(Array.from({ length: 124 }, (_, week) => summer(week)))))
    const [forecast] = seasonalSmoothing.forecast(panel, 118, 12) // weeks 14 … 25 of the third year
    expect(Math.abs((forecast?.mean[2] ?? 0) - 10)).toBeLessThan(1)
    expect(Math.abs((forecast?.mean[9] ?? 0) - 30)).toBeLessThan(3)
  })
  it("is plain exponential smoothing while there is no season to see", () => {
    const panel = aPanel([aSeries([3, 1, 4, 1, 5, 9, 2, 6, 5, 3])])
    expect(seasonalSmoothing.forecast(panel, 10, 2)).toEqual(exponentialSmoothing.forecast(panel, 10, 2))
  })
})
