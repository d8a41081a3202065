import { forEachClass } from "../../../src/domain/demand/class-of"
import { packModel } from "../../../src/domain/model-bytes"
import { packDemandModel, partsOf, servedMixture, unpackDemandModel } from "../../../src/learning/demand-model-bytes"
import { fitBoostedDemand } from "../../../src/learning/fit-boosted-demand"
import { smallPanel } from "../../support/demand-panels"

const choiceOf = (model: string) => forEachClass(() => ({ model, correlation: 0.25 }))

describe("packDemandModel()", () => {
  const panel = smallPanel({ series: 24, periods: 40 })
  let trees: Awaited<ReturnType<typeof fitBoostedDemand>>
  beforeAll(async () => {
    trees = await fitBoostedDemand(panel, 40, { horizon: 3, sums: [2], seed: 1, validation: [34, 37], threads: 1 })
  }, 120_000)

  it("keeps the trees: the version forecasts the same before and after", () => {
    const version = { horizon: 3, choice: choiceOf("boosted"), net: null, boosted: trees.parts }
    const back = unpackDemandModel(packDemandModel(version))
    expect(servedMixture("served", back).forecast(panel, 40, 3)).toEqual(servedMixture("served", version).forecast(panel, 40, 3))
    expect(back.net).toBeNull()
  })

  it("reads versions of before the trees", () => {
    const bytes = packModel("demand", { horizon: 2, choice: choiceOf("exponential-smoothing"), net: null }, {})
    expect(unpackDemandModel(bytes)).toMatchObject({ horizon: 2, net: null, boosted: null })
  })

  it("reads versions of before the class dying: such items were intermittent to them", () => {
    const { dying: _, ...older } = choiceOf("exponential-smoothing")
    const bytes = packModel("demand", { horizon: 2, choice: { ...older, intermittent: { model: "tsb", correlation: 0 } }, net: null }, {})
    expect(unpackDemandModel(bytes).choice.dying).toEqual({ model: "tsb", correlation: 0 })
    expect(() => unpackDemandModel(packModel("demand", { horizon: 2, choice: { smooth: older.smooth }, net: null }, {}))).toThrow("no choice for erratic")
  })

  it("says which parts a choice needs", () => {
    expect(partsOf({ choice: choiceOf("boosted + smoothing") })).toEqual({ net: false, boosted: true })
    expect(partsOf({ choice: choiceOf("lstm + exponential-smoothing") })).toEqual({ net: true, boosted: false })
    expect(partsOf({ choice: choiceOf("exponential-smoothing") })).toEqual({ net: false, boosted: false })
  })

  it("names a choice whose trees are missing", () => {
    expect(() => servedMixture("served", { horizon: 3, choice: choiceOf("boosted"), net: null })).toThrow('choice.smooth.model is "boosted"')
  })
})
