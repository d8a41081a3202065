import { weekdayOf, weekdayProfile, weekdayProfilesUntil } from "../../../../src/domain/demand/weekday-profile"

describe("weekdayOf()", () => {
  it("counts from Monday", () => expect(["2026-11-16", "2026-11-22", "1969-12-29"].map(weekdayOf)).toEqual([0, 6, 0]))
})

describe("weekdayProfile()", () => {
  it("is even without sales", () => expect(weekdayProfile([{ day: "2026-11-16", units: 0 }])).toEqual(new Array(7).fill(1 / 7)))
  it("gives each weekday its share of sales, mixed with a little of the even split", () => {
    const profile = weekdayProfile([
      { day: "2026-11-16", units: 1 },
      { day: "2026-11-17", units: 1 },
      { day: "2026-11-17", units: 1 },
      { day: "2026-11-17", units: 1 },
    ])
    expect(profile[0]).toBeCloseTo((0.25 + 0.02) / 1.14, 12)
    expect(profile[1]).toBeCloseTo((0.75 + 0.02) / 1.14, 12)
    expect(profile[6]).toBeCloseTo(0.02 / 1.14, 12)
    expect(profile.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  })
  it("does not let one wholesale order make a weekday", () => {
    const single = ["2026-11-16", "2026-11-18", "2026-11-19"].flatMap((day) => Array.from({ length: 10 }, () => ({ day, units: 2 })))
    expect(weekdayProfile([...single, { day: "2026-11-17", units: 10_000 }])[1]).toBeLessThan(0.25)
  })
  it("does not take a weekday for weak on which shelves are often empty", () => {
    const rows = [{ day: "2026-11-16", units: 1 }, { day: "2026-11-17", units: 1 }, { day: "2026-11-18", units: 1 }]
    const even = weekdayProfile([...rows, { day: "2026-11-17", units: 1 }]) // twice as much on Tuesday
    expect(weekdayProfile(rows, [1, 0.5, 1, 1, 1, 1, 1])).toEqual(even)
    expect(weekdayProfile(rows, [1, 0, 1, 1, 1, 1, 1])[1]).toBeCloseTo((4 / 6 + 0.02) / 1.14, 12) // four times at most
  })
})

describe("weekdayProfilesUntil()", () => {
  // weeks that end on Saturday 21 November: the 10th is a Tuesday of the week before, the 16th the Monday of the last
  const rows = [
    { day: "2026-11-10", units: 3 },
    { day: "2026-11-16", units: 5 },
    { day: "2026-11-22", units: 9 }, // after the last day: nobody knows of it
  ]
  const of = weekdayProfilesUntil(rows, "2026-11-21")
  it("gives each week what was known at its end", () => {
    expect(of(0)).toEqual(weekdayProfile(rows.slice(0, 2)))
    expect(of(1)).toEqual(weekdayProfile(rows.slice(0, 1)))
  })
  it("is even before the first sale", () => {
    expect(of(2)).toEqual(new Array(7).fill(1 / 7))
    expect(weekdayProfilesUntil([], "2026-11-21")(0)).toEqual(new Array(7).fill(1 / 7))
  })
})
