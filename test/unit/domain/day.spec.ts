import { addDays, dayFromNumber, dayInZone, dayNumber, daysBetween } from "../../../src/domain/day"

describe("days", () => {
  it("counts the shop's days, not UTC's", () => {
    const instant = new Date("2026-03-28T23:30:00Z")
    expect([dayInZone(instant, "UTC"), dayInZone(instant, "Asia/Tokyo"), dayInZone(instant, "America/Los_Angeles")]).toEqual(["2026-03-28", "2026-03-29", "2026-03-28"])
  })

  it("crosses months, leap days and daylight saving", () => {
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01")
    expect(addDays("2026-03-29", -1)).toBe("2026-03-28")
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2)
    expect(dayFromNumber(dayNumber("1969-12-31"))).toBe("1969-12-31")
  })

  it.each(["2026-02-30", "2026-2-3", "yesterday", ""])("refuses %p", (day) => expect(() => dayNumber(day)).toThrow("expected YYYY-MM-DD"))
})
