import type { DemandPanel } from "../../../../src/domain/demand/types"
import { packModel, unpackModel } from "../../../../src/domain/model-bytes"
import { keepNets } from "../../../../src/learning/nets/kept-nets"
import type { NetTask, TrainedNet } from "../../../../src/learning/nets/train-net"
import { smallPanel } from "../../../support/demand-panels"

const LIMIT = 30
const net = { spec: { name: "lstm" }, weights: [Float32Array.of(1, 2)], curve: [] } as unknown as TrainedNet

function panelWith(change: (panel: DemandPanel) => void = () => undefined): DemandPanel {
  const panel = smallPanel({ series: 4, periods: 40 })
  panel.known = [{ name: "promotion", values: panel.series.map(() => new Float64Array(44)) }]
  change(panel)
  return panel
}
const taskOf = (panel: DemandPanel) => ({ name: "lstm", panel, limit: LIMIT, horizon: 4, sums: [2], seed: 1 }) as unknown as NetTask

function checkpoint(): Uint8Array {
  let kept = new Uint8Array()
  keepNets(null, (bytes) => (kept = new Uint8Array(bytes))).keep(taskOf(panelWith()), net)
  return kept
}
/** The same checkpoint as a release of nets of another kind would have written it. */
function ofKind(kind: string): Uint8Array {
  const { meta, array } = unpackModel("demand-nets-1", checkpoint())
  return packModel(kind, meta, { net0_0: array("net0_0", "f4") })
}
const finds = (panel: DemandPanel, bytes = checkpoint()) => keepNets(bytes, () => undefined).find(taskOf(panel)) !== null

describe("keepNets()", () => {
  it("finds a net again in a checkpoint by what it was trained on", () => {
    expect(finds(panelWith())).toBe(true)
    expect(finds(panelWith(({ series }) => series[0]!.units.fill(7, LIMIT)))).toBe(true) // not read by it
  })
  it.each<[string, (panel: DemandPanel) => void]>([
    ["units in another order", ({ series }) => series[0]!.units.subarray(0, LIMIT).reverse()],
    ["prices", ({ series }) => series[1]!.price.fill(3)],
    ["categories", ({ series }) => (series[2]!.category = "z")],
    ["items", ({ series }) => (series[3]!.seriesId = "other")],
    ["promotions", ({ known }) => (known![0]!.values[3]![41] = 1)],
    ["fixed columns", (panel) => (panel.statics = [{ name: "brand", values: ["a", "b", "c", "d"] }])],
  ])("trains anew on other %s", (_, change) => expect(finds(panelWith(change))).toBe(false))
  it("ignores a checkpoint that another release wrote, and what is none", () => {
    expect(finds(panelWith(), ofKind("demand-nets-0"))).toBe(false)
    expect(finds(panelWith(), ofKind("demand-nets-1"))).toBe(true) // the same bytes under this release's name
    expect(finds(panelWith(), Uint8Array.of(1, 2, 3))).toBe(false)
  })
})
