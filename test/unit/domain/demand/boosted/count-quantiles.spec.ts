import { COUNT_THRESHOLDS, countQuantiles } from "../../../../../src/domain/demand/boosted/count-quantiles"
import { QUANTILE_LEVELS } from "../../../../../src/domain/demand/types"

const at = (quantiles: Float64Array, levels: readonly number[]) => levels.map((level) => quantiles[QUANTILE_LEVELS.indexOf(level as 0.5)])

describe("countQuantiles()", () => {
  it("is exact for a geometric distribution, between the thresholds too", () => {
    // P(Y > k) = 2^-(k + 1): the least n with 2^-(n + 1) ≤ 1 − level; 5 is no threshold
    const quantiles = countQuantiles(COUNT_THRESHOLDS.map((threshold) => 2 ** -(threshold + 1)))
    expect(at(quantiles, [0.1, 0.5, 0.6, 0.8, 0.9, 0.95, 0.975, 0.99])).toEqual([0, 0, 1, 2, 3, 4, 5, 6])
  })

  it("goes on beyond the last threshold as between the last two", () => {
    // the chance halves from 22 to 35 units, so by half every 13: 0.2 at 35, 0.1 at 48; 0.01 at 22 + 13 · log2(40) = 91.2
    const chances = COUNT_THRESHOLDS.map((threshold) => (threshold === 35 ? 0.2 : threshold === 22 ? 0.4 : 0.9))
    expect(at(countQuantiles(chances), [0.9, 0.99])).toEqual([48, 92])
    // and no further than four times the last where it does not fall
    expect(at(countQuantiles(COUNT_THRESHOLDS.map(() => 0.5)), [0.4, 0.5, 0.9])).toEqual([0, 0, 140])
  })

  it("ascends whatever the forests say: a chance above the one before it counts as that one", () => {
    const quantiles = countQuantiles([0.3, 0.6, 0.05, 0.9, 0, 1, 0, 1, 0, 1])
    expect([...quantiles]).toEqual([...quantiles].sort((a, b) => a - b))
    // 0.3 of more than 0 and of more than 1, 0.05 of more than 2
    expect(at(quantiles, [0.7, 0.8, 0.95])).toEqual([0, 2, 2])
    expect([...countQuantiles(COUNT_THRESHOLDS.map(() => 0))]).toEqual(QUANTILE_LEVELS.map(() => 0))
    expect([...countQuantiles(COUNT_THRESHOLDS.map(() => 1))].every((value) => Number.isInteger(value) && value <= 140)).toBe(true)
  })
})
