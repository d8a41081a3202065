import { crostonSba } from "../../../../src/domain/demand/croston-sba"
import { fading } from "../../../../src/domain/demand/fading"
import { createRandom } from "../../../../src/domain/random"
import { aPanel, aSeries } from "../../../support/demand-builders"
import { referencePanel } from "../../../support/reference-panel"

/** Half of the items stop after period `stop`; half sell every third period or so for ever. */
const shop = (stops: boolean) =>
  aPanel(
    Array.from({ length: 60 }, (_, index) => {
      const random = createRandom(index)
      const stop = stops && index % 2 ? 20 + (index % 25) : Infinity
      return aSeries(Array.from({ length: 60 }, (__, period) => (period < stop && random() < 0.4 ? 5 : 0)))
    })
  )

describe("fading", () => {
  // Croston's level by statsforecast 2.1.1, the shares of what silent items sold by numpy (test/support/member-references.py)
  it("says of the reference panel what another hand works out", () => {
    const means = fading.forecast(referencePanel(), 60, 1).map(({ mean }) => mean[0] ?? NaN)
    ;[1.8391, 4.3238, 7.1415, 8.2007, 15.4532, 14.0916, 21.2131, 19.1902, 25.4743, 21.2676, 30.749, 28.2718].forEach((value, item) => expect(means[item]).toBeCloseTo(value, 4))
  })
  const meanOf = (model: typeof fading, silentFor: number, stops: boolean) => {
    const probe = aSeries(Array.from({ length: 60 }, (_, period) => (period < 60 - silentFor && period % 2 ? 5 : 0)))
    const panel = shop(stops)
    return model.forecast({ ...panel, series: [...panel.series, probe] }, 60, 1)[60]?.mean[0] ?? NaN
  }
  it("forecasts next to nothing for a long silence where silent items do not come back", () => {
    expect(meanOf(fading, 20, true)).toBeLessThan(0.15)
    expect(meanOf(crostonSba, 20, true)).toBeGreaterThan(2)
  })
  it("keeps the level of an item that is not silent", () => expect(meanOf(fading, 1, true)).toBeGreaterThan(1.5))
})
