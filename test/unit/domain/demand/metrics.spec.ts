import { MetricSums, pinball } from "../../../../src/domain/demand/metrics"
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
})
