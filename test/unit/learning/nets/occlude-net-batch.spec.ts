import { longRunLevel } from "../../../../src/domain/demand/explain/long-run-level"
import { startBackend } from "../../../../src/learning/backend"
import { initialWeights } from "../../../../src/learning/nets/net-decoder"
import { aheadInputs, periodInputs, type NetBatch } from "../../../../src/learning/nets/net-inputs"
import { netModel } from "../../../../src/learning/nets/net-model"
import { netSpec, type NetSpec } from "../../../../src/learning/nets/net-spec"
import { causesOf, withoutInputs } from "../../../../src/learning/nets/occlude-net-batch"
import { SERIES_INPUTS } from "../../../../src/learning/nets/series-past"
import { smallPanel } from "../../../support/demand-panels"

const spec: NetSpec = {
  ...{ name: "mlp", frequency: "day", horizon: 2, context: 4 },
  ...{ settings: { alpha: 0.5, ownSeason: 0.5, floor: 0.05 }, yearAgo: true, prices: true },
  windows: [{ from: 0, to: 1 }, { from: 1, to: 2 }],
  categorical: [{ name: null, values: ["a"] }],
  known: [{ name: "holidays", largest: 1 }, { name: "list_price", largest: 9 }],
}
/** Inputs of a past period: 5 of its own, sine and cosine, price, the two known columns. Of a target: where and how long, sine and cosine, three factors, two
 * of the year before, each known column now and a year ago. */
const [WIDTH, AHEAD] = [10, 13]

/** One series. Every input is 1 but for the known columns, 0, 2, 4, 6 in the past: 3 on average. */
function batch(): NetBatch {
  const past = new Float32Array(4 * WIDTH).fill(1)
  for (let period = 0; period < 4; period++) past.fill(2 * period, period * WIDTH + 8, period * WIDTH + 10)
  const ones = (length: number) => new Float32Array(length).fill(1)
  return { size: 1, past, fixed: ones(SERIES_INPUTS), categories: [Int32Array.of(1)], ahead: ones(2 * AHEAD), scale: ones(2) }
}
/** Columns in which a value differs. */
const changed = (one: Float32Array, other: Float32Array, width: number) =>
  [...Array(width).keys()].filter((column) => one.some((value, at) => at % width === column && value !== other[at]))

describe("withoutInputs() of a net", () => {
  it("knows the places of all inputs", () => {
    expect([periodInputs(spec), aheadInputs(spec)]).toEqual([WIDTH, AHEAD])
    expect(causesOf(spec)).toEqual(["season", "calendar", "price", "other"])
    expect(causesOf({ ...spec, prices: false, categorical: [], known: [] })).toEqual(["season"])
  })
  it("takes out the weekday, the factors it multiplies by and the year before", () => {
    const without = withoutInputs(spec, batch(), ["season"])
    expect(changed(batch().past, without.past, WIDTH)).toEqual([5, 6])
    expect(changed(batch().ahead, without.ahead, AHEAD)).toEqual([2, 3, 4, 5, 6, 7, 8])
    without.scale.forEach((scale) => expect(scale).toBeCloseTo(Math.exp(-1), 6)) // the log of the season was 1
  })
  it("sets what is known ahead to its mean of the past, by cause", () => {
    const holidays = withoutInputs(spec, batch(), ["calendar"])
    expect([...holidays.ahead.subarray(9)].slice(0, 4)).toEqual([3, 3, 1, 1])
    expect([holidays.past[8], holidays.past[9]]).toEqual([3, 0])
    const price = withoutInputs(spec, batch(), ["price"])
    expect(changed(batch().past, price.past, WIDTH)).toEqual([7, 9])
    expect([...price.ahead.subarray(9)].slice(0, 4)).toEqual([1, 1, 3, 3])
  })
  it("takes out the category, and changes nothing it was given", () => {
    const given = batch()
    expect([...withoutInputs(spec, given, ["season", "calendar", "price", "other"]).categories[0]!]).toEqual([0])
    expect(given).toEqual(batch())
  })
})

describe("a net's explanation", () => {
  it("sums to its forecast beside the long run", async () => {
    await startBackend("wasm")
    const panel = smallPanel({ series: 6, periods: 60 })
    const own = netSpec("mlp", panel, 60, 4, [])
    const net = netModel("mlp", { spec: own, weights: initialWeights(own, 3) })
    const forecasts = net.forecast(panel, 60, 4)
    net.explain!(panel, 60, 4, { periods: 3, which: [4, 1] }).forEach((parts, at) => {
      const index = [4, 1][at]!
      const expected = forecasts[index]!.mean.subarray(0, 3).reduce((sum, mean) => sum + mean, 0) - 3 * longRunLevel(panel.series[index]!, 60, "week").demand
      expect(Object.values(parts).reduce((sum, units) => sum + units, 0)).toBeCloseTo(expected, 4)
    })
  })
})
