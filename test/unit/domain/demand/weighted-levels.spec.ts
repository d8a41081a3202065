import { weightedLevels } from "../../../../src/domain/demand/weighted-levels"
import { aSeries } from "../../../support/demand-builders"

describe("weightedLevels()", () => {
  it("is the mean of what is known, each period weighing 1 − α of the next", () => {
    // (0.25·4 + 0.5·8 + 16) / 1.75 = 12
    const levels = weightedLevels(aSeries([4, 8, 16]), 3, 0.5)
    expect([...levels]).toEqual([NaN, 4, (0.5 * 4 + 8) / 1.5, 12])
  })
  it("passes over unknown periods and divides by the season", () => {
    expect(weightedLevels(aSeries([4, NaN, 8, 16]), 4, 0.5)[4]).toBe(12)
    expect(weightedLevels(aSeries([2, 16, 8]), 3, 0.5, Float64Array.of(0.5, 2, 0.5))[3]).toBeCloseTo((0.25 * 4 + 0.5 * 8 + 16) / 1.75, 10)
  })
})
