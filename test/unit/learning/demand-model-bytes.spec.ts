import { forEachClass } from "../../../src/domain/demand/class-of"
import { packModel } from "../../../src/domain/model-bytes"
import { startBackend } from "../../../src/learning/backend"
import { packDemandModel, servedEnsemble, unpackDemandModel, type TrainedDemand } from "../../../src/learning/demand-model-bytes"
import { fitBoostedDemand } from "../../../src/learning/fit-boosted-demand"
import { trainNet } from "../../../src/learning/nets/train-net"
import { smallPanel } from "../../support/demand-panels"

const weightsOf = (weights: Record<string, number>) => forEachClass(() => weights)
const version = (more: Partial<TrainedDemand>): TrainedDemand => ({ horizon: 3, sumPeriods: 2, weights: weightsOf({ imapa: 1 }), factors: null, boosted: null, nets: [], ...more })

describe("packDemandModel()", () => {
  const panel = smallPanel({ series: 24, periods: 40 })
  const learnt: Pick<TrainedDemand, "boosted" | "nets"> = { boosted: null, nets: [] }
  beforeAll(async () => {
    await startBackend("wasm")
    learnt.boosted = (await fitBoostedDemand(panel, 40, { horizon: 3, sums: [2], seed: 1, validation: [34, 37], threads: 1 })).parts
    const task = { name: "lstm" as const, panel, limit: 40, horizon: 3, sums: [2], steps: 3 }
    for (const seed of [1, 2]) learnt.nets.push({ name: seed === 1 ? "lstm" : "lstm-2", ...(await trainNet({ ...task, seed })) })
  }, 120_000)

  it("keeps trees, nets, shares and factors: the version forecasts the same before and after, sums too", () => {
    const periods = new Float64Array(15).fill(1.1)
    const full = version({ ...learnt, weights: weightsOf({ boosted: 0.4, lstm: 0.2, "lstm-2": 0.3, ridge: 0.1 }), factors: { periods, sums: [{ periods: 2, factors: periods.map((value) => value + 0.1) }] } })
    const back = unpackDemandModel(packDemandModel(full))
    expect(servedEnsemble("served", back).forecast(panel, 40, 3, [2])).toEqual(servedEnsemble("served", full).forecast(panel, 40, 3, [2]))
    expect([back.horizon, back.sumPeriods, back.nets.map(({ name }) => name)]).toEqual([3, 2, ["lstm", "lstm-2"]])
    expect(back.nets[0]?.weights).not.toEqual(back.nets[1]?.weights)
  })

  it("keeps a version of statistical members alone", () => {
    const plain = version({})
    expect(unpackDemandModel(packDemandModel(plain))).toEqual(plain)
  })

  it("refuses what an earlier release wrote", () => {
    const bytes = packModel("demand", { horizon: 2, choice: forEachClass(() => ({ model: "tsb", correlation: 0 })), net: null }, {})
    expect(() => unpackDemandModel(bytes)).toThrow("the demand model has format 1; expected 2: train anew")
  })

  it("names a member whose part is missing", () => {
    expect(() => servedEnsemble("served", version({ weights: weightsOf({ boosted: 1 }) }))).toThrow('weights.smooth names "boosted"')
  })
})
