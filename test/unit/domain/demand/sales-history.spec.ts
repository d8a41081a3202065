import { dayNumber } from "../../../../src/domain/day"
import { salesFrame, SalesSpan } from "../../../../src/domain/demand/sales-frame"
import { readHistory } from "../../../../src/domain/demand/sales-history"
import { SalesRows } from "../../../../src/domain/demand/sales-rows"
import type { Frequency } from "../../../../src/domain/demand/types"

interface Line {
  item: string
  day: string
  units?: number
  isOut?: boolean
  extras?: number[]
}

function historyOf(lines: Line[], { frequency = "day", hasPrice = false, known = [], statics = [] }: { frequency?: Frequency; hasPrice?: boolean; known?: string[]; statics?: string[] } = {}) {
  const ids = [...new Set(lines.map(({ item }) => item))].sort()
  const rows = new SalesRows((hasPrice ? 1 : 0) + known.length)
  const span = new SalesSpan()
  for (const { item, day, units = NaN, isOut = false, extras = [] } of lines) {
    rows.add(ids.indexOf(item), dayNumber(day), units, isOut, extras)
    span.take(dayNumber(day), units)
  }
  const ranked = rows.ranked(Uint32Array.from(ids.keys()))
  const series = ids.map((seriesId) => ({ seriesId, category: null, statics: statics.map(() => `${seriesId}'s`) }))
  const frame = salesFrame(span, frequency)
  const steps = readHistory({ frame, open: () => ranked.reader(), series, hasPrice, known, statics })
  let step = steps.next()
  while (!step.done) step = steps.next()
  const history = step.value
  return { ...frame, ...history, panel: history.source.pick([...history.order.keys()]) }
}
const unitsOf = (built: ReturnType<typeof historyOf>, series = 0) => [...(built.panel.series[series]?.units ?? [])]

