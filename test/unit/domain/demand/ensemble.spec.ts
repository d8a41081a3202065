import { forEachClass } from "../../../../src/domain/demand/class-of"
import { createEnsemble, forecastWithSums } from "../../../../src/domain/demand/ensemble"
import { demandParts } from "../../../../src/domain/demand/explain/demand-parts"
import { QUANTILE_LEVELS, type DemandModel } from "../../../../src/domain/demand/types"
import { aPanel, aSeries, aSureForecast } from "../../../support/demand-builders"

const always = (name: string, units: number): DemandModel => ({
  name,
  forecast: (panel, _, horizon) => panel.series.map((series) => aSureForecast(new Array<number>(horizon).fill(units), series.seriesId)),
})
const perClass = (smooth: Record<string, number>, rest = smooth) => forEachClass((demandClass) => (demandClass === "smooth" ? smooth : rest))
const halves = new Array<number>(10).fill(5.5)

describe("createEnsemble()", () => {
  it("averages means, quantiles and sums by the weights of the class", () => {
    const panel = aPanel([aSeries(halves), aSeries([...new Array<number>(7).fill(NaN), 5.5, 5.5, 5.5])])
    const weights = perClass({ one: 0.25, two: 0.75 }, { two: 1 })
    const [smooth, fresh] = createEnsemble("auto", [always("one", 2), always("two", 6)], { weights, factors: null }).forecast(panel, 10, 2, [2])
    // 0.25 · 2 + 0.75 · 6 = 5 a period; a sure 2 + 2 = 4 and 6 + 6 = 12 make 0.25 · 4 + 0.75 · 12 = 10 together
    const ten = new Float64Array(QUANTILE_LEVELS.length).fill(10)
    expect(smooth).toMatchObject({ mean: Float64Array.of(5, 5), sums: [{ periods: 2, mean: 10, quantiles: ten }] })
    expect(fresh?.mean).toEqual(Float64Array.of(6, 6))
  })

  it("rounds quantiles, not means, where sales are whole units", () => {
    const panel = aPanel([aSeries(new Array<number>(10).fill(5))])
    const ensemble = createEnsemble("auto", [always("one", 2), always("two", 3)], { weights: perClass({ one: 0.25, two: 0.75 }), factors: null })
    const [forecast] = ensemble.forecast(panel, 10, 1, [1])
    expect(forecast).toMatchObject({ mean: Float64Array.of(2.75), quantiles: new Float64Array(QUANTILE_LEVELS.length).fill(3), sums: [{ mean: 2.75 }] })
  })

  it("explains a series by its members' parts, weighted as they are", () => {
    const panel = aPanel([aSeries(halves), aSeries([...new Array<number>(7).fill(NaN), 5.5, 5.5, 5.5])])
    const known: DemandModel = { ...always("one", 0), explain: (_panel, _origin, _horizon, { which }) => which.map((at) => demandParts({ trend: at + 1, price: 8 })) }
    const ensemble = createEnsemble("auto", [known, always("two", 6)], { weights: perClass({ one: 1, two: 3 }, { one: 1 }), factors: null })
    // of the first a quarter is known, and three quarters of 2 · 6 − 2 · 5.5 are other
    expect(ensemble.explain?.(panel, 10, 2, { periods: 2, which: [0, 1] })).toEqual([demandParts({ trend: 0.25, price: 2, other: 0.75 }), demandParts({ trend: 2, price: 8 })])
  })

  it("asks only members that have a weight", () => {
    const never: DemandModel = {
      name: "never",
      forecast: () => {
        throw new Error("asked")
      },
    }
    const ensemble = createEnsemble("auto", [always("one", 2), never], { weights: perClass({ one: 1, never: 0 }), factors: null })
    expect(ensemble.forecast(aPanel([aSeries(halves)]), 10, 1)[0]?.mean).toEqual(Float64Array.of(2))
  })

  it("names a weighted member that is missing", () => {
    const create = () => createEnsemble("auto", [always("one", 1)], { weights: perClass({ net: 1 }), factors: null })
    expect(create).toThrow('weights.smooth names "net"; expected one of one')
  })
})

describe("forecastWithSums()", () => {
  it("keeps a member's own sums and draws those it lacks, also beyond the horizon", () => {
    const own = { periods: 2, mean: 99, quantiles: new Float64Array(QUANTILE_LEVELS.length).fill(99) }
    const model: DemandModel = { name: "own", forecast: (panel) => panel.series.map(() => ({ ...aSureForecast([3, 4]), sums: [own] })) }
    const [forecast] = forecastWithSums(model, aPanel([aSeries(halves)]), 10, 2, [1, 2, 4])
    // a sure 3, then 4 and, as the last period repeats, 4 and 4
    expect(forecast?.sums?.map(({ mean, quantiles }) => [mean, quantiles[7]])).toEqual([
      [3, 3],
      [99, 99],
      [15, 15],
    ])
  })
})
