import { seasonFactor } from "../../../../../src/domain/demand/boosted/season-factor"

/** Months that sell 10, and 40 in the last of each year. */
const years = Float64Array.from({ length: 48 }, (_, month) => (month % 12 === 11 ? 40 : 10))

describe("seasonFactor()", () => {
  it("is the same position of earlier seasons over their mean", () => {
    // a year sells 11 · 10 + 40 = 150, 12.5 a month: 40 / 12.5 and 10 / 12.5
    expect(seasonFactor(years, 0, 47, 0, 12)).toBeCloseTo(3.2, 12)
    expect(seasonFactor(years, 0, 47, 1, 12)).toBeCloseTo(0.8, 12)
  })

  it("is exact for an odd season at every period ahead", () => {
    // a week of 5, 5, 5, 5, 5, 5, 40 sells 10 a day: 0.5 and 4
    const days = Float64Array.from({ length: 70 }, (_, day) => (day % 7 === 6 ? 40 : 5))
    for (let ahead = 0; ahead < 21; ahead++) {
      for (const origin of [28, 63, 66]) expect(seasonFactor(days, 0, origin, ahead, 7)).toBeCloseTo((origin + ahead) % 7 === 6 ? 4 : 0.5, 12)
    }
  })

  it("reads nothing at or after the origin, however far it looks ahead", () => {
    const spiked = years.map((value, month) => (month >= 30 ? 1e6 : value))
    for (let ahead = 0; ahead < 18; ahead++) expect(seasonFactor(spiked, 0, 30, ahead, 12)).toBe(seasonFactor(years, 0, 30, ahead, 12))
  })

  it("is 1 where no season is known, and stays within 0.1 … 10", () => {
    expect(seasonFactor(years, 0, 8, 0, 12)).toBe(1)
    expect(seasonFactor(new Float64Array(48), 0, 47, 0, 12)).toBe(1)
    const once = Float64Array.from({ length: 40 }, (_, month) => (month === 27 ? 1000 : 0.001))
    expect(seasonFactor(once, 0, 39, 0, 12)).toBe(10)
  })

  it("skips unknown periods", () => {
    const known = years.map((value, month) => (month === 35 ? NaN : value))
    // of the Decembers 11, 23 and 35 the last is unknown, the season around it too: the two others say 3.2
    expect(seasonFactor(known, 0, 47, 0, 12)).toBeCloseTo(3.2, 12)
  })
})
