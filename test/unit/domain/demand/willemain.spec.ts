import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import { willemain } from "../../../../src/domain/demand/willemain"
import { createRandom } from "../../../../src/domain/random"
import { aPanel, aSeries } from "../../../support/demand-builders"
import { referencePanel } from "../../../support/reference-panel"

const column = (level: number) => QUANTILE_LEVELS.indexOf(level as 0.5)

describe("willemain", () => {
  // A million futures by numpy with normal noise (test/support/member-references.py); ours are 400, so that the mean is off by a twentieth of the deviation
  it.each([
    [1, 14.28, 7.71, 13, 25],
    [3, 35.34, 15.93, 34, 57],
    [5, 51.33, 24.25, 50, 84],
  ])("sums four weeks of item %p of the reference panel as numpy does, within three standard errors", (item, mean, deviation, median, high) => {
    const sum = willemain.forecast(referencePanel(), 60, 4, [4])[item]?.sums?.[0]
    expect(Math.abs((sum?.mean ?? NaN) - mean)).toBeLessThan((3 * deviation) / 20)
    expect(Math.abs((sum?.quantiles[column(0.5)] ?? NaN) - median)).toBeLessThan((3 * 1.25 * deviation) / 20) // a median scatters 1.25 times as much as a mean
    expect(Math.abs((sum?.quantiles[column(0.9)] ?? NaN) - high)).toBeLessThan((3 * 1.7 * deviation) / 20) // of a normal distribution
  })
  it("sells as often and as much as before", () => {
    // A sale of 9 in a third of the periods: mean 3 a period, within draws and jitter (1 + ⌊9 + 3z⌋ is 9.5 on average)
    const random = createRandom(1)
    const series = aSeries(Array.from({ length: 78 }, () => (random() < 1 / 3 ? 9 : 0)))
    const share = series.units.filter((units) => units > 0).length / 78
    const [forecast] = willemain.forecast(aPanel([series]), 78, 6, [6])
    expect(Math.abs((forecast?.sums?.[0]?.mean ?? 0) - 6 * 9.5 * share)).toBeLessThan(3)
    expect(forecast?.quantiles[column(0.5)]).toBe(0)
    expect(forecast?.quantiles[column(0.9)]).toBeGreaterThan(5)
  })
  it("knows that sales come in runs", () => {
    // Six periods with, six without a sale: after a sale the next period sells in five of six.
    const runs = aSeries(Array.from({ length: 78 }, (_, period) => (Math.floor(period / 6) % 2 ? 0 : 5)))
    const after = (origin: number) => willemain.forecast(aPanel([runs]), origin, 1)[0]?.quantiles[column(0.5)] ?? NaN
    expect(after(75)).toBeGreaterThan(0)
    expect(after(70)).toBe(0)
  })
})
