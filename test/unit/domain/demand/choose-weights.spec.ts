import { forEachClass } from "../../../../src/domain/demand/class-of"
import { blocksOfFits, chooseWeights, validationOrigins } from "../../../../src/domain/demand/choose-weights"
import type { MemberWeights } from "../../../../src/domain/demand/ensemble"
import { QUANTILE_LEVELS, type DemandClass, type DemandModel, type DemandPanel } from "../../../../src/domain/demand/types"
import { createRandom } from "../../../../src/domain/random"
import { aPanel, aSeries, aSureForecast } from "../../../support/demand-builders"

const HORIZON = 2
/** Says a uniform distribution from 0 to twice `units`, times the series' own number where `own`. */
const around = (name: string, units: (index: number) => number): DemandModel => ({
  name,
  forecast: (panel, _, horizon) => panel.series.map(({ seriesId }, index) => aSureForecast(new Array<number>(horizon).fill(units(index)), seriesId)),
})
/** Series uniform on 8 … 12; the first `sparse` ones sell 10 in three periods of ten. */
function uniformPanel(series: number, sparse = 0): DemandPanel {
  const random = createRandom(3)
  return aPanel(
    Array.from({ length: series }, (_, index) =>
      aSeries(Array.from({ length: 30 }, () => (index < sparse ? (random() < 0.3 ? 10 : 0) : 8 + 4 * random())))
    )
  )
}
const asked = (panel: DemandPanel, members: DemandModel[], limit = 30, usual: MemberWeights = {}, usualOf: Partial<Record<DemandClass, MemberWeights>> = {}) => ({
  ...{ panel, limit, origins: validationOrigins(limit, HORIZON), members, horizon: HORIZON, sums: [1, 2], seed: 1 },
  usual: forEachClass((demandClass) => usualOf[demandClass] ?? usual),
})
const choose = async (...of: Parameters<typeof asked>) => (await chooseWeights(asked(...of))).choice

