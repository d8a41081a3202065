import * as tf from "@tensorflow/tfjs"
import { longRunLevel } from "../../../src/domain/demand/explain/long-run-level"
import { QUANTILE_LEVELS } from "../../../src/domain/demand/types"
import { startBackend } from "../../../src/learning/backend"
import { DemandNet, initialDemandNetWeights } from "../../../src/learning/demand-net"
import { demandNetSpec } from "../../../src/learning/demand-net-spec"
import { smallPanel } from "../../support/demand-panels"

const LEVELS = QUANTILE_LEVELS.length
const ORIGIN = 50

describe("DemandNet", () => {
  const panel = smallPanel()
  const spec = demandNetSpec(panel, ORIGIN, 4)
  const net = new DemandNet(spec, initialDemandNetWeights(spec, 7))
  beforeAll(() => startBackend("wasm"))

  it("gives every series quantiles that ascend from 0 up, and a mean between the outer ones", () => {
    const forecasts = net.forecast(panel, ORIGIN, 4)
    expect(forecasts.map(({ seriesId }) => seriesId)).toEqual(panel.series.map(({ seriesId }) => seriesId))
    for (const { mean, quantiles } of forecasts) {
      expect([mean.length, quantiles.length]).toEqual([4, 4 * LEVELS])
      for (let ahead = 0; ahead < 4; ahead += 1) {
        const row = [...quantiles.subarray(ahead * LEVELS, (ahead + 1) * LEVELS)]
        expect(row[0]).toBeGreaterThanOrEqual(0)
        expect(row).toEqual([...row].sort((a, b) => a - b))
        expect(mean[ahead]).toBeGreaterThan(row[0] as number)
        expect(mean[ahead]).toBeLessThan(row[LEVELS - 1] as number)
      }
    }
  })

  it("explains its forecast by leaving inputs out, with parts that sum to it", () => {
    const forecasts = net.forecast(panel, ORIGIN, 4)
    const parts = net.explain(panel, ORIGIN, 4, { periods: 3, which: [2, 0] })
    const sums = parts.map((part) => Object.values(part).reduce((sum, units) => sum + units, 0))
    const expected = [2, 0].map((at) => forecasts[at]!.mean.subarray(0, 3).reduce((sum, units) => sum + units, 0) - 3 * longRunLevel(panel.series[at]!, ORIGIN, "week").demand)
    sums.forEach((sum, at) => expect(sum).toBeCloseTo(expected[at]!, 4)) // the net counts in 32 bits
    expect(parts.every(({ calendar }) => calendar === 0)).toBe(true) // it knows no holidays
    expect(parts.some(({ other }) => Math.abs(other) > 1e-6)).toBe(true) // but the categories
  })

  it("cuts the horizon without changing what is nearer", () => {
    const [long] = net.forecast(panel, ORIGIN, 4)
    const [short] = net.forecast(panel, ORIGIN, 2)
    expect(short?.quantiles).toEqual(long?.quantiles.slice(0, 2 * LEVELS))
  })

  it("reads nothing from the origin on", () => {
    const other = smallPanel()
    for (const series of other.series) series.units.fill(5000, ORIGIN)
    expect(net.forecast(other, ORIGIN, 4)).toEqual(net.forecast(panel, ORIGIN, 4))
  })

  it("forecasts zero history without a number that is not finite", () => {
    const empty = smallPanel()
    for (const series of empty.series) series.units.fill(NaN)
    expect(net.forecast(empty, ORIGIN, 4).every(({ mean }) => mean.every(Number.isFinite))).toBe(true)
  })

  it("says which horizon and frequency it was trained for", () => {
    expect(() => net.forecast(panel, ORIGIN, 5)).toThrow("up to 4 periods of a week; asked for 5 periods of a week")
    expect(() => net.forecast({ ...panel, frequency: "day" }, ORIGIN, 4)).toThrow("asked for 4 periods of a day")
  })

  it("names the weight whose numbers do not fit", () => {
    expect(() => new DemandNet(spec, [new Float32Array(3)]).forecast(panel, ORIGIN, 4)).toThrow("lstm_input has 3 numbers; expected 2560")
  })

  it("leaves no tensor behind", () => {
    const before = tf.memory().numTensors
    net.forecast(panel, ORIGIN, 4)
    expect(tf.memory().numTensors).toBe(before)
  })
})
