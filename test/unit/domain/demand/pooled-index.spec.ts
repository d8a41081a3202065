import { pooledIndex } from "../../../../src/domain/demand/pooled-index"
import { createRandom } from "../../../../src/domain/random"
import { aPanel, aSeries } from "../../../support/demand-builders"
import { referencePanel, seasonalReferencePanel } from "../../../support/reference-panel"

describe("pooledIndex", () => {
  // Series.ewm(alpha, adjust=True).mean() of pandas (test/support/member-references.py)
  it("says what pandas' exponentially weighted mean says: with α = 0.1 while little is known, times the season with the α that the block chose", () => {
    const young = pooledIndex.forecast(referencePanel(), 13, 2)
    ;[1.2557, 2.4839, 6.8666, 9.3753].forEach((value, item) => expect(young[item]?.mean[0]).toBeCloseTo(value, 4))
    const grown = pooledIndex.forecast(seasonalReferencePanel(), 42, 3)
    ;[259.5626, 213.9939, 154.9369].forEach((value, ahead) => expect(grown[0]?.mean[ahead]).toBeCloseTo(value, 3)) // α = 0.05; with 0.1 263.3
  })
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