describe("chooseWeights()", () => {
  it("gives most to the member that was right, and nothing to one that is clearly worse", async () => {
    const { weights, losses } = await choose(uniformPanel(120), [around("right", () => 10), around("far", () => 40)])
    expect(weights.smooth).toEqual({ right: 1 })
    expect(losses.right).toBeLessThan(losses.far ?? 0)
    expect(losses.chosen).toBeCloseTo(losses.right ?? 0, 12)
  })

  it("keeps the usual weights until others are better beyond chance", async () => {
    const members = [around("low", () => 9.99), around("high", () => 10.01)]
    expect((await choose(uniformPanel(120), members, 30, { low: 3, high: 1, gone: 4 })).weights.smooth).toEqual({ low: 0.75, high: 0.25 })
  })

  it("keeps the usual weights where others gain much on three validation blocks and lose a little on the fourth", async () => {
    const panel = uniformPanel(120)
    const members = [around("usual", () => 10), around("lucky", () => 11)]
    const chosenWith = async (from: number) => {
      const changed = { ...panel, series: panel.series.map((series) => ({ ...series, units: series.units.map((sold, period) => (period >= from ? 13 : sold)) })) }
      return (await choose(changed, members, 30, { usual: 1 })).weights.smooth
    }
    // four blocks of two periods, the first 22 and 23: where 13 are sold the usual 10 are 3 / 13 off, 11 only 2 / 13; where 8 … 12 are, 10 are 1 / 10 off and 11 1.25 / 10
    expect(await chosenWith(24)).toEqual({ usual: 1 })
    expect((await chosenWith(22)).lucky).toBeGreaterThan(0.9)
  })

  it("starts each class from usual weights of its own", async () => {
    const members = [around("low", () => 9.99), around("high", () => 10.01)]
    const { weights, losses, reasons } = await choose(uniformPanel(300, 100), members, 30, { low: 1 }, { intermittent: { high: 3, low: 1 } })
    expect([weights.smooth, weights.lumpy, weights.intermittent]).toEqual([{ low: 1 }, { low: 1 }, { low: 0.25, high: 0.75 }])
    expect(losses.chosen).toBeLessThanOrEqual(Math.max(losses.low ?? 0, losses.high ?? 0))
    expect(reasons).toContain("smooth (800 series × origins): no weights of its own beat the usual weights beyond chance: low 100%")
  })

  it("averages two members that err to either side, and is then better than each", async () => {
    const { weights, losses } = await choose(uniformPanel(120), [around("low", () => 8), around("high", () => 12)])
    expect(weights.smooth.low).toBeGreaterThan(0.2)
    expect(weights.smooth.high).toBeGreaterThan(0.2)
    expect(losses.chosen).toBeLessThan(Math.min(losses.low ?? 0, losses.high ?? 0))
  })

  it("gives a class weights of its own only where they are better beyond chance", async () => {
    const members = [around("sparse", () => 1), around("dense", () => 10)]
    const own = await choose(uniformPanel(300, 100), members)
    expect(own.weights.smooth).not.toEqual(own.weights.intermittent)
    expect(own.losses.chosen).toBeLessThan(0.25) // of the weights per class; those of the whole shop alone lose 0.38
    expect(own.reasons.find((reason) => reason.startsWith("intermittent"))).toContain("weights of its own beat the shop's weights beyond chance")
    expect(own.weights.intermittent.sparse).toBeGreaterThan(own.weights.smooth.sparse ?? 0)
    const alike = await choose(uniformPanel(300), members)
    expect(alike.weights.erratic).toEqual(alike.weights.smooth)
  })

  it("takes weights that are given as they are, and calibrates these", async () => {
    const members = [around("right", () => 10), around("far", () => 40)]
    const { choice, calibrate } = await chooseWeights({ ...asked(uniformPanel(120), members, 30, { far: 1 }), isGiven: true })
    expect(choice.weights.smooth).toEqual({ far: 1 })
    expect(choice.reasons[0]).toContain("weights that were given: far 100%")
    // the median's factor is held at 0.7 (10 / 40 would be right) and trusted a quarter; 120 series × two blocks of two weeks are 480 known ones, trusted 480 / 680
    const median = QUANTILE_LEVELS.indexOf(0.5)
    expect(choice.factors?.periods[median]).toBeCloseTo(0.7 ** (0.25 * (480 / 680)), 9)
    expect(calibrate(choice.weights)).toEqual(choice.factors)
    expect(calibrate(forEachClass(() => ({ right: 1 })))?.periods[median]).toBeCloseTo(1, 1)
  })

  it("leaves out what lies at or after the limit", async () => {
    const panel = uniformPanel(40)
    const members = [around("low", () => 8), around("high", () => 12)]
    const before = await choose(panel, members, 26)
    panel.series.forEach(({ units }) => units.fill(1e6, 26))
    expect(await choose(panel, members, 26)).toEqual(before)
  })

  it("falls back on the usual members where nothing can be validated", async () => {
    const members = ["a", "b", "c"].map((name) => around(name, () => 1))
    const { weights, factors, origins } = await choose(aPanel([aSeries([1, 2, 3])]), members, 3, { a: 1, c: 1, gone: 2 })
    expect(weights.new).toEqual({ a: 0.5, c: 0.5 })
    expect([factors, origins]).toEqual([null, []])
  })
})

describe("validationOrigins()", () => {
  it("ends with the limit and leaves half of the history", () => {
    expect(validationOrigins(37, 4)).toEqual([21, 25, 29, 33])
    expect(validationOrigins(29, 4)).toEqual([17, 21, 25])
    expect(validationOrigins(37, 4, 2)).toEqual([29, 33])
    expect(validationOrigins(39, 12)).toEqual([27])
    expect(validationOrigins(12, 12)).toEqual([])
  })
})

describe("blocksOfFits()", () => {
  it("pairs the newest blocks, and leaves an odd one to the oldest fit", () => {
    expect(blocksOfFits([21, 25, 29, 33])).toEqual([[21, 25], [29, 33]])
    expect(blocksOfFits([17, 21, 25])).toEqual([[17], [21, 25]])
    expect(blocksOfFits([27])).toEqual([[27]])
    expect(blocksOfFits([])).toEqual([])
  })
})
