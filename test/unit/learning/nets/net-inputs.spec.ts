import type { DemandPanel } from "../../../../src/domain/demand/types"
import { aheadInputs, NetInputs, periodInputs } from "../../../../src/learning/nets/net-inputs"
import { netSpec } from "../../../../src/learning/nets/net-spec"
import { SERIES_INPUTS } from "../../../../src/learning/nets/series-past"
import { aPanel, aSeries } from "../../../support/demand-builders"

const WEEKS = 20
const ORIGIN = 12

/** Four series of 4 a week; the first sells 12 in week 11, is unknown in week 10 and costs 20 instead of 10 from week 11 on. */
function somePanel(): DemandPanel {
  const steady = () => aSeries(new Array<number>(WEEKS).fill(4), { category: "a" })
  const panel = aPanel([steady(), steady(), steady(), { ...steady(), category: "b" }])
  const [first] = panel.series
  first?.units.set([NaN, 12], 10)
  first?.price.fill(20, 11)
  panel.known = [{ name: "promotion", values: panel.series.map((_, index) => Float64Array.from({ length: WEEKS + 4 }, (_, week) => (index === 0 && week === ORIGIN + 1 ? 2 : 0))) }]
  panel.known[0]?.values[1]?.set([4], 3)
  panel.statics = [{ name: "brand", values: ["x", "x", "x", "y"] }]
  return panel
}

describe("NetInputs", () => {
  const panel = somePanel()
  const spec = { ...netSpec("mlp", panel, ORIGIN, 2, [1, 2]), settings: { alpha: 0.5, ownSeason: null, floor: 0.05 } }
  const inputs = new NetInputs(panel, spec)
  const batch = inputs.batch(panel.series, [ORIGIN, ORIGIN, ORIGIN, 3])
  const past = (row: number, back: number) => {
    const width = periodInputs(spec)
    const start = ((spec.context - back) * batch.size + row) * width
    return [...batch.past.subarray(start, start + width)]
  }

  it("forecasts two weeks and their sum, with a vector for what three series share", () => {
    expect(spec.windows).toEqual([{ from: 0, to: 1 }, { from: 1, to: 2 }, { from: 0, to: 2 }])
    expect(spec.categorical).toEqual([])
    expect(netSpec("mlp", { ...panel, statics: [{ name: "brand", values: ["x", "x", "x", null] }], series: [...panel.series] }, ORIGIN, 2, []).known).toEqual([{ name: "promotion", largest: 4 }])
  })

  // weights 0.5 and halves of the past: the mean of 4 (eleven weeks known) and 12, weighted 0.5 / (1 − 0.5¹²) … = (0.5·4·(1 − 0.5¹⁰) + 0.5·12) / (1 − 0.5¹¹)
  it("refers to the smoothed level", () => {
    const level = (0.5 * 4 * (1 - 0.5 ** 10) + 0.5 * 12) / (1 - 0.5 ** 11)
    expect(inputs.level(panel.series[0]!, ORIGIN)).toBeCloseTo(level, 4)
    expect([...batch.scale.subarray(0, 3)].map((scale) => Math.abs(scale - level) < 1e-3)).toEqual([true, true, true])
    // newest: 12 over the level, sold, known; the category sold 20 (shop 24) against means of 34/3 … ; price 20 against a mean of 130 / 12; no promotion
    const [ratio, sold, known, category, shop, price, promotion] = past(0, 1)
    expect(ratio).toBeCloseTo(Math.log1p(12 / level), 5)
    expect([sold, known, promotion]).toEqual([1, 1, 0])
    expect(category).toBeCloseTo(Math.log(21 / (1 + (10 * 12 + 8 + 20) / 12)), 5)
    expect(shop).toBeCloseTo(Math.log(25 / (1 + (10 * 16 + 12 + 24) / 12)), 5)
    expect(price).toBeCloseTo(Math.log(20 / (130 / 12)), 5)
  })

  it("says of an unknown week that it is unknown, and nothing of weeks before the first", () => {
    expect(past(0, 2).slice(0, 3)).toEqual([0, 0, 0])
    expect(past(3, 4)).toEqual(new Array<number>(periodInputs(spec)).fill(0))
  })

  // beginning and length over the horizon, then the promotion over the largest one known before the limit: 2 of 4 in week 13, so half of it over both weeks
  it("says of each target when it is, how long, and what is known ahead", () => {
    const width = aheadInputs(spec)
    const targets = [0, 1, 2].map((which) => [...batch.ahead.subarray(which * width, (which + 1) * width)])
    expect(targets).toEqual([[0, 0, 0], [0.5, 0, 0.5], [0, 0.5, 0.25]])
  })

  it("does not read what was planned only later", () => {
    const before = panel.known![0]!.values.map((values) => values.map((value, week) => (week === ORIGIN + 1 ? 0 : value)))
    const since = panel.series.map(() => Int32Array.from({ length: WEEKS + 4 }, (_, week) => (week === ORIGIN + 1 ? ORIGIN + 1 : 0)))
    const aheadOf = (known: DemandPanel["known"]) => new NetInputs({ ...panel, known: known! }, spec).batch(panel.series.slice(0, 1), [ORIGIN]).ahead
    expect(aheadOf([{ ...panel.known![0]!, since }])).toEqual(aheadOf([{ name: "promotion", values: before }]))
    expect(aheadOf(panel.known)).not.toEqual(aheadOf([{ name: "promotion", values: before }]))
  })

  it("reads nothing at or after the origin but what is known ahead", () => {
    const spiked = somePanel()
    for (const { units, price } of spiked.series) {
      units.fill(1e6, ORIGIN)
      price.fill(1e6, ORIGIN)
    }
    expect(new NetInputs(spiked, spec).batch(spiked.series, [ORIGIN, ORIGIN, ORIGIN, 3])).toEqual(batch)
  })

  it("is finite where nothing was ever known", () => {
    const unknown = aPanel([aSeries(new Array<number>(WEEKS).fill(NaN))])
    const { past: values, fixed, ahead, scale } = new NetInputs(unknown, { ...spec, known: [] }).batch(unknown.series, [ORIGIN])
    expect(fixed).toHaveLength(SERIES_INPUTS)
    expect([...values, ...fixed, ...ahead, ...scale].every(Number.isFinite)).toBe(true)
    expect(scale.every((units) => units > 0)).toBe(true)
  })
})
