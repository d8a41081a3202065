import { neverSold, spikeOf } from "../../../src/sales/odd-series"
import { aSeries } from "../../support/demand-builders"

describe("neverSold()", () => {
  it("is true where no known period has a sale", () => {
    expect([[0, 0], [NaN, 0], [0, 0.5]].map((units) => neverSold(aSeries(units)))).toEqual([true, true, false])
  })
})

describe("spikeOf()", () => {
  it("finds the one period with a hundred times what others with a sale sold", () => {
    // others: 10 units in 5 periods with a sale, a mean of 2
    expect(spikeOf(aSeries([1, 3, 0, 200, NaN, 2, 2, 0, 2]))).toEqual({ period: 3, units: 200 })
    expect(spikeOf(aSeries([1, 3, 0, 199, NaN, 2, 2, 0, 2]))).toBeNull()
  })
  it("says nothing where too little else was sold, or two stand out", () => {
    expect(spikeOf(aSeries([1, 1, 1, 1, 80_995]))).toBeNull()
    expect(spikeOf(aSeries([1, 1, 1, 1, 1, 80_995, 80_995]))).toBeNull()
    expect(spikeOf(aSeries([]))).toBeNull()
  })
})
