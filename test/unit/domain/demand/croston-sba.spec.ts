import { crostonRates, crostonSba } from "../../../../src/domain/demand/croston-sba"
import { aPanel, aSeries } from "../../../support/demand-builders"

describe("crostonRates()", () => {
  // z: 4 → 3.8 → 4.02; p: 2 → 2.1 → 2.09; rate = 0.95 · z / p
  it("follows the recursion, each rate from what came before", () => {
    const rates = crostonRates(aSeries([0, 4, 0, 0, 2, 0, 6]), 7)
    const expected = [0, 0, 1.9, 1.9, 1.9, 1.7190476, 1.7190476, 1.827273]
    expected.forEach((rate, period) => expect(rates[period]).toBeCloseTo(rate, 6))
  })
  it("does not lengthen a gap by unknown periods", () => {
    expect(crostonRates(aSeries([0, 4, 0, NaN, 0, 2]), 6)[6]).toBe(crostonRates(aSeries([0, 4, 0, 0, 2]), 5)[5])
  })
  it("says nothing before the series exists", () => expect(crostonRates(aSeries([NaN, 3]), 2)[0]).toBeNaN())
})

describe("crostonSba", () => {
  it("forecasts the last rate for every period ahead", () => {
    const [forecast] = crostonSba.forecast(aPanel([aSeries([0, 4, 0, 0, 2, 0, 6])]), 7, 3)
    expect([...(forecast?.mean ?? [])].map((mean) => mean.toFixed(6))).toEqual(["1.827273", "1.827273", "1.827273"])
  })
})
