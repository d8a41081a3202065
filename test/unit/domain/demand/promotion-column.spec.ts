import { addDays } from "../../../../src/domain/day"
import { promotedPeriods, promotedShares, promotionColumn, type PromotedSpan } from "../../../../src/domain/demand/promotion-column"
import { aPanel, aSeries } from "../../../support/demand-builders"
import fc from "../../../support/properties"

/** Four weeks from Monday 2 January 2023, or as many days. */
const panel = (series = 1, frequency: "week" | "day" = "week") => aPanel(Array.from({ length: series }, () => aSeries([1, 1, 1, 1])), frequency)
const span = (fromDay: string | null, toDay: string | null, knownDay = "2022-12-01"): PromotedSpan => ({ fromDay, toDay, knownDay })
const shares = (spans: PromotedSpan[], ahead = 1, frequency: "week" | "day" = "week") => {
  const { values, since } = promotedShares(panel(1, frequency), ahead, spans)
  return { values: [...values], since: [...since] }
}

describe("promotedShares()", () => {
  it("counts days of each period, those ahead too, an overlap once", () => {
    // Friday 6 to Tuesday 10 January, again Monday 9 to Wednesday 11, then the first day ahead
    const { values } = shares([span("2023-01-06", "2023-01-10"), span("2023-01-09", "2023-01-11"), span("2023-01-30", "2023-01-30")])
    expect(values).toEqual([3 / 7, 3 / 7, 0, 0, 1 / 7])
  })

  it("goes to either end where no day is named, and leaves out what lies beyond", () => {
    expect(shares([span(null, "2023-01-08")]).values).toEqual([1, 0, 0, 0, 0])
    expect(shares([span("2023-01-23", null)]).values).toEqual([0, 0, 0, 1, 1])
    expect(shares([span("2022-01-01", "2022-12-31"), span("2024-01-01", "2024-02-01"), span("2023-01-10", "2023-01-09")]).values).toEqual([0, 0, 0, 0, 0])
  })

  it("is whole days of a daily panel", () => expect(shares([span("2023-01-03", "2023-01-04")], 1, "day").values).toEqual([0, 1, 1, 0, 0]))

  it("is known when the week in which it was planned is over", () => {
    // planned on the last day of the first week: forecasts from the second week's first day on see it
    expect(shares([span("2023-01-23", "2023-01-29", "2023-01-08")]).since).toEqual([0, 0, 0, 1, 0])
    // of two that share a week the later one decides, unless it adds no day
    expect(shares([span("2023-01-23", "2023-01-25", "2023-01-18"), span("2023-01-26", "2023-01-26", "2023-01-04")]).since).toEqual([0, 0, 0, 3, 0])
    expect(shares([span("2023-01-23", "2023-01-25", "2023-01-18"), span("2023-01-23", "2023-01-29", "2023-01-04")]).since).toEqual([0, 0, 0, 1, 0])
  })

  it("is known at the panel's end, if only since this morning", () => expect(shares([span("2023-01-30", null, "2023-01-30")]).since).toEqual([0, 0, 0, 0, 4]))

  it("never leaves 0 … 1, whatever the dates", () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -40, max: 60 }), fc.integer({ min: -5, max: 50 }), fc.integer({ min: -40, max: 60 })), { maxLength: 6 }), (drawn) => {
        const { values, since } = shares(drawn.map(([from, days, known]) => span(addDays("2023-01-02", from), addDays("2023-01-02", from + days), addDays("2023-01-02", known))), 3)
        expect(values.every((value) => value >= 0 && value <= 1)).toBe(true)
        expect(since.every((period) => period >= 0 && period <= 4)).toBe(true)
      })
    ))
})

describe("promotionColumn()", () => {
  const week = [span("2023-01-09", "2023-01-15")]

  it("has a value a series, shared by those with the same promotions", () => {
    const column = promotionColumn(panel(3), 1, [week, [], [...week]])
    expect(column?.name).toBe("promotion")
    expect(column?.values.map((values) => [...values])).toEqual([[0, 1, 0, 0, 0], [0, 0, 0, 0, 0], [0, 1, 0, 0, 0]])
    expect(column?.values[2]).toBe(column?.values[0])
    expect(promotedPeriods({ known: [column!] })).toBe(column?.values)
  })

  it.each([
    ["there was none", []],
    ["there will only be one", [span("2023-01-30", null)]],
    ["it never ended", [span(null, null)]],
  ])("is left out where %s: there is nothing to learn from", (_case, spans) => expect(promotionColumn(panel(1), 2, [spans])).toBeNull())

  it("looks only at the weeks in which a series existed", () => {
    const late = aPanel([aSeries([NaN, NaN, 1, 1])])
    expect(promotionColumn(late, 0, [week])).toBeNull()
  })

  it("says nothing of a panel without weeks, and of one without the column", () => {
    expect(promotionColumn(aPanel([]), 2, [])).toBeNull()
    expect(promotedPeriods({})).toEqual([])
  })
})
