import { negativeBinomialForecasts } from "../../../../src/domain/demand/negative-binomial"
import { negativeBinomialQuantiles } from "../../../../src/domain/demand/negative-binomial-quantiles"
import { aPanel, aSeries } from "../../../support/demand-builders"

const always = (value: number) => ({ at: () => value, scale: null })
const quantilesOf = (mean: number, dispersion: number) => {
  const into = new Float64Array(15)
  negativeBinomialQuantiles(mean, dispersion, into, 0)
  return [...into]
}

describe("negativeBinomialForecasts()", () => {
  // Forecast 10, sold 4 and 16 in turn: Σ((y − f)² − f) / Σf² = (36 − 10) / 100 = 0.26 for every item, so shrinking changes nothing.
  const swinging = aSeries(Array.from({ length: 40 }, (_, period) => (period % 2 ? 16 : 4)))

  it("takes the dispersion of the items' own errors by moments", () => {
    const [forecast] = negativeBinomialForecasts(aPanel([swinging, swinging]), 40, 2, [always(10), always(10)])
    expect([...(forecast?.quantiles ?? [])]).toEqual([...quantilesOf(10, 0.26), ...quantilesOf(10, 0.26)])
    expect([...(forecast?.mean ?? [])]).toEqual([10, 10])
  })
  it("takes that of sums from sums: here opposite periods cancel", () => {
    // Sums over 2 are always 20 = 2 · 10: no more than the least dispersion.
    const [forecast] = negativeBinomialForecasts(aPanel([swinging, swinging]), 40, 2, [always(10), always(10)], [2, 5])
    expect(forecast?.sums).toHaveLength(1)
    expect([...(forecast?.sums?.[0]?.quantiles ?? [])]).toEqual(quantilesOf(20, 1e-4))
  })
  it("shrinks an item's dispersion to that of items of its size", () => {
    // 39 steady items with 0 known excess (1e-4) and a wild one: (40 · 0.26 + 8 · 1e-4) / 48
    const steady = aSeries(new Array<number>(40).fill(10))
    const forecasts = negativeBinomialForecasts(
      aPanel([swinging, ...new Array<typeof steady>(39).fill(steady)]),
      40,
      1,
      Array.from({ length: 40 }, () => always(10))
    )
    expect([...(forecasts[0]?.quantiles ?? [])]).toEqual(quantilesOf(10, (40 * 0.26 + 8e-4) / 48))
  })
  it("is as wide as a geometric distribution where nothing is known, and 0 for a forecast of 0", () => {
    const forecasts = negativeBinomialForecasts(aPanel([aSeries([NaN, NaN]), aSeries([0, 0])]), 2, 1, [always(3), always(0)])
    expect([...(forecasts[0]?.quantiles ?? [])]).not.toContain(NaN)
    expect(Math.max(...(forecasts[1]?.quantiles ?? [1]))).toBe(0)
  })
})
