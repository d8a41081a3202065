import { crostonSba } from "../../../../src/domain/demand/croston-sba"
import { fading } from "../../../../src/domain/demand/fading"
import { createRandom } from "../../../../src/domain/random"
import { aPanel, aSeries } from "../../../support/demand-builders"

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
