import { pairedGain } from "../../../../src/domain/demand/paired-gain"

const losses = (of: (series: number) => number, count = 200) => Float64Array.from({ length: count }, (_, series) => of(series))

describe("pairedGain()", () => {
  it("says how much is saved, and is sure where every series saves the same", () => {
    const gain = pairedGain(losses(() => 3), losses(() => 4), 1)
    expect(gain.share).toBe(1)
    for (const part of [gain.gain, gain.low, gain.high]) expect(part).toBeCloseTo(0.25, 12)
  })
  // 400 series save 2 of 4 or lose 1 of 4 in turn: mean gain 0.5 / 4 = 12.5%, deviation 1.5 / 4 / √400 = 1.875%; 90% interval ± 1.645 deviations: 9.4% to 15.6%
  it("has the normal approximation's interval", () => {
    const gain = pairedGain(losses((series) => (series % 2 ? 5 : 2), 400), losses(() => 4, 400), 7)
    expect(gain.gain).toBeCloseTo(0.125, 12)
    expect(gain.low).toBeCloseTo(0.094, 2)
    expect(gain.high).toBeCloseTo(0.156, 2)
  })
  it("is sure in 19 of 20 draws just where its interval lies above 0", () => {
    for (let seed = 0; seed < 20; seed++) {
      const gain = pairedGain(losses((series) => (series * (seed + 3)) % 7), losses((series) => ((series * 5) % 7) + 0.25), seed)
      expect(gain.share > 0.95).toBe(gain.low > 0)
    }
  })
  it("leaves out series that were not scored", () => {
    const gain = pairedGain(Float64Array.of(NaN, 1, 9), Float64Array.of(5, 2, NaN), 1)
    expect(gain).toEqual({ share: 0.5, gain: 0.5, low: 0.5, high: 0.5 })
  })
  it("is never sure of fewer than five series, however much all of them save", () => {
    const shares = [1, 2, 3, 4, 5].map((count) => pairedGain(losses(() => 1, count), losses(() => 9, count), 1).share)
    expect(shares).toEqual([0.5, 0.75, 0.875, 0.9375, 1])
  })
  it("is finite where nothing was lost, and 0 without a series", () => {
    expect(pairedGain(Float64Array.of(1, 1), Float64Array.of(0, 0), 1)).toEqual({ share: 0, gain: -1, low: -1, high: -1 })
    expect(pairedGain(Float64Array.of(0), Float64Array.of(0), 1)).toEqual({ share: 0, gain: 0, low: 0, high: 0 })
    expect(pairedGain(new Float64Array(), new Float64Array(), 1)).toEqual({ share: 0, gain: 0, low: 0, high: 0 })
  })
})

describe("its share of draws", () => {
  const losses = (of: (series: number) => number, count = 200) => Float64Array.from({ length: count }, (_, series) => of(series))
  const share = (own: Float64Array, others: Float64Array, seed = 1) => pairedGain(own, others, seed).share

  it("is near one half where series disagree evenly", () => {
    const even = share(losses((series) => series % 2), losses((series) => 1 - (series % 2)))
    expect(even).toBeGreaterThan(0.4)
    expect(even).toBeLessThan(0.6)
  })
  // differences −1 (104 series) and +1 (96): mean gain 8 / 200, standard deviation √(1 − 0.04²) / √200; Φ(0.04 / 0.0707) = Φ(0.566) ≈ 0.71
  it("agrees with the normal approximation", () => expect(share(losses((series) => (series < 104 ? 0 : 1)), losses((series) => (series < 104 ? 1 : 0)), 3)).toBeCloseTo(0.71, 1))
  it("draws as often as it is told", () => {
    const { share: ofTen } = pairedGain(losses((series) => series % 3), losses((series) => (series * 7) % 5), 5, 10)
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((draws) => draws / 10)).toContain(ofTen)
  })
})
