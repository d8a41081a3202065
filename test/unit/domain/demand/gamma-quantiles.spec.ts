import { gammaQuantiles, regularizedGamma } from "../../../../src/domain/demand/gamma-quantiles"

describe("regularizedGamma()", () => {
  // scipy.special.gammainc, scipy 1.17.1
  it.each([
    [2.5, 1, 0.15085496391539038],
    [2.5, 6, 0.9652122194937581],
    [300, 310, 0.7224887541718611],
  ])("of shape %p at %p", (shape, x, expected) => expect(regularizedGamma(shape, x)).toBeCloseTo(expected, 9))
  it("is 0 at and below 0", () => expect([regularizedGamma(2, 0), regularizedGamma(2, -1)]).toEqual([0, 0]))
})

describe("gammaQuantiles()", () => {
  // scipy.stats.gamma.ppf(QUANTILE_LEVELS, shape, scale=mean / shape), scipy 1.17.1
  it.each([
    [1, 0.5, [0.000157, 0.000982, 0.003932, 0.015791, 0.064185, 0.148472, 0.274996, 0.454936, 0.708326, 1.074194, 1.642374, 2.705543, 3.841459, 5.023886, 6.634897]],
    [1, 3.7, [0.188861, 0.25429, 0.322953, 0.417935, 0.557944, 0.677358, 0.792477, 0.911497, 1.041985, 1.194737, 1.391346, 1.697006, 1.979326, 2.246751, 2.584662]],
    [10, 400, [8.873711, 9.043907, 9.192029, 9.364815, 9.576943, 9.731882, 9.86559, 9.991668, 10.118815, 10.256037, 10.418197, 10.64589, 10.836393, 11.003442, 11.199803]],
  ])("of mean %p and shape %p, within 1e-4", (mean, shape, expected) => {
    const quantiles = new Float64Array(15)
    gammaQuantiles(mean, shape, quantiles, 0)
    expected.forEach((value, level) => expect(Math.abs((quantiles[level] ?? 0) - value)).toBeLessThan(1e-4 * mean))
  })
})
