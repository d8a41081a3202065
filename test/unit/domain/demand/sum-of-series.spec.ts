import { createPathDraws } from "../../../../src/domain/demand/path-draws"
import { bandOfPeriod, bandOfSum, storedBand, sumPaths, swingRatio, type SeriesForecast } from "../../../../src/domain/demand/sum-of-series"
import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import { aUniformForecast } from "../../../support/demand-builders"

const PATHS = 4000
const draws = createPathDraws({ paths: PATHS, seed: 1 })
/** Uniform between 0 and twice the mean in each period. */
const uniform = (means: readonly number[], correlation = 0): SeriesForecast => ({ ...aUniformForecast(means), correlation })
const numbered = (series: SeriesForecast[], first = 0) => series.map((forecast, index) => ({ forecast, index: first + index }))
const Z90 = 1.2815515655

describe("sums of series", () => {
  it("give a single series its own quantiles", () => {
    const one = uniform([10, 20])
    const paths = sumPaths(numbered([one]), 2, draws)
    const band = bandOfPeriod(paths, one.mean, 1, 1, draws)
    expect([band.mean, band.low / 4, band.high / 36]).toEqual([20, expect.closeTo(1, 2), expect.closeTo(1, 2)])
    expect(storedBand(one, 1)).toEqual({ mean: 20, low: 4, high: 36 })
  })

  // a uniform number on [0, 20] has variance 400/12; the sum of n independent ones is near normal
  it.each([16, 400])("are as narrow as %i independent series are together, not as wide as their quantiles added up", (count) => {
    const series = Array.from({ length: count }, () => uniform([10]))
    const band = bandOfPeriod(sumPaths(numbered(series), 1, draws), [10 * count], 1, 0, draws)
    const halfWidth = Z90 * Math.sqrt((count * 400) / 12)
    expect(band.mean).toBe(10 * count)
    expect((band.high - band.low) / (2 * halfWidth)).toBeGreaterThan(0.93)
    expect((band.high - band.low) / (2 * halfWidth)).toBeLessThan(1.07)
    expect(band.high).toBeLessThan(18 * count)
  })

  // each series sells 0 at eleven of fifteen levels though 0.5 a week on average: what is drawn has a lower mean
  it("lie around the sum of the means, though quantiles draw another mean; a single series stays as it is stored", () => {
    const rare = (): SeriesForecast => ({ mean: [0.5], quantiles: QUANTILE_LEVELS.map((level) => (level < 0.8 ? 0 : 1)), correlation: 0 })
    const meanOf = (paths: Float64Array) => paths.reduce((sum, units) => sum + units, 0) / paths.length
    const many = sumPaths(numbered(Array.from({ length: 100 }, rare)), 1, draws)
    expect(meanOf(many)).toBeCloseTo(50, 6)
    const one = meanOf(sumPaths(numbered([rare()]), 1, draws))
    expect(one).toBeGreaterThan(0.2)
    expect(one).toBeLessThan(0.35)
  })

  it("widen a sum of periods by the stored correlation", () => {
    const width = (correlation: number) => {
      const one = uniform([10, 10, 10, 10], correlation)
      const { low, high } = bandOfSum(sumPaths(numbered([one]), 4, draws), one.mean, 1, 4, draws)
      return high - low
    }
    expect(width(0.75)).toBeGreaterThan(1.4 * width(0))
  })

  it("count a part of the last period, and repeat the last week behind the horizon", () => {
    const sure: SeriesForecast = { mean: [10, 20], quantiles: [10, 20].flatMap((units) => QUANTILE_LEVELS.map(() => units)), correlation: 0 }
    const paths = sumPaths(numbered([sure]), 3, draws)
    expect(bandOfSum(paths, sure.mean, 1, 2.5, draws)).toEqual({ mean: 40, low: 40, high: 40 }) // 10 + 20 + ½ · 20
  })

  it("widen by the root of the swing, and stay at or above 0", () => {
    const series = Array.from({ length: 25 }, () => uniform([10]))
    const paths = sumPaths(numbered(series), 1, draws)
    const [narrow, wide] = [bandOfPeriod(paths, [250], 1, 0, draws), bandOfPeriod(paths, [250], 4, 0, draws)]
    expect((wide.high - wide.low) / (narrow.high - narrow.low)).toBeCloseTo(2, 6)
    expect(bandOfPeriod(paths, [250], 1e6, 0, draws).low).toBe(0)
  })

  it("are the same whatever else is asked for, by the series' number", () => {
    const one = uniform([10, 10])
    expect(sumPaths(numbered([one], 77), 2, draws)).toEqual(sumPaths(numbered([one], 77), 2, draws))
    expect(sumPaths(numbered([one], 77), 1, draws)).toEqual(sumPaths(numbered([one], 77), 2, draws).slice(0, PATHS))
    expect(sumPaths([], 2, draws)).toEqual(new Float64Array(2 * PATHS))
  })
})

describe("swingRatio()", () => {
  const zigzag = Array.from({ length: 20 }, (_, week) => (week % 2 === 0 ? 10 : 12))
  const mirrored = zigzag.map((units) => 22 - units)

  it("is the number of series where all move as one", () => expect(swingRatio([zigzag, zigzag, zigzag])).toBeCloseTo(3, 12)) // (3Δ)² / 3Δ²
  it("is 1 where one takes what the other gives, though their sum does not move at all", () => expect(swingRatio([zigzag, mirrored])).toBe(1))
  it("is 1 for one series, for a short history and where nothing moves", () => {
    expect(swingRatio([zigzag])).toBe(1)
    expect(swingRatio([zigzag.slice(0, 11), zigzag.slice(0, 11)])).toBe(1)
    expect(swingRatio([new Array<number>(20).fill(3), new Array<number>(20).fill(4)])).toBe(1)
  })
  it("lines histories up by their last week and skips what nobody knows", () => {
    const gaps = zigzag.map((units, week) => (week < 15 ? NaN : units))
    // 19 weeks of Δ² = 4 apart: 19 + 4 of the second; together: 15 weeks Δ, 4 weeks 2Δ → (15 + 16) / 23
    expect(swingRatio([zigzag, gaps])).toBeCloseTo(31 / 23, 12)
    expect(swingRatio([zigzag, gaps.slice(10)])).toBeCloseTo(31 / 23, 12)
  })
})
