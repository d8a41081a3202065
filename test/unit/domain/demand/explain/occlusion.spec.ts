import { partsByOcclusion } from "../../../../../src/domain/demand/explain/occlusion"

describe("partsByOcclusion()", () => {
  it("gives each group what the forecast loses without it, the past what it says alone, and other the rest", () => {
    // (past 10) · (season 1.5) + (price 2): without the season 12, without the price 15, without both 10; the long run is 8
    const expected = jest.fn((without: readonly string[]) => [10 * (without.includes("season") ? 1 : 1.5) + (without.includes("price") ? 0 : 2)])
    expect(partsByOcclusion(["season", "price"], expected, [8])).toEqual([{ trend: 2, season: 5, calendar: 0, price: 2, other: 0 }])
    expect(expected).toHaveBeenCalledTimes(4)
  })
  it("calls other what groups do only together", () => {
    // 10 · 1.5 · 2 = 30; 20 without the season, 15 without the price, 10 without both: 10 + 15 + (10 − 8) of the 22 leave −5
    const expected = (without: readonly string[]) => [10 * (without.includes("season") ? 1 : 1.5) * (without.includes("price") ? 1 : 2)]
    expect(partsByOcclusion(["season", "price"], expected, [8])).toEqual([{ trend: 2, season: 10, calendar: 0, price: 15, other: -5 }])
  })
})
