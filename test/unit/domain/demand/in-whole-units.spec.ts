import { inWholeUnits } from "../../../../src/domain/demand/in-whole-units"
import type { DemandModel } from "../../../../src/domain/demand/types"
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

  it("leaves a forecast alone where parts of units are sold, and the model's name and words", () => {
    const whole = inWholeUnits(model)
    expect(whole.forecast(aPanel([aSeries([1.5, 0, 3.2])]), 3, 1)[0]?.quantiles[0]).toBe(1.4)
    expect([whole.name, whole.explain]).toEqual(["some", model.explain])
  })
})
