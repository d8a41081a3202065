import { columnsInUnits } from "../../../../../src/domain/demand/boosted/count-columns"
import { PAST_FEATURES } from "../../../../../src/domain/demand/boosted/past-features"

describe("columnsInUnits()", () => {
  it("gives multiples of the level times the level, and leaves shares, waits and variations alone", () => {
    const names = ["log_level", "lag1", "zeros4", "since_sale", "size_mean", "size_variation"]
    const columns = [[Math.log(2), Math.log(0.5)], [1.5, NaN], [0.25, 0.5], [3, 4], [2, 6], [0.1, 0.2]].map((values) => Float32Array.from(values))
    expect(columnsInUnits(names, columns)).toEqual([
      { name: "lag1_units", values: Float32Array.of(3, NaN) },
      { name: "size_mean_units", values: Float32Array.of(4, 3) },
    ])
  })

  it("leaves a file's own columns alone, whatever their names", () => {
    const columns = [Float32Array.of(0), Float32Array.of(21)]
    expect(columnsInUnits(["log_level", "mean_temperature"], columns)).toEqual([])
  })

  it("knows all of the past's features that are multiples", () => {
    const columns = PAST_FEATURES.map(() => Float32Array.of(0))
    // 14 lags, mean and deviation of four windows, three smoothed means, six quantiles of its own, the size of a sale
    expect(columnsInUnits(PAST_FEATURES, columns)).toHaveLength(14 + 4 + 4 + 3 + 6 + 1)
  })
})
