import { MetricSums, naiveScale, pinball } from "../../../../src/domain/demand/metrics"
import { aSureForecast } from "../../../support/demand-builders"

describe("pinball()", () => {
  it("weighs what was missed by the level and what was too much by its rest", () => {
    expect(pinball(0.9, 10, 8)).toBeCloseTo(1.8, 12) // 0.9 · 2
    expect(pinball(0.9, 8, 10)).toBeCloseTo(0.2, 12) // 0.1 · 2
  })
})

describe("MetricSums", () => {
  it("computes every figure of a hand-worked example", () => {
    const sums = new MetricSums()
    sums.addPeriods(aSureForecast([10, 10]), Float64Array.of(14, 8))
    sums.addSum(22, new Float64Array(9).fill(20))
    const { wql, wape, bias, sumWql, coverage90 } = sums.metrics()
    // Σq = 4.5, Σ(1 − q) = 4.5: pinball 4 · 4.5 + 2 · 4.5 = 27; 2 · 27 / (9 · 22)
    expect(wql).toBeCloseTo(54 / 198, 12)
    expect(wape).toBeCloseTo(6 / 22, 12)
    expect(bias).toBeCloseTo((-4 + 2) / 22, 12)
    expect(sumWql).toBeCloseTo((2 * 2 * 4.5) / (9 * 22), 12)
    expect(coverage90).toBe(0) // 22 > 20
  })

  it("leaves unknown periods out", () => {
    const sums = new MetricSums()
    sums.addPeriods(aSureForecast([10, 10]), Float64Array.of(NaN, 8))
    expect(sums.metrics().wape).toBeCloseTo(2 / 8, 12)
  })

  it("forms ratios of sums, so that large items weigh by their units", () => {
    const small = new MetricSums()
    small.addPeriods(aSureForecast([2]), Float64Array.of(1)) // 100% off
    const large = new MetricSums()
    large.addPeriods(aSureForecast([99]), Float64Array.of(99))
    expect(small.add(large).metrics().wape).toBeCloseTo(1 / 100, 12)
  })

  it("is 0 where nothing was sold and nothing forecast", () => {
    const sums = new MetricSums()
    sums.addPeriods(aSureForecast([0]), Float64Array.of(0))
    expect(sums.metrics()).toMatchObject({ wql: 0, wape: 0, bias: 0, sumWql: 0 })
  })

  // the example of ../shared/score/score.py --selftest: 0 2 4 | 3 5, all forecasts 4; scale 2, squares 4
  it("computes MASE, RMSSE and calibration of the scorer's hand-worked example", () => {
    const units = Float64Array.of(0, 2, 4, 3, 5)
    const sums = new MetricSums()
    sums.addPeriods(aSureForecast([4, 4]), units.subarray(3), naiveScale(units, 3))
    expect(sums.metrics()).toMatchObject({ mase: 0.5, rmsse: 0.5, wql: expect.closeTo(0.25, 12), wape: expect.closeTo(0.25, 12), bias: 0 })
    expect(sums.calibration()).toHaveLength(10)
    for (const { below, atOrBelow } of sums.calibration()) expect([below, atOrBelow]).toEqual([0.5, 0.5]) // 3 lies below 4, 5 above
  })

  it("means MASE over series and origins, each with its own scale, and skips those that never changed", () => {
    const sums = new MetricSums()
    sums.addPeriods(aSureForecast([4]), Float64Array.of(6), { absolute: 2, squared: 4 }) // 1 and 1
    sums.addPeriods(aSureForecast([4]), Float64Array.of(4), { absolute: 2, squared: 4 }) // 0 and 0
    sums.addPeriods(aSureForecast([4]), Float64Array.of(9), { absolute: 0, squared: 0 })
    sums.addPeriods(aSureForecast([4]), Float64Array.of(9), { absolute: NaN, squared: NaN })
    expect(sums.metrics()).toMatchObject({ mase: 0.5, rmsse: 0.5 })
    expect(new MetricSums().metrics()).toMatchObject({ mase: null, rmsse: null })
  })

  it("tells demand below a quantile from demand at it", () => {
    const sums = new MetricSums()
    sums.addPeriods(aSureForecast([0, 0, 2, 2]), Float64Array.of(0, 0, 1, 3))
    // below: 1 < 2 alone; at or below: 0, 0 and 1
    expect(sums.calibration()[4]).toEqual({ level: 0.5, below: 0.25, atOrBelow: 0.75 })
  })
})

describe("naiveScale()", () => {
  it("begins with the first sale and leaves unknown periods out", () => {
    // 3 → 5 and 1 → 4: (2 + 3) / 2 and (4 + 9) / 2; 5 → NaN → 1 count for nothing
    expect(naiveScale(Float64Array.of(0, 0, 3, 5, NaN, 1, 4, 100), 7)).toEqual({ absolute: 2.5, squared: 6.5 })
  })
  it("is unknown where there are no two periods", () => expect(naiveScale(Float64Array.of(0, 3), 2).absolute).toBeNaN())
})
