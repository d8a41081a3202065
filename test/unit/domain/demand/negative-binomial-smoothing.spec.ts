import { negativeBinomialSmoothing } from "../../../../src/domain/demand/negative-binomial-smoothing"
import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import { createRandom } from "../../../../src/domain/random"
import { aPanel, aSeries } from "../../../support/demand-builders"
import { referencePanel } from "../../../support/reference-panel"

const column = (level: number) => QUANTILE_LEVELS.indexOf(level as 0.5)
/** Counts of mean 6: Poisson, or with a rate that is itself drawn from a gamma distribution of shape 2, which makes the variance 6 + 36 / 2 = 4 · 6. */
const counts = (mixed: boolean, seed: number) => {
  const random = createRandom(seed)
  return aSeries(
    Array.from({ length: 60 }, () => {
      const rate = mixed ? -3 * Math.log(random()) - 3 * Math.log(random()) : 6
      let units = 0
      for (let chance = random(); chance > Math.exp(-rate); chance *= random()) units++
      return units
    })
  )
}

describe("negativeBinomialSmoothing", () => {
  // α and ω by scipy 1.17.1's nbinom.logpmf, quantiles of two weeks by its nbinom.ppf (test/support/member-references.py)
  it("says of the reference panel what scipy's likelihood and quantiles say", () => {
    const forecasts = negativeBinomialSmoothing.forecast(referencePanel(), 60, 2, [2])
    ;[1.5846, 3.4165, 7.0393, 8.5432, 14.5969, 15.0275, 21.829, 17.7896, 25.1814, 18.1036, 31.3887, 27.175].forEach((value, item) => expect(forecasts[item]?.mean[1]).toBeCloseTo(value, 4))
    expect(forecasts.map(({ sums }) => [0.1, 0.5, 0.9].map((level) => sums?.[0]?.quantiles[column(level)]))).toEqual([[1, 3, 6], [0, 5, 16], [8, 14, 21], [0, 10, 43], [16, 28, 44], [0, 14, 82], [28, 42, 61], [1, 18, 94], [33, 49, 69], [1, 19, 95], [31, 59, 100], [4, 35, 130]])
  })
  it.each([
    // scipy 1.17.1: poisson.ppf([0.05, 0.95], 6), nbinom.ppf([0.05, 0.95], 2, 0.25)
    [false, 2, 10],
    [true, 0, 16],
  ])("finds how much wider than a Poisson count demand is (mixed: %p)", (mixed, low, high) => {
    const panel = aPanel(Array.from({ length: 40 }, (_, index) => counts(mixed, index)))
    const forecasts = negativeBinomialSmoothing.forecast(panel, 60, 1)
    const average = (level: number) => forecasts.reduce((sum, { quantiles }) => sum + (quantiles[column(level)] ?? 0), 0) / forecasts.length
    expect(Math.abs(average(0.05) - low)).toBeLessThan(1.2)
    expect(Math.abs(average(0.95) - high)).toBeLessThan(2)
  })
  it("widens with every step ahead, and sums more than in proportion", () => {
    // A level that wanders, so that α is large.
    const random = createRandom(3)
    let level = 40
    const wandering = aSeries(Array.from({ length: 60 }, () => Math.round((level = Math.max(5, level + 16 * (random() - 0.5))))))
    const [forecast] = negativeBinomialSmoothing.forecast(aPanel([wandering]), 60, 6, [1, 6])
    const width = (quantiles: Float64Array | undefined, row = 0) => (quantiles?.[row * 15 + column(0.95)] ?? 0) - (quantiles?.[row * 15 + column(0.05)] ?? 0)
    expect(width(forecast?.quantiles, 5)).toBeGreaterThan(width(forecast?.quantiles, 0))
    expect(width(forecast?.sums?.[1]?.quantiles)).toBeGreaterThan(Math.sqrt(6) * width(forecast?.sums?.[0]?.quantiles))
  })
})
