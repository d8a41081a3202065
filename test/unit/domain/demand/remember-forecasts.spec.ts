import { rememberForecasts } from "../../../../src/domain/demand/remember-forecasts"
import { demandParts } from "../../../../src/domain/demand/explain/demand-parts"
import type { DemandModel } from "../../../../src/domain/demand/types"
import { aPanel, aSeries, aSureForecast } from "../../../support/demand-builders"

const panel = aPanel([aSeries([1, 2, 3, 4, 5])])
function counted() {
  const calls: [origin: number, horizon: number, sums: number][] = []
  const model: DemandModel = {
    name: "counted",
    forecast: (_, origin, horizon, sums = []) => {
      calls.push([origin, horizon, sums.length])
      return [aSureForecast(new Array<number>(horizon).fill(origin))]
    },
  }
  return { model: rememberForecasts(model), calls }
}

describe("rememberForecasts()", () => {
  it("computes the forecasts of one origin once", () => {
    const { model, calls } = counted()
    expect(model.forecast(panel, 3, 2)).toBe(model.forecast(panel, 3, 2, []))
    expect(calls).toEqual([[3, 2, 0]])
  })
  it("explains as the model itself does", () => {
    const parts = demandParts({ trend: 3 })
    const explained: DemandModel = { ...counted().model, explain: () => [parts] }
    expect(rememberForecasts(explained).explain?.(panel, 3, 2, { periods: 1, which: [0] })).toEqual([parts])
  })
  it("explains from the forecasts that it keeps", () => {
    const { model, calls } = counted()
    model.forecast(panel, 3, 2)
    // all of a silent model is other: 2 · 3 beside twice the mean of 1, 2 and 3
    expect(model.explain?.(panel, 3, 2, { periods: 2, which: [0] })).toEqual([demandParts({ other: 2 })])
    expect(calls).toHaveLength(1)
    model.explain?.(panel, 4, 2, { periods: 2, which: [0] })
    expect(calls).toHaveLength(2)
  })
  it("keeps sums too, drawn where the model has none of its own", () => {
    const { model, calls } = counted()
    const [forecast] = model.forecast(panel, 3, 2, [2])
    expect(forecast?.sums?.map(({ periods, mean }) => [periods, mean])).toEqual([[2, 6]])
    expect(model.forecast(panel, 3, 2, [2])[0]).toBe(forecast)
    expect(calls).toHaveLength(1)
  })
  it("computes anew for another origin, horizon, panel or sum", () => {
    const { model, calls } = counted()
    model.forecast(panel, 3, 2)
    expect(model.forecast(panel, 4, 2)[0]?.mean[0]).toBe(4)
    expect(model.forecast(panel, 4, 1)[0]?.mean).toHaveLength(1)
    model.forecast({ ...panel }, 4, 1)
    model.forecast(panel, 4, 1, [1])
    expect(calls).toEqual([
      [3, 2, 0],
      [4, 2, 0],
      [4, 1, 0],
      [4, 1, 0],
      [4, 1, 1],
    ])
  })
})
