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

describe("ridge's parts", () => {
  it("are what the promotion adds beside its mean over the year, and the lags the rest", () => {
    const panel = shop()
    const parts = (origin: number) => ridge.explain!(panel, origin, 1, { periods: 1, which: [...panel.series.keys()] })
    const [promoted, after] = [parts(50), parts(51)]
    const mean = (of: (at: number) => number) => panel.series.reduce((sum, _, at) => sum + of(at), 0) / panel.series.length
    // a promotion adds 20 units; 3 of 10 weeks have one, so that it adds 20 · 0.7 to the one week, and its lack takes 20 · 0.3 from the next
    expect(Math.abs(mean((at) => promoted[at]!.calendar) - 14)).toBeLessThan(3)
    expect(Math.abs(mean((at) => after[at]!.calendar) + 6)).toBeLessThan(2)
    const forecasts = ridge.forecast(panel, 50, 1)
    for (const [at, { trend, season, calendar, price, other }] of promoted.entries()) {
      const level = panel.series[at]!.units.subarray(0, 50).reduce((sum, units) => sum + units, 0) / 50
      expect(trend + season + calendar + price + other).toBeCloseTo(forecasts[at]!.mean[0]! - level, 9)
    }
  })
})

describe.each([ridge, hurdle, quantileRegressionMember])("$name", (model) => {
  it("learns from all items what a promotion that is known ahead does", () => {
    const forecasts = model.forecast(shop(), 50, 2, [2])
    const average = (ahead: number) => forecasts.reduce((sum, { mean }) => sum + (mean[ahead] ?? 0), 0) / forecasts.length
    expect(Math.abs(average(0) - 40)).toBeLessThan(4)
    expect(Math.abs(average(1) - 20)).toBeLessThan(3)
  })
  it("forecasts as if there were none where it was planned only later", () => {
    const panel = shop()
    const [{ name, values }] = panel.known as [(typeof panel.known)[number]]
    const later = { name, values, since: values.map((column) => Int32Array.from(column, (_, period) => (period >= 50 ? 51 : 0))) }
    const without = { name, values: values.map((column) => column.map((value, period) => (period >= 50 ? 0 : value))) }
    expect(model.forecast({ ...panel, known: [later] }, 50, 2)).toEqual(model.forecast({ ...panel, known: [without] }, 50, 2))
    expect(model.forecast({ ...panel, known: [later] }, 50, 2)).not.toEqual(model.forecast(panel, 50, 2))
  })
  it("says a level where there is too little to learn from", () => {
    const [forecast] = model.forecast(aPanel([aSeries([4, 4, 4, 4])]), 4, 2)
    expect(forecast?.mean[0]).toBeCloseTo(4, 0)
  })
})
