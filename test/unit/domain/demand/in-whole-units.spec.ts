import { inWholeUnits } from "../../../../src/domain/demand/in-whole-units"
import type { DemandModel, DemandPanel } from "../../../../src/domain/demand/types"
import { aPanel, aSeries, aSureForecast } from "../../../support/demand-builders"

const model: DemandModel = {
  name: "some",
  forecast: () => [{ ...aSureForecast([1.4]), sums: [{ periods: 2, mean: 2.8, quantiles: Float64Array.of(2.5, 3.4) }] }],
  explain: () => [],
}

describe("inWholeUnits()", () => {
  it("rounds quantiles, of sums too, and no means where whole units are sold", () => {
    const [forecast] = inWholeUnits(model).forecast(aPanel([aSeries([1, 0, 3])]), 3, 1, [2])
    expect([forecast?.mean[0], new Set(forecast?.quantiles)]).toEqual([1.4, new Set([1])])
    expect(forecast?.sums).toEqual([{ periods: 2, mean: 2.8, quantiles: Float64Array.of(3, 3) }])
  })

  it("decides series by series: by the piece, by weight, and as most of the shop where nothing was sold yet", () => {
    const each: DemandModel = { name: "each", forecast: (panel) => panel.series.map(({ seriesId }) => aSureForecast([1.4], seriesId)) }
    const pieces = { ...aSeries([1, 2.5, 3, 2.5]), madeUp: Float64Array.of(0, 0.5, 0, 0.5) } // its parts of units were not sold
    const medians = (panel: DemandPanel) => inWholeUnits(each).forecast(panel, 4, 1).map(({ quantiles }) => quantiles[7])
    expect(medians(aPanel([pieces, aSeries([0.3, 0, 0.2, 1]), aSeries([0, 0, 0, 0])]))).toEqual([1, 1.4, 1])
    expect(medians(aPanel([aSeries([0.3, 0.1, 0.2, 1]), aSeries([4, 0, 0, 0]), aSeries([0, 0, 0, 0])]))).toEqual([1.4, 1, 1.4])
  })

  it("leaves a forecast alone where parts of units are sold, and the model's name and words", () => {
    const whole = inWholeUnits(model)
    expect(whole.forecast(aPanel([aSeries([1.5, 0, 3.2])]), 3, 1)[0]?.quantiles[0]).toBe(1.4)
    expect([whole.name, whole.explain]).toEqual(["some", model.explain])
  })
})
