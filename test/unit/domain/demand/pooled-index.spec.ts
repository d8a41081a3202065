import { pooledIndex } from "../../../../src/domain/demand/pooled-index"
import { createRandom } from "../../../../src/domain/random"
import { aPanel, aSeries } from "../../../support/demand-builders"

describe("pooledIndex", () => {
  it("smooths quickly where levels move and slowly where they do not", () => {
    const panel = (jumps: boolean) =>
      aPanel(
        Array.from({ length: 40 }, (_, index) => {
          const random = createRandom(index)
          let level = 50
          return aSeries(
            Array.from({ length: 40 }, (__, period) => {
              if (jumps && period % 4 === 0) level = 20 + 60 * random()
              return Math.round(level * (jumps ? 1 : 0.5 + random()))
            })
          )
        })
      )
    // One item ends far above its level: a quick α follows it and a slow one does not.
    const shareOfLast = (jumps: boolean) => {
      const { series, ...rest } = panel(jumps)
      const doubled = { ...rest, series: series.map((entry, index) => ({ ...entry, units: entry.units.map((units, period) => (index === 0 && period === 39 ? 200 : units)) })) }
      const before = pooledIndex.forecast({ ...rest, series }, 39, 1)[0]?.mean[0] ?? 0
      return ((pooledIndex.forecast(doubled, 40, 1)[0]?.mean[0] ?? 0) - before) / (200 - before)
    }
    expect(shareOfLast(true)).toBeGreaterThan(0.25)
    expect(shareOfLast(false)).toBeLessThan(0.25)
  })
})
