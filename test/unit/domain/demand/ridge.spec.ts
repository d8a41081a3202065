import { hurdle } from "../../../../src/domain/demand/hurdle"
import { quantileRegressionMember } from "../../../../src/domain/demand/quantile-regression-member"
import { ridge } from "../../../../src/domain/demand/ridge"
import { createRandom } from "../../../../src/domain/random"
import { aPanel, aSeries } from "../../../support/demand-builders"

/** 30 items that sell twice as much in the periods of a promotion, which come at random and are known ahead. */
const shop = () => {
  const promoted = Array.from({ length: 30 }, (_, index) => {
    const random = createRandom(100 + index)
    return Float64Array.from({ length: 54 }, (__, period) => (period === 50 ? 1 : period === 51 ? 0 : random() < 0.3 ? 1 : 0))
  })
  const series = promoted.map((flags, index) => {
    const random = createRandom(index)
    return aSeries(Array.from(flags, (flag) => Math.round(20 * (1 + flag) * (0.8 + 0.4 * random()))))
  })
  return { ...aPanel(series), known: [{ name: "promotion", values: promoted }] }
}

describe.each([ridge, hurdle, quantileRegressionMember])("$name", (model) => {
  it("learns from all items what a promotion that is known ahead does", () => {
    const forecasts = model.forecast(shop(), 50, 2, [2])
    const average = (ahead: number) => forecasts.reduce((sum, { mean }) => sum + (mean[ahead] ?? 0), 0) / forecasts.length
    expect(Math.abs(average(0) - 40)).toBeLessThan(4)
    expect(Math.abs(average(1) - 20)).toBeLessThan(3)
  })
  it("says a level where there is too little to learn from", () => {
    const [forecast] = model.forecast(aPanel([aSeries([4, 4, 4, 4])]), 4, 2)
    expect(forecast?.mean[0]).toBeCloseTo(4, 0)
  })
})
