import { negativeBinomialQuantiles } from "../../../../src/domain/demand/negative-binomial-quantiles"

const quantilesOf = (mean: number, dispersion: number) => {
  const into = new Float64Array(16).fill(-1)
  negativeBinomialQuantiles(mean, dispersion, into, 1)
  return [...into.slice(1)]
}

describe("negativeBinomialQuantiles()", () => {
  // scipy.stats.nbinom.ppf(QUANTILE_LEVELS, 1 / phi, 1 / (1 + phi * mean)), scipy 1.17.1
  it.each([
    [0.3, 0.5, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2]],
    [4, 0.25, [0, 0, 0, 1, 2, 2, 3, 3, 4, 5, 6, 8, 9, 11, 13]],
    [50, 1e-4, [34, 37, 39, 41, 44, 46, 48, 50, 52, 54, 56, 59, 62, 64, 67]],
    [900, 0.3, [149, 206, 267, 353, 481, 592, 700, 812, 935, 1080, 1268, 1562, 1835, 2094, 2423]],
    [3, 20, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 16, 34, 66]],
  ])("of mean %p and dispersion %p are scipy's", (mean, dispersion, expected) => expect(quantilesOf(mean, dispersion)).toEqual(expected))
  it("are a gamma distribution's above 1,000 units", () => {
    // scipy.stats.gamma.ppf([0.1, 0.5, 0.9], 5, scale=1000)
    const quantiles = quantilesOf(5000, 0.2)
    ;[2432.591, 4670.909, 7993.59].forEach((value, at) => expect(Math.abs((quantiles[[3, 7, 11][at] ?? 0] ?? 0) / value - 1)).toBeLessThan(1e-4))
  })
  it("are 0 for a mean of 0", () => expect(quantilesOf(0, 1)).toEqual(new Array<number>(15).fill(0)))
})