describe("readHistory()", () => {
  it("sums rows of one period and fills zeros from the item's first date to the file's last", () => {
    const built = historyOf([
      { item: "b", day: "2026-01-04", units: 7 },
      { item: "a", day: "2026-01-03", units: 2 },
      { item: "a", day: "2026-01-01", units: 1 },
      { item: "a", day: "2026-01-03", units: 3.5 },
    ])
    expect(built.panel.periods).toEqual(["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"])
    expect(built.panel.series.map(({ seriesId, firstPeriod }) => [seriesId, firstPeriod])).toEqual([["a", 0], ["b", 3]])
    expect(unitsOf(built)).toEqual([1, 0, 5.5, 0])
    expect(unitsOf(built, 1)).toEqual([NaN, NaN, NaN, 7])
  })

  it("keeps the weekday on which all dates of a weekly file fall", () => {
    const built = historyOf([{ item: "a", day: "2026-01-02", units: 1 }, { item: "a", day: "2026-01-16", units: 2 }], { frequency: "week" })
    expect(built.panel.periods).toEqual(["2026-01-02", "2026-01-09", "2026-01-16"]) // Fridays
    expect(unitsOf(built)).toEqual([1, 0, 2])
    expect(built.oneWeekday).toBe(true)
  })

  it("ends weeks on the file's last day otherwise", () => {
    const built = historyOf([{ item: "a", day: "2026-01-01", units: 1 }, { item: "a", day: "2026-01-05", units: 2 }, { item: "a", day: "2026-01-13", units: 4 }], { frequency: "week" })
    // the last week is 7 … 13 January, so the first one begins on 31 December
    expect(built.panel.periods).toEqual(["2025-12-31", "2026-01-07"])
    expect(unitsOf(built)).toEqual([3, 4])
  })

  it("begins months on the 1st, over a gap of a year", () => {
    const built = historyOf([{ item: "a", day: "2024-12-31", units: 1 }, { item: "a", day: "2026-01-15", units: 2 }], { frequency: "month" })
    expect(built.panel.periods[0]).toBe("2024-12-01")
    expect(unitsOf(built)).toEqual([1, ...new Array<number>(12).fill(0), 2])
  })

  it("takes returns off in their period, never below 0", () => {
    const built = historyOf([
      { item: "a", day: "2026-01-01", units: 5 },
      { item: "a", day: "2026-01-01", units: -2 },
      { item: "a", day: "2026-01-02", units: -4 },
    ])
    expect(unitsOf(built)).toEqual([3, 0])
    expect(built.negativePeriods).toBe(1)
  })

  it("does not know the demand of a period out of stock or without a quantity", () => {
    const built = historyOf([
      { item: "a", day: "2026-01-01", units: 4 },
      { item: "a", day: "2026-01-02", units: 0, isOut: true },
      { item: "a", day: "2026-01-03" },
      { item: "a", day: "2026-01-04", units: 2 },
    ])
    expect(unitsOf(built)).toEqual([4, NaN, NaN, 2])
    expect(built.openRows).toBe(1)
  })

  it("adds what the missing part of a period would have sold at the item's rate", () => {
    const built = historyOf(
      [
        { item: "a", day: "2026-01-05", units: 10 },
        { item: "a", day: "2026-01-12", units: 3 },
        { item: "a", day: "2026-01-12", units: 0, isOut: true },
      ],
      { frequency: "week" }
    )
    // half of the second week was seen: 13 units in 1.5 weeks, so 3 + 0.5 · 26 / 3
    expect(unitsOf(built)[1]).toBeCloseTo(3 + (0.5 * 26) / 3, 12)
    expect([...(built.panel.series[0]?.madeUp ?? [])]).toEqual([0, (0.5 * 26) / 3])
  })

  it("tells what was made up for lack of stock from what nobody wrote down", () => {
    const built = historyOf(
      [
        { item: "a", day: "2026-01-05", units: 6 },
        { item: "a", day: "2026-01-12", units: 2 },
        { item: "a", day: "2026-01-12", units: 0, isOut: true },
        { item: "a", day: "2026-01-12" },
        { item: "a", day: "2026-01-12" },
        { item: "a", day: "2026-01-19", units: 0, isOut: true },
        { item: "a", day: "2026-01-26" },
        { item: "a", day: "2026-02-02", units: 4 },
      ],
      { frequency: "week" }
    )
    const [series] = built.panel.series
    // a quarter of the second week was seen, 8 units in 1.25 weeks: 0.75 · 6.4 are missing, a third of them for lack of stock
    expect([...(series?.units ?? [])].map((units) => Math.round(units * 1e6) / 1e6)).toEqual([6, 6.8, NaN, NaN, 4])
    expect([...(series?.madeUp ?? [])].map((units) => Math.round(units * 1e6) / 1e6)).toEqual([0, 1.6, 0, NaN, 0])
  })

  it("makes nothing up where no row was out of stock", () => {
    expect(historyOf([{ item: "a", day: "2026-01-01", units: 4 }, { item: "a", day: "2026-01-01" }]).panel.series[0]).not.toHaveProperty("madeUp")
  })

  it("gives the mean price paid, carried forward, and takes 0 for nothing", () => {
    const built = historyOf(
      [
        { item: "a", day: "2026-01-01", units: 1, extras: [NaN] },
        { item: "a", day: "2026-01-02", units: 1, extras: [10] },
        { item: "a", day: "2026-01-02", units: 3, extras: [6] },
        { item: "a", day: "2026-01-04", units: 1, extras: [0] },
        { item: "a", day: "2026-01-05", units: 0, extras: [9] },
      ],
      { hasPrice: true }
    )
    expect([...(built.panel.series[0]?.price ?? [])]).toEqual([NaN, 7, 7, 7, 9])
  })

  it("knows no price in a file without one", () => {
    expect([...(historyOf([{ item: "a", day: "2026-01-01", units: 1 }]).panel.series[0]?.price ?? [])]).toEqual([NaN])
  })

  it("lengthens what is known ahead beyond the history, and shares what all agree on", () => {
    const built = historyOf(
      [
        { item: "a", day: "2026-01-01", units: 1, extras: [0, 5] },
        { item: "b", day: "2026-01-01", units: 1, extras: [0, 7] },
        { item: "a", day: "2026-01-02", units: 1, extras: [1, NaN] },
        { item: "a", day: "2026-01-04", extras: [1, 3] },
      ],
      { known: ["holiday", "markdown"], statics: ["brand"] }
    )
    expect(built.panel.periods).toHaveLength(2)
    expect(built.panel.known?.map(({ name, values }) => [name, values.map((value) => [...value])])).toEqual([
      ["holiday", [[0, 1, NaN, 1], [0, 1, NaN, 1]]],
      ["markdown", [[5, NaN, NaN, 3], [7, NaN, NaN, 3]]], // a's and b's differ on the 1st
    ])
    expect(built.panel.statics).toEqual([{ name: "brand", values: ["a's", "b's"] }])
    expect(built.openRows).toBe(0)
  })

  it("sets series apart of which nothing is known", () => {
    const built = historyOf([{ item: "a", day: "2026-01-01", units: 1 }, { item: "ghost", day: "2026-01-09" }])
    expect(built.empty).toEqual([1])
    expect(built.panel.series).toHaveLength(1)
    expect(() => historyOf([{ item: "ghost", day: "2026-01-09" }])).toThrow("no row has a quantity")
    const never = historyOf([{ item: "a", day: "2026-01-02", units: 1 }, { item: "never there", day: "2026-01-02", units: 0, isOut: true }])
    expect([never.empty, never.panel.series.map(({ seriesId }) => seriesId)]).toEqual([[1], ["a"]])
  })

  it("looks at the last four years of days only, and refuses a slip of the pen", () => {
    const built = historyOf([{ item: "a", day: "2015-01-01", units: 1 }, { item: "a", day: "2026-01-01", units: 2 }])
    expect(built.panel.periods).toHaveLength(1461)
    expect(built.cutBefore).toBe("2022-01-02")
    expect(built.panel.series[0]?.firstPeriod).toBe(0)
    expect(() => historyOf([{ item: "a", day: "0202-01-01", units: 1 }, { item: "a", day: "2026-01-01", units: 2 }])).toThrow("dates go from 0202-01-01 to 2026-01-01")
  })
})
