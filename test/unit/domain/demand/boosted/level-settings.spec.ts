import { chooseLevelSettings } from "../../../../../src/domain/demand/boosted/level-settings"
import { createRandom } from "../../../../../src/domain/random"
import { aPanel, aSeries } from "../../../../support/demand-builders"

describe("chooseLevelSettings()", () => {
  it("takes a slow level for noise and a quick one for steps", () => {
    const random = createRandom(1)
    const noisy = aPanel(Array.from({ length: 50 }, () => aSeries(Array.from({ length: 40 }, () => 100 * random()))))
    const stepping = aPanel(Array.from({ length: 50 }, () => aSeries(Array.from({ length: 40 }, (_, week) => (week < 30 ? 10 : 50)))))
    expect(chooseLevelSettings(noisy, 40, 4)).toMatchObject({ alpha: 0.1, ownSeason: null })
    expect(chooseLevelSettings(stepping, 40, 4)).toMatchObject({ alpha: 0.5, ownSeason: null })
  })

  it("divides by a season where that forecasts better", () => {
    const item = (index: number) => aSeries(Array.from({ length: 60 }, (_, month) => (10 + index) * (month % 12 >= 9 ? 3 : 1)))
    const months = aPanel(Array.from({ length: 20 }, (_, index) => item(index)), "month")
    expect(chooseLevelSettings(months, 60, 6).ownSeason).not.toBeNull()
  })

  it("keeps the usual level where no block can be scored", () => {
    expect(chooseLevelSettings(aPanel([aSeries([NaN, NaN, NaN, NaN])]), 4, 1)).toMatchObject({ alpha: 0.2, ownSeason: null })
  })

  it("lowers the floor where sales are parts of a unit, and reads nothing from the limit on", () => {
    const cheese = aPanel([aSeries([0.1, 0.3, 0.2, 0.2, 90])])
    expect(chooseLevelSettings(cheese, 4, 1).floor).toBeCloseTo(0.05 * 0.2, 12)
    expect(chooseLevelSettings(aPanel([aSeries([5, 5, 5])]), 3, 1).floor).toBe(0.05)
  })
})
