import { pastFeatures, PAST_FEATURES } from "../../../../../src/domain/demand/boosted/past-features"
import { aSeries } from "../../../../support/demand-builders"

const at = (values: readonly number[], name: string) => values[PAST_FEATURES.indexOf(name)]

describe("pastFeatures()", () => {
  // unknown, then 4, 0, 8, 0 before origin 5; what follows must not matter
  const series = aSeries([NaN, 4, 0, 8, 0, 999])
  const values = pastFeatures(series, 5, 2)

  it("gives as many values as it has names", () => {
    expect(values).toHaveLength(PAST_FEATURES.length)
  })

  it("says what was sold, in multiples of the level", () => {
    expect([at(values, "lag1"), at(values, "lag2"), at(values, "lag4"), at(values, "lag5")]).toEqual([0, 4, 2, NaN])
    // mean of 4, 0, 8, 0 is 3; variance (1 + 9 + 25 + 9) / 4 = 11
    expect(at(values, "mean4")).toBe(1.5)
    expect(at(values, "deviation4")).toBeCloseTo(Math.sqrt(11) / 2, 12)
    expect(at(values, "zeros4")).toBe(0.5)
    expect(at(values, "log_level")).toBe(Math.log(2))
    expect(at(values, "age")).toBe(4)
  })

  it("weighs newer periods more", () => {
    // weights 1, 0.9, 0.81, 0.729 for 0, 8, 0, 4: (7.2 + 2.916) / 3.439 = 2.9416
    expect(at(values, "smoothed0.1")).toBeCloseTo((7.2 + 2.916) / 3.439 / 2, 12)
  })

  it("knows the sizes of sales, the wait since the last and the quantiles of its own demand", () => {
    // sales of 4 and 8: mean 6, deviation 2; sorted 0, 0, 4, 8: median 2
    expect(at(values, "size_mean")).toBe(3)
    expect(at(values, "size_variation")).toBeCloseTo(1 / 3, 12)
    expect(at(values, "since_sale")).toBe(1)
    expect(at(values, "own_quantile0.5")).toBe(1)
    expect(at(values, "own_quantile1")).toBe(4)
  })

  it("is unknown, not wrong, for a series without a past", () => {
    const young = pastFeatures(aSeries([5, 5], { firstPeriod: 1 }), 1, 1)
    expect(at(young, "lag1")).toBeNaN()
    expect(at(young, "mean4")).toBeNaN()
    expect(at(young, "since_sale")).toBe(99)
  })
})
