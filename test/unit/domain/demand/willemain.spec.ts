import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import { willemain } from "../../../../src/domain/demand/willemain"
import { createRandom } from "../../../../src/domain/random"
import { aPanel, aSeries } from "../../../support/demand-builders"

const column = (level: number) => QUANTILE_LEVELS.indexOf(level as 0.5)

describe("willemain", () => {
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
