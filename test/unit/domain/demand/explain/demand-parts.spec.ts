import { averageParts, demandParts, partsOfModel } from "../../../../../src/domain/demand/explain/demand-parts"
import { aPanel, aSeries, aSureForecast } from "../../../../support/demand-builders"

describe("partsOfModel()", () => {
  it("is all other for a model that says nothing of its parts", () => {
    const panel = aPanel([aSeries([2, 2, 2]), aSeries([3, 3, 3])])
    const model = { name: "silent", forecast: () => [aSureForecast([2, 2]), aSureForecast([5, 6])] }
    expect(partsOfModel(model, panel, 3, 2, { periods: 2, which: [1] })).toEqual([demandParts({ other: 5 })]) // 11 − 2 · 3
  })
})

describe("averageParts()", () => {
  it("weighs each model by its share", () => {
    const average = averageParts([
      { weight: 3, parts: demandParts({ trend: 4, season: 8 }) },
      { weight: 1, parts: demandParts({ trend: -4, price: 2 }) },
    ])
    expect(average).toEqual(demandParts({ trend: 2, season: 6, price: 0.5 })) // (3 · 4 − 4) / 4, 3 · 8 / 4, 2 / 4
  })
  it("is nothing for no model", () => expect(averageParts([])).toEqual(demandParts({})))
})
