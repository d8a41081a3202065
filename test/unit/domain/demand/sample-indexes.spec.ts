import { sampleIndexes } from "../../../../src/domain/demand/sample-indexes"

describe("sampleIndexes()", () => {
  it("takes one index of each stretch, or all where there are no more", () => {
    const found = sampleIndexes(10_000, 100)
    expect(found.map((index) => Math.floor(index / 100))).toEqual(Array.from({ length: 100 }, (_, stretch) => stretch))
    expect(sampleIndexes(10, 4).every((index, at) => index >= [0, 2, 5, 7][at]! && index < [2, 5, 7, 10][at]!)).toBe(true)
    expect(sampleIndexes(3, 5)).toEqual([0, 1, 2])
    expect(sampleIndexes(0, 5)).toEqual([])
  })

  it("sees every location of a panel sorted by item and location about as often", () => {
    const locations = new Array<number>(10).fill(0)
    for (const index of sampleIndexes(10_000, 1_000)) locations[index % 10]! += 1
    // binomial, 1,000 draws of 0.1: 100 ± 9.5; four deviations
    for (const seen of locations) expect(Math.abs(seen - 100)).toBeLessThan(38)
  })

  it("is the same for the same seed, and another for another", () => {
    expect(sampleIndexes(1_000, 10)).toEqual(sampleIndexes(1_000, 10))
    expect(sampleIndexes(1_000, 10, 2)).not.toEqual(sampleIndexes(1_000, 10))
  })
})
