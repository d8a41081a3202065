import { pooledForecasts } from "../../../../src/domain/demand/pooled-quantiles"
import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import { aPanel, aSeries } from "../../../support/demand-builders"

const column = (level: number) => QUANTILE_LEVELS.indexOf(level as 0.5)

describe("pooledForecasts()", () => {
  it("scales the ratios of the panel's own past to each series", () => {
    // Always forecast 10, sold 5, 10, 15 in turn: a third each of ratios 0.5, 1, 1.5.
    const series = aSeries(Array.from({ length: 60 }, (_, period) => 5 + 5 * (period % 3)))
    const [forecast] = pooledForecasts(aPanel([series, series]), 60, 1, [
      { at: () => 10, scale: null },
      { at: () => 10, scale: null },
    ])
    expect([0.3, 0.5, 0.7].map((level) => forecast?.quantiles[column(level)])).toEqual([5, 10, 15])
  })

  it("adds errors in units where the forecaster has a scale, so that a forecast of 0 still has a chance of sales", () => {
    // Naive forecast 0 for a series that sells 0, 0, 6 in turn; scale 2: errors in scale 0, 0, 3.
    const series = aSeries(Array.from({ length: 60 }, (_, period) => (period % 3 === 2 ? 6 : 0)))
    const [forecast] = pooledForecasts(aPanel([series, series]), 60, 1, [
      { at: () => 0, scale: 2 },
      { at: () => 0, scale: 2 },
    ])
    expect([0.3, 0.6, 0.7].map((level) => forecast?.quantiles[column(level)])).toEqual([0, 0, 6])
  })

  it("is as wide as an exponential distribution where the panel has no past", () => {
    const [forecast] = pooledForecasts(aPanel([aSeries([10, 10, 10])]), 3, 1, [{ at: () => 10, scale: null }])
    expect(forecast?.quantiles[column(0.5)]).toBeCloseTo(10 * Math.LN2, 10)
  })

  it("keeps series of unlike dispersion apart", () => {
    const steady = Array.from({ length: 50 }, () => aSeries(new Array<number>(40).fill(10)))
    const wild = Array.from({ length: 50 }, () => aSeries(Array.from({ length: 40 }, (_, period) => (period % 2 ? 20 : 0))))
    const forecasts = pooledForecasts(aPanel([...steady, ...wild]), 40, 1, [...steady, ...wild].map(() => ({ at: () => 10, scale: null })))
    expect(forecasts[0]?.quantiles[column(0.9)]).toBe(10)
    expect(forecasts[99]?.quantiles[column(0.9)]).toBe(20)
  })

  it("learns sums from sums, so that periods that go together make them wide", () => {
    // Forecast 10; sold 5 for two periods, then 15 for two: half of the sums over 2 are 20, a quarter each 10 and 30.
    const together = aSeries(Array.from({ length: 61 }, (_, period) => (period % 4 < 2 ? 5 : 15)))
    const point = [together, together].map(() => ({ at: () => 10, scale: null }))
    const [forecast] = pooledForecasts(aPanel([together, together]), 61, 2, point, [2, 3])
    expect(forecast?.sums).toHaveLength(1) // 3 periods are beyond the horizon
    expect(forecast?.sums?.[0]).toMatchObject({ periods: 2, mean: 20 })
    expect([0.1, 0.5, 0.9].map((level) => forecast?.sums?.[0]?.quantiles[column(level)])).toEqual([10, 20, 30])
  })

  it("gives no sums unless they are asked for", () => expect(pooledForecasts(aPanel([aSeries([1, 2])]), 2, 1, [{ at: () => 1, scale: null }])[0]?.sums).toBeUndefined())
})
