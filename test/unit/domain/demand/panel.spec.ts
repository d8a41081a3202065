import { buildWeeklyPanel, type DemandDayRow } from "../../../../src/domain/demand/panel"
import { weekdayProfilesUntil } from "../../../../src/domain/demand/weekday-profile"
import { addDays } from "../../../../src/domain/day"

const AS_OF = "2026-11-21" // a Saturday: weeks run from Sunday to Saturday
const row = (day: string, units: number, more: Partial<DemandDayRow> = {}): DemandDayRow => ({ variantId: "v", locationId: "l", day, units, unitPrice: units > 0 ? 10 : null, ...more })
const meta = (createdDay: string | null = null) => [{ variantId: "v", locationId: "l", category: "cups", createdDay }]

describe("buildWeeklyPanel()", () => {
  it("makes weeks of seven days that end on the last full day", () => {
    const panel = buildWeeklyPanel([row("2026-11-01", 1), row("2026-11-07", 2), row("2026-11-08", 4), row(AS_OF, 8)], meta(), AS_OF)
    expect(panel.periods).toEqual(["2026-11-01", "2026-11-08", "2026-11-15"])
    expect(panel.series[0]).toMatchObject({ seriesId: "v@l", category: "cups", firstPeriod: 0 })
    expect([...(panel.series[0]?.units ?? [])]).toEqual([3, 4, 8])
  })
  it("adds up the rows of several sales channels and leaves today and other series out", () => {
    const panel = buildWeeklyPanel([row("2026-11-15", 1), row("2026-11-15", 2), row("2026-11-22", 100), row("2026-11-15", 50, { variantId: "other" })], meta(), AS_OF)
    expect([...(panel.series[0]?.units ?? [])]).toEqual([3])
  })
  it("leaves out the beginning that is less than a week", () => {
    expect(buildWeeklyPanel([row("2026-11-05", 5), row("2026-11-15", 1)], meta(), AS_OF).periods).toEqual(["2026-11-08", "2026-11-15"])
  })
  it("starts a series with its creation or its first sale, NaN before", () => {
    const both = [...meta("2026-11-09"), { variantId: "old", locationId: "l", category: null, createdDay: "2026-11-01" }]
    const [old, created] = buildWeeklyPanel([row("2026-11-20", 1)], both, AS_OF).series
    expect(old).toMatchObject({ seriesId: "old@l", firstPeriod: 0 })
    expect([...(old?.units ?? [])]).toEqual([0, 0, 0])
    expect(created?.firstPeriod).toBe(1)
    expect([...(created?.units ?? [])]).toEqual([NaN, 0, 1])
  })
  describe("out of stock", () => {
    const short = (from: string, days: number, inStock = 0) => Array.from({ length: days }, (_, day) => row(addDays(from, day), 0, { inStock }))
    const lastWeek = (rows: DemandDayRow[], weekdays?: number[]) => buildWeeklyPanel([row("2026-11-01", 3), ...rows], meta(), AS_OF, 156, weekdays && (() => weekdays)).series[0]?.units.at(-1)

    it("does not know the demand of a week without stock", () => expect(lastWeek(short("2026-11-15", 7))).toBeNaN())
    it("does not know it either where less than two days could be sold and nothing was", () => expect(lastWeek(short("2026-11-15", 6))).toBeNaN())
    // weeks of 1 and 8 November sold 3 and 0 with all days in stock; the week of 15 November adds its own sales and days
    it("takes for the missing days what the time in stock sold", () => {
      expect(lastWeek(short("2026-11-15", 5))).toBeCloseTo((5 / 7) * (3 / (2 + 2 / 7)), 12) // two days in stock, nobody came
      expect(lastWeek([row("2026-11-15", 2), ...short("2026-11-17", 5)])).toBeCloseTo(2 + (5 / 7) * (5 / (2 + 2 / 7)), 12)
    })
    it("says beside it what was made up for, and nothing where stock never lacked", () => {
      const [series] = buildWeeklyPanel([row("2026-11-01", 3), row("2026-11-15", 2), ...short("2026-11-17", 5)], meta(), AS_OF).series
      expect([...series!.madeUp!.subarray(0, 2)]).toEqual([0, 0])
      expect(series!.units.at(-1)! - series!.madeUp!.at(-1)!).toBeCloseTo(2, 12) // as many were sold
      expect(buildWeeklyPanel([row("2026-11-01", 3)], meta(), AS_OF).series[0]).not.toHaveProperty("madeUp")
    })
    it("counts a day that sold out by its share in stock", () => expect(lastWeek([row("2026-11-15", 6), ...short("2026-11-20", 1, 0.5)])).toBeCloseTo(6 + (0.5 / 7) * (9 / (3 - 0.5 / 7)), 12))
    it("is never less than what was sold, also in a shop that sells out every week", () => {
      // in stock on Sundays only, 4 sold on each: 4 a seventh of a week, 28 a week
      const weeks = Array.from({ length: 10 }, (_, week) => addDays("2026-09-13", 7 * week)).flatMap((sunday) => [row(sunday, 4), ...short(addDays(sunday, 1), 6)])
      const { units } = buildWeeklyPanel(weeks, meta(), AS_OF).series[0]!
      expect(units.at(-1)).toBeCloseTo(28, 9)
      expect(units[0]).toBe(4) // a seventh of a week says nothing yet about the rest
      expect(units.every((value) => value >= 4)).toBe(true)
    })
    it("weights days as the shop sells on them", () => {
      // nothing could be sold on Saturday and Sunday, half of the week's sales
      const weekend = [...short("2026-11-15", 1), ...short("2026-11-21", 1)]
      expect(lastWeek([row("2026-11-16", 5), ...weekend], [0.1, 0.1, 0.1, 0.1, 0.1, 0.25, 0.25])).toBeCloseTo(5 + 0.5 * (8 / 2.5), 12)
    })
    it("looks at no later week", () => {
      const rows = [row("2026-11-01", 2), ...short("2026-11-04", 4)]
      const first = (more: DemandDayRow[]) => buildWeeklyPanel([...rows, ...more], meta(), AS_OF).series[0]?.units[0]
      expect(first([row("2026-11-10", 500)])).toBe(first([]))
    })
    it("looks at no later week for the shop's weekdays either", () => {
      // two known weeks, then one with four days out of stock: how much is made up depends on what those weekdays sell
      const rows = [row("2026-10-18", 7), row("2026-10-24", 6), row("2026-10-28", 5), row("2026-11-01", 2), ...short("2026-11-04", 4)]
      const ofThird = (given: DemandDayRow[]) => buildWeeklyPanel(given, meta(), AS_OF, 156, weekdayProfilesUntil(given, AS_OF)).series[0]?.units[2]
      expect(ofThird(rows)).toBeGreaterThan(2)
      expect(ofThird([...rows, row("2026-11-17", 80_995)])).toBe(ofThird(rows))
    })
    it("takes the least of several notes on a day, and a day that nobody looked at as in stock", () => {
      const noted = [row("2026-11-17", 0, { inStock: 0.5 }), row("2026-11-17", 0, { inStock: 0 }), row("2026-11-18", 0, { inStock: null })]
      expect(lastWeek([row("2026-11-15", 6), ...noted])).toBeCloseTo(6 + (1 / 7) * (9 / (2 + 6 / 7)), 12)
    })
  })
  it("takes the mean price paid and carries it over weeks without a sale", () => {
    const panel = buildWeeklyPanel([row("2026-11-02", 1, { unitPrice: 12 }), row("2026-11-03", 3, { unitPrice: 8 })], meta("2026-10-25"), AS_OF)
    expect([...(panel.series[0]?.price ?? [])]).toEqual([NaN, 9, 9, 9]) // (12 + 3 · 8) / 4
  })
  it("goes back at most so many weeks", () => {
    const panel = buildWeeklyPanel([row("2026-01-01", 5), row("2026-11-15", 1)], meta(), AS_OF, 2)
    expect(panel.periods).toEqual(["2026-11-08", "2026-11-15"])
    expect(panel.series[0]?.firstPeriod).toBe(0)
    expect([...(panel.series[0]?.units ?? [])]).toEqual([0, 1])
  })
  it("is empty for a shop without sales and products", () => expect(buildWeeklyPanel([], [], AS_OF)).toEqual({ frequency: "week", periods: [], series: [] }))
  it("names units that are no quantity", () => expect(() => buildWeeklyPanel([row("2026-11-15", -2)], meta(), AS_OF)).toThrow("units of v@l on 2026-11-15 is -2; expected a number ≥ 0"))
})
