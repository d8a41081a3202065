import { holidaysOf } from "../../../src/calendar/holidays-of"

const named = (country: string, from: string, to: string) => holidaysOf(country, from, to).map(({ day, name, kind }) => `${day} ${kind} ${name}`)

describe("holidaysOf()", () => {
  it("tells a year's end in Germany, days in order", () =>
    expect(named("DE", "2026-12-25", "2027-01-01")).toEqual(["2026-12-25 public 1. Weihnachtstag", "2026-12-26 public 2. Weihnachtstag", "2026-12-31 public Silvester", "2027-01-01 public Neujahr"]))

  it("knows days that move: Thanksgiving is the fourth Thursday of November", () =>
    expect(named("US", "2026-11-20", "2026-11-30")).toEqual(expect.arrayContaining(["2026-11-26 public Thanksgiving Day"])))

  it("tells each day of a holiday of several days", () => {
    // Spring Festival 2026 begins on 17 February, the first day of the year of the horse
    const days = holidaysOf("CN", "2026-02-10", "2026-02-28").filter(({ kind }) => kind === "public")
    expect(days.length).toBeGreaterThanOrEqual(3)
    expect(days.map(({ day }) => day)).toContain("2026-02-17")
  })

  it("names the country and what was expected where nothing is known of it", () => expect(() => holidaysOf("QQ", "2026-01-01", "2026-12-31")).toThrow(/country is "QQ".*DE/))
})
