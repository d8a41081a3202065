import { smoothedLevels } from "../../../../src/domain/demand/exponential-smoothing"
import { aSeries } from "../../../support/demand-builders"
import { agreesWithThePublished } from "../../../support/level-member-cases"

describe("smoothedLevels()", () => {
  // SimpleExpSmoothing of statsmodels 0.15.0 from the same start, the best of the nine α (test/support/member-references.py)
  agreesWithThePublished(smoothedLevels, [
    ["smooth", 15.11856],
    ["trend", 40.54032],
    ["intermittent", 0.8006],
    ["lumpy", 6.15171],
    ["season", 26.71476],
    ["shift", 19.23432],
    ["falling", 3.86289],
    ["zeros", 0],
  ])
  it("starts at the mean of the first four known periods and smooths with α = 0.1 while the past is too short to choose", () => {
    // start (2 + 4 + 6 + 8) / 4 = 5; 5 + 0.1(2 − 5) = 4.7; + 0.1(4 − 4.7) = 4.63; + 0.1(6 − 4.63) = 4.767; + 0.1(8 − 4.767) = 5.0903
    const levels = smoothedLevels(aSeries([2, 4, 6, 8]), 4)
    ;[5, 4.7, 4.63, 4.767, 5.0903].forEach((level, period) => expect(levels[period]).toBeCloseTo(level, 10))
  })
  it("keeps the level over unknown periods", () => {
    const levels = smoothedLevels(aSeries([2, 4, NaN, NaN, 6, 8]), 6)
    expect(levels[3]).toBe(levels[2])
    expect(levels[6]).toBeCloseTo(5.0903, 10)
  })
  it("chooses a quick α for a level that jumps and a slow one for noise around a level", () => {
    const jump = smoothedLevels(aSeries([...new Array<number>(15).fill(10), ...new Array<number>(15).fill(40)]), 30)
    expect(jump[30]).toBeGreaterThan(39.9) // α = 0.8: 40 − 30 · 0.2^15
    const noise = smoothedLevels(aSeries(Array.from({ length: 40 }, (_, period) => (period % 2 ? 12 : 8))), 40)
    expect(Math.abs((noise[40] ?? 0) - 10)).toBeLessThan(0.1) // α = 0.02; with α = 0.8 it would be 11.3
  })
  it("divides by the seasonal factor", () => {
    const levels = smoothedLevels(aSeries([5, 20, 5, 20]), 4, Float64Array.of(0.5, 2, 0.5, 2))
    expect([...levels]).toEqual([10, 10, 10, 10, 10])
  })
  it("is NaN where nothing was known yet", () => expect(smoothedLevels(aSeries([NaN, NaN, 5]), 3)[1]).toBeNaN())
})
