import { dayNumber } from "../../../../src/domain/day"
import { createPeriodCalendar, periodsAfter } from "../../../../src/domain/demand/period-calendar"

const distance = (frequency: "day" | "week" | "month", from: string, to: string, anchor?: string) => {
  const calendar = createPeriodCalendar(frequency, anchor === undefined ? undefined : dayNumber(anchor))
  return calendar.periodOf(dayNumber(to)) - calendar.periodOf(dayNumber(from))
}

describe("createPeriodCalendar()", () => {
  it("counts months across years and before 1970", () => {
    expect(distance("month", "2025-11-30", "2026-02-01")).toBe(3)
    expect(distance("month", "1969-12-31", "1970-01-01")).toBe(1)
  })
  it("begins weeks on the anchor's weekday, before and after it", () => {
    expect(distance("week", "2026-01-06", "2026-01-07", "2026-01-07")).toBe(1) // Tuesday, Wednesday
    expect(distance("week", "2026-01-07", "2026-01-13", "2026-01-07")).toBe(0)
    expect(distance("week", "2025-12-31", "2026-01-07", "2026-01-07")).toBe(1)
  })
  it("gives the first day of a period", () => {
    const months = createPeriodCalendar("month")
    expect(months.startOf(months.periodOf(dayNumber("2024-02-29")))).toBe("2024-02-01")
    const weeks = createPeriodCalendar("week", dayNumber("2026-01-09"))
    expect(weeks.startOf(weeks.periodOf(dayNumber("2026-01-22")))).toBe("2026-01-16")
  })
})

describe("periodsAfter()", () => {
  it("goes on in the steps of the calendar", () => {
    expect(periodsAfter("month", ["2025-11-01", "2025-12-01"], 3)).toEqual(["2026-01-01", "2026-02-01", "2026-03-01"])
    expect(periodsAfter("week", ["2026-02-20"], 2)).toEqual(["2026-02-27", "2026-03-06"])
    expect(periodsAfter("day", ["2024-02-28"], 2)).toEqual(["2024-02-29", "2024-03-01"])
  })
})
