import { shareBetter } from "../../../../src/domain/demand/share-better"

const losses = (of: (series: number) => number, count = 200) => Float64Array.from({ length: count }, (_, series) => of(series))

describe("shareBetter()", () => {
  it("is sure where every series says so", () => expect(shareBetter(losses(() => 1), losses(() => 2), 1)).toBe(1))
  it("is sure of nothing without a difference or a series", () => {
    expect(shareBetter(losses(() => 1), losses(() => 1), 1)).toBe(0)
    expect(shareBetter(new Float64Array(), new Float64Array(), 1)).toBe(0)
  })
  it("is near one half where series disagree evenly", () => {
    const share = shareBetter(losses((series) => series % 2), losses((series) => 1 - (series % 2)), 1)
    expect(share).toBeGreaterThan(0.4)
    expect(share).toBeLessThan(0.6)
  })
  // differences −1 (104 series) and +1 (96): mean gain 8 / 200, standard deviation √(1 − 0.04²) / √200; Φ(0.04 / 0.0707) = Φ(0.566) ≈ 0.71
  it("agrees with the normal approximation", () => expect(shareBetter(losses((series) => (series < 104 ? 0 : 1)), losses((series) => (series < 104 ? 1 : 0)), 3)).toBeCloseTo(0.71, 1))
  it("draws the same for the same seed", () => {
    const [a, b] = [losses((series) => series % 3), losses((series) => (series * 7) % 5)]
    expect(shareBetter(a, b, 5)).toBe(shareBetter(a, b, 5))
  })
})
