import { demandParts } from "../../../../src/domain/demand/explain/demand-parts"
import { createMixture } from "../../../../src/domain/demand/mixture"
import type { DemandBacktest, DemandModel } from "../../../../src/domain/demand/types"
import { aPanel, aSeries, aSureForecast } from "../../../support/demand-builders"

const always = (name: string, units: number): DemandModel => ({
  name,
  forecast: (panel, _, horizon) => panel.series.map((series) => aSureForecast(new Array<number>(horizon).fill(units), series.seriesId)),
})
const choice = (smooth: string, rest: string): DemandBacktest["choice"] => {
  const other = { model: rest, correlation: 0 }
  return { smooth: { model: smooth, correlation: 0.5 }, erratic: other, intermittent: other, lumpy: other, new: other, dying: other }
}

describe("createMixture()", () => {
  it("forecasts each series by the model of its class at the origin", () => {
    const panel = aPanel([aSeries(new Array<number>(10).fill(5)), aSeries([...new Array<number>(7).fill(NaN), 5, 5, 5])])
    const forecasts = createMixture("served", [always("one", 1), always("two", 2)], choice("one", "two")).forecast(panel, 10, 2)
    expect(forecasts.map(({ seriesId, mean }) => [seriesId, ...mean])).toEqual([
      ["variant0@location", 1, 1],
      ["variant1@location", 2, 2],
    ])
  })
  it("explains each series by the model of its class", () => {
    const panel = aPanel([aSeries(new Array<number>(10).fill(5)), aSeries([...new Array<number>(7).fill(NaN), 5, 5, 5])])
    const explained: DemandModel = { ...always("one", 7), explain: (_panel, _origin, _horizon, { which }) => which.map(() => demandParts({ season: 4 })) }
    const mixture = createMixture("served", [explained, always("two", 2)], choice("one", "two"))
    // the second model says nothing of its parts: 2 · 2 beside 2 · 5 is other
    expect(mixture.explain?.(panel, 10, 2, { periods: 2, which: [1, 0] })).toEqual([demandParts({ other: -6 }), demandParts({ season: 4 })])
  })
  it("names a chosen model that is missing", () => {
    expect(() => createMixture("served", [always("one", 1)], choice("one", "net"))).toThrow('choice.erratic.model is "net"; expected one of one')
  })
})
