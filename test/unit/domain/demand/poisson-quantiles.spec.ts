import { poissonQuantiles } from "../../../../src/domain/demand/poisson-quantiles"

describe("poissonQuantiles()", () => {
  // P(X ≤ k) for mean 2: .1353, .4060, .6767, .8571, .9473, .9834, .9955 (Abramowitz & Stegun, table 26.7)
  it("are the smallest whole numbers with at least the share at or below them", () => expect(poissonQuantiles(2, [0.1, 0.13, 0.14, 0.5, 0.9, 0.95, 0.99])).toEqual([0, 0, 1, 2, 4, 5, 6]))
  it("are 0 where nothing is expected", () => expect(poissonQuantiles(0, [0.5, 0.99])).toEqual([0, 0]))
  it("go on as a normal distribution with the same variance where exp(−mean) would be 0", () => expect(poissonQuantiles(10_000, [0.025, 0.5, 0.975])).toEqual([9804, 10_000, 10_196])) // ± 1.96 · 100
})
