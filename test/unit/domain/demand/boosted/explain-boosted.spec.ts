import type { BoostedTrees } from "../../../../../src/domain/boosting"
import { boostedModel } from "../../../../../src/domain/demand/boosted/boosted-model"
import { boostedSpec, type BoostedDemand } from "../../../../../src/domain/demand/boosted/boosted-spec"
import { DemandHistory } from "../../../../../src/domain/demand/boosted/demand-history"
import { FeatureRows } from "../../../../../src/domain/demand/boosted/feature-rows"
import { longRunLevel } from "../../../../../src/domain/demand/explain/long-run-level"
import { QUANTILE_LEVELS, type DemandPanel } from "../../../../../src/domain/demand/types"
import { aPanel, aSeries } from "../../../../support/demand-builders"

const SETTINGS = { alpha: 0.5, ownSeason: null, floor: 0.05 }

/** One tree that asks one column whether it is above a half: no gives `low` (three quarters of the trained rows), yes gives `high`. */
function stump(names: readonly string[], column: string, low: number, high: number): BoostedTrees {
  return {
    link: "identity",
    base: 0,
    names: [...names],
    rules: names.map(() => ({ kind: "numeric", uppers: Float64Array.of(0.5, Infinity) })),
    nodeStarts: Int32Array.of(0, 1),
    leafStarts: Int32Array.of(0, 2),
    features: Int32Array.of(names.indexOf(column)),
    splits: Int32Array.of(1),
    missingLeft: Uint8Array.of(1),
    lefts: Int32Array.of(~0),
    rights: Int32Array.of(~1),
    categorySets: new Int32Array(),
    leafValues: Float64Array.of(low, high),
    nodeCovers: Float64Array.of(4),
    leafCovers: Float64Array.of(3, 1),
    gains: Float64Array.of(1),
  }
}

const shop = (more: Partial<DemandPanel> = {}): DemandPanel => ({ ...aPanel([aSeries(new Array<number>(20).fill(8))]), ...more })
const holidays = Float64Array.from({ length: 24 }, (_, period) => (period === 20 ? 1 : 0))

function model(panel: DemandPanel, forests: (names: readonly string[]) => BoostedTrees[], levels: number[]): BoostedDemand {
  const spec = boostedSpec(panel, 20, SETTINGS)
  return { spec, levels, forests: forests(new FeatureRows(spec, new DemandHistory(panel, SETTINGS)).names), tails: new Float64Array(QUANTILE_LEVELS.length).fill(1), counts: [] }
}

describe("explainBoosted()", () => {
  it("is worked by hand for one tree that knows of a holiday", () => {
    const panel = shop({ known: [{ name: "holidays", values: [holidays] }] })
    const trees = boostedModel(model(panel, (names) => [stump(names, "holidays", 1, 2)], [0.5]))
    // level 8; the week of the holiday 2 · 8, the next one 1 · 8. The trees' mean score is (3 · 1 + 1 · 2) / 4 = 1.25, so the past alone says 10 a week where the
    // long run says 8; the holiday adds 0.75 · 8 to its week, its absence takes 0.25 · 8 from the next
    expect([...trees.forecast(panel, 20, 2)[0]!.mean]).toEqual([16, 8])
    expect(trees.explain?.(panel, 20, 2, { periods: 2, which: [0] })).toEqual([{ trend: 4, season: 0, calendar: 4, price: 0, other: 0 }])
  })

  it("calls other what no cause explains: kinds of items, and quantiles that cross", () => {
    const panel = shop()
    const step = boostedModel(model(panel, (names) => [stump(names, "step", 1, 3)], [0.5]))
    // mean score 1.5: past 12 a week; the first week's step 0 says 1, the second's 3
    expect(step.explain?.(panel, 20, 2, { periods: 2, which: [0] })).toEqual([{ trend: 8, season: 0, calendar: 0, price: 0, other: 8 }])
    const crossing = boostedModel(model(panel, (names) => [stump(names, "step", 2, 2), stump(names, "step", 1, 1)], [0.1, 0.9]))
    const [parts] = crossing.explain!(panel, 20, 1, { periods: 1, which: [0] })
    const [mean = 0] = crossing.forecast(panel, 20, 1)[0]!.mean
    // half of the mean lies on each of two levels: 1.5 · 8 as they stand and as they are sorted
    expect(mean).toBeCloseTo(12, 9)
    expect(parts!.trend + parts!.other).toBeCloseTo(4, 9)
  })

  it("sums to the forecast beside the long run, with a season in the divisor", () => {
    const units = Array.from({ length: 130 }, (_, period) => Math.round(20 * (1 + 0.5 * Math.sin((2 * Math.PI * period) / 52))))
    const panel = aPanel([aSeries(units), aSeries(units.map((value) => value + 5))])
    const settings = { alpha: 0.2, ownSeason: 0.5, floor: 0.05 }
    const spec = boostedSpec(panel, 130, settings)
    const { names } = new FeatureRows(spec, new DemandHistory(panel, settings))
    const forests = [stump(names, "lag1", 0.7, 0.8), stump(names, "index_own", 1, 0.9), stump(names, "price", 1.3, 1.4)]
    const trees = boostedModel({ spec, levels: [0.1, 0.5, 0.9], forests, tails: new Float64Array(QUANTILE_LEVELS.length).fill(1), counts: [] })
    const parts = trees.explain!(panel, 130, 6, { periods: 4, which: [1, 0] })
    parts.forEach((part, at) => {
      const index = 1 - at
      const total = trees.forecast(panel, 130, 6)[index]!.mean.subarray(0, 4).reduce((sum, mean) => sum + mean, 0)
      const sum = Object.values(part).reduce((one, other) => one + other, 0)
      expect(sum).toBeCloseTo(total - 4 * longRunLevel(panel.series[index]!, 130, "week").demand, 9)
      // weeks 130 … 133 are 26 … 29 of their year: 20 · 0.5 · (sin π + … + sin(2π · 29 / 52)) = −7.1; its own season takes (0.975 − 0.9) of the middle level's share too
      expect(part.season).toBeLessThan(-6)
      expect(part.season).toBeGreaterThan(-13)
    })
  })
})
