import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import { weightedQuantiles } from "../../../../src/domain/demand/weighted-quantiles"
import { createRandom } from "../../../../src/domain/random"

describe("weightedQuantiles()", () => {
  it("are the least values with the share of the weight at or below them", () => {
    // weights 1, 2, 1 of 4: 0.2 → first, 0.3 … 0.7 → second, 0.8 → third
    const quantiles = weightedQuantiles(Float64Array.of(9, 1, 4), Float64Array.of(1, 1, 2))
    expect([0.2, 0.3, 0.7, 0.8].map((level) => quantiles[QUANTILE_LEVELS.indexOf(level as 0.2)])).toEqual([1, 4, 4, 9])
  })
  it("agree with sorting everything, for values of all sizes", () => {
    const random = createRandom(5)
    const values = Float64Array.from({ length: 3000 }, () => (random() < 0.3 ? 0 : Math.exp(8 * random() - 4) - 0.2))
    const weights = values.map(() => random())
    const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
    const total = weights.reduce((sum, value) => sum + value, 0)
    const sorted = QUANTILE_LEVELS.map((level) => {
      let passed = 0
      return values[order.find((index) => (passed += weights[index] ?? 0) >= level * total) ?? 0]
    })
    expect([...weightedQuantiles(values, weights)]).toEqual(sorted)
  })
  it("are 0 for no values", () => expect(Math.max(...weightedQuantiles(new Float64Array(0), new Float64Array(0)))).toBe(0))
})
