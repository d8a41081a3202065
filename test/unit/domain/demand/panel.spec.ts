import { buildWeeklyPanel, type DemandDayRow } from "../../../../src/domain/demand/panel"
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
  it("does not know the demand of a week that was out of stock throughout, but keeps what a part of a week sold", () => {
    const empty = Array.from({ length: 7 }, (_, day) => row(addDays("2026-11-08", day), 0, { inStock: 0 }))
    const panel = buildWeeklyPanel([row("2026-11-01", 3), ...empty, row("2026-11-15", 2), row("2026-11-16", 0, { inStock: 0 })], meta(), AS_OF)
    expect([...(panel.series[0]?.units ?? [])]).toEqual([3, NaN, 2])
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
