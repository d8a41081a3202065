import { calendarSpan, holidayColumns, type Holiday } from "../../../../src/domain/demand/holiday-columns"
import type { DemandPanel } from "../../../../src/domain/demand/types"
import { aSeries } from "../../../support/demand-builders"

const holiday = (day: string, kind: Holiday["kind"] = "public"): Holiday => ({ day, name: "a day", kind })
const panel = (frequency: DemandPanel["frequency"], periods: string[]): DemandPanel => ({ frequency, periods, series: [aSeries(periods.map(() => 1)), aSeries(periods.map(() => 1))] })
const counts = (of: DemandPanel, ahead: number, holidays: Holiday[]) => Object.fromEntries(holidayColumns(of, ahead, holidays).map(({ name, values }) => [name, values.map((column) => [...column])]))

describe("holidayColumns()", () => {
  const weeks = panel("week", ["2026-12-14", "2026-12-21"])

  it("counts each kind of day by period, the future's too, the same for all series", () => {
    const days = [holiday("2026-12-25"), holiday("2026-12-26"), holiday("2027-01-01"), holiday("2026-12-20", "observance")]
    expect(counts(weeks, 1, days)).toEqual({ holidays: [[0, 2, 1], [0, 2, 1]], observances: [[1, 0, 0], [1, 0, 0]] })
  })

  it("counts a day once that has two names, and nothing before or after", () =>
    expect(counts(weeks, 0, [holiday("2026-12-25"), { ...holiday("2026-12-25"), name: "another" }, holiday("2026-12-13"), holiday("2026-12-28")])).toEqual({ holidays: [[0, 1], [0, 1]] }))

  it("follows months of unequal length", () => expect(counts(panel("month", ["2026-01-01", "2026-02-01"]), 1, [holiday("2026-02-28"), holiday("2026-03-31")])).toEqual({ holidays: [[0, 1, 1], [0, 1, 1]] }))

  it("has no column without a day, and none for no periods", () => {
    expect(holidayColumns(weeks, 4, [])).toEqual([])
    expect(holidayColumns(panel("week", []), 4, [holiday("2026-12-25")])).toEqual([])
  })
})

describe("calendarSpan()", () => {
  it("reaches to the last day of the last period ahead", () => {
    expect(calendarSpan(panel("week", ["2026-12-14", "2026-12-21"]), 1)).toEqual({ from: "2026-12-14", to: "2027-01-03" })
    expect(calendarSpan(panel("month", ["2026-01-01"]), 1)).toEqual({ from: "2026-01-01", to: "2026-02-28" })
    expect(calendarSpan(panel("day", []), 1)).toBeNull()
  })
})
