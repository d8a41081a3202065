import { calibrated, levelFactors } from "../../../../src/domain/demand/calibrate-levels"
import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import { aPanel, aSeries, aSureForecast } from "../../../support/demand-builders"

const SERIES = 2000
const column = (level: number) => QUANTILE_LEVELS.indexOf(level as 0.5)
/** Forecast 10 for sure; sold 12 in the one period after origin 2. */
const panel = aPanel(Array.from({ length: SERIES }, () => aSeries([10, 10, 12, 99])))
const NOT_AT_ALL = { median: 0, spread: 0 }
const FULLY = { median: 1, spread: 1 }
const sums = [{ periods: 1, mean: 10, quantiles: aSureForecast([10]).quantiles }]
const past = [{ origin: 2, forecasts: panel.series.map(({ seriesId }) => ({ ...aSureForecast([10], seriesId), sums })) }]

describe("levelFactors()", () => {
  it("finds what would have made the earlier forecasts best, and trusts it in part", () => {
    // every ratio is 1.2; 2,000 targets are trusted 2000 / 2200 of the way: 1.2^(0.5 · 2000/2200)
    const factors = levelFactors(panel, past, 3, [1], { median: 0.5, spread: 0 })
    expect(factors.periods[column(0.5)]).toBeCloseTo(1.2 ** ((0.5 * 2000) / 2200), 12)
    expect(factors.sums[0]?.factors[column(0.9)]).toBeCloseTo(1.2 ** ((0.5 * 2000) / 2200), 12)
    expect(levelFactors(panel, past, 3, [1], NOT_AT_ALL).periods).toEqual(new Float64Array(QUANTILE_LEVELS.length).fill(1))
  })

  it("trusts the spread apart from the median", () => {
    // a third each sold 9, 12 and 13 where 10 was forecast: the ratios at 0.1, 0.5 and 0.9 are 0.9, 1.2 and 1.3
    const mixed = aPanel(Array.from({ length: 1800 }, (_, index) => aSeries([10, 10, [9, 12, 13][index % 3] ?? 0])))
    const { periods } = levelFactors(mixed, past.map(({ origin, forecasts }) => ({ origin, forecasts: forecasts.slice(0, 1800) })), 3, [], { median: 0.25, spread: 0.5 })
    const share = 1800 / 2000
    expect(periods[column(0.5)]).toBeCloseTo(1.2 ** (0.25 * share), 12)
    expect(periods[column(0.9)]).toBeCloseTo(1.2 ** (0.25 * share) * (1.3 / 1.2) ** (0.5 * share), 12)
    expect(periods[column(0.1)]).toBeCloseTo(1.2 ** (0.25 * share) * (0.9 / 1.2) ** (0.5 * share), 12)
  })

  it("reads nothing at or after the limit", () => {
    const longer = [{ origin: 2, forecasts: panel.series.map(({ seriesId }) => aSureForecast([10, 10], seriesId)) }]
    expect(levelFactors(panel, longer, 3, [], FULLY)).toEqual(levelFactors(panel, past, 3, [], FULLY))
  })

  it("never leaves 0.7 … 1.4, and says 1 where nothing is known", () => {
    const wild = aPanel(Array.from({ length: SERIES }, () => aSeries([10, 10, 500])))
    expect(levelFactors(wild, past, 3, [], FULLY).periods[column(0.5)]).toBeCloseTo(1.4 ** (2000 / 2200), 12)
    expect(levelFactors(wild, [], 3, [], FULLY).periods).toEqual(new Float64Array(QUANTILE_LEVELS.length).fill(1))
  })
})

describe("calibrated()", () => {
  it("scales each level by its factor and keeps levels ascending", () => {
    const periods = Float64Array.from(QUANTILE_LEVELS, (level) => (level === 0.5 ? 2 : 1))
    const { quantiles } = calibrated(aSureForecast([10]), { periods, sums: [] })
    expect([0.4, 0.5, 0.6].map((level) => quantiles[column(level)])).toEqual([10, 20, 20])
  })

  it("scales sums by factors of their own", () => {
    const ones = new Float64Array(QUANTILE_LEVELS.length).fill(1)
    const forecast = { ...aSureForecast([10, 10]), sums: [{ periods: 2, mean: 20, quantiles: ones.map(() => 20) }] }
    const out = calibrated(forecast, { periods: ones, sums: [{ periods: 2, factors: ones.map(() => 1.1) }] })
    expect(out.mean).toEqual(Float64Array.of(10, 10))
    expect(out.sums?.[0]?.mean).toBeCloseTo(22, 12)
    expect(out.sums?.[0]?.quantiles[7]).toBeCloseTo(22, 12)
  })
})
