import type { DemandSeriesAnswer } from "../../../../src/api/answers"
import { chartWeeks, spansOf } from "../../../../admin-extensions/components/demand-weeks"

const past = (first_day: string, own: object = {}) => ({ first_day, sold: 5, demand: 5 as number | null, price: null, out_of_stock: 0, said: null as DemandSeriesAnswer["history"][number]["said"], ...own })
const promotion = (starts_on: string, ends_on: string | null) => ({ id: "p", code: "SALE", starts_on, ends_on, is_running: false, is_over: false })
const ahead = [{ first_day: "2026-03-16", mean: 6, low: 2, high: 9, model_mean: null }]

describe("chartWeeks()", () => {
  it("puts the last weeks and those ahead in a row", () => {
    const weeks = chartWeeks({ history: [past("2026-02-23"), past("2026-03-02"), past("2026-03-09")], forecast: ahead, promotions: [], series: 1 }, 2)
    expect(weeks.map(({ day }) => day)).toEqual(["2026-03-02", "2026-03-09", "2026-03-16"])
    expect(weeks[2]).toMatchObject({ mean: 6, band: [2, 9] })
    expect(weeks[2]?.sold).toBeUndefined()
  })
  it("sets beside a past week what had been said of it, with its range where it has one", () => {
    const history = [past("2026-02-23"), past("2026-03-02", { said: { mean: 4, low: 1, high: 8 } }), past("2026-03-09", { said: { mean: 30, low: null, high: null } })]
    const weeks = chartWeeks({ history, forecast: ahead, promotions: [], series: 1 }, 9)
    expect(weeks.map(({ sold, mean, band }) => [sold, mean, band])).toEqual([
      [5, undefined, undefined],
      [5, 4, [1, 8]],
      [5, 30, undefined],
      [undefined, 6, [2, 9]],
    ])
  })
  it("tells what a stock-out cost, and nothing where it cost nothing or nobody knows", () => {
    const history = [past("2026-02-23", { demand: 8, out_of_stock: 0.5 }), past("2026-03-02", { demand: 8 }), past("2026-03-09", { demand: null, out_of_stock: 1 })]
    expect(chartWeeks({ history, forecast: [], promotions: [], series: 1 }, 9).map(({ missed }) => missed)).toEqual([3, 0, 0])
  })
  it("marks a week in which a series lacked stock at all, and of several together those in which most lacked it", () => {
    const history = [0, 0.1, 0.5, 0.6].map((share, week) => past(`2026-02-${String(2 + 7 * week).padStart(2, "0")}`, { out_of_stock: share }))
    const marked = (series: number) => chartWeeks({ history, forecast: ahead, promotions: [], series }, 9).map(({ isShort }) => isShort)
    expect(marked(1)).toEqual([false, true, true, true, false])
    expect(marked(117)).toEqual([false, false, false, true, false])
  })
  it("marks weeks that a promotion touches by a day, without an end for good", () => {
    const history = [past("2026-02-23"), past("2026-03-02"), past("2026-03-09")]
    const marked = (starts: string, ends: string | null) => chartWeeks({ history, forecast: ahead, promotions: [promotion(starts, ends)], series: 1 }, 9).map(({ promotions }) => promotions.length).join("")
    expect(marked("2026-03-08", "2026-03-09")).toBe("0110")
    expect(marked("2026-03-09", null)).toBe("0011")
    expect(marked("2026-01-01", "2026-03-01")).toBe("1000")
  })
})

describe("spansOf()", () => {
  it("joins neighbours", () => {
    const history = [0, 1, 1, 0, 1].map((share, week) => past(`2026-01-${String(1 + 7 * week).padStart(2, "0")}`, { out_of_stock: share }))
    const spans = spansOf(chartWeeks({ history, forecast: [], promotions: [], series: 1 }, 9), ({ outOfStock }) => outOfStock > 0)
    expect(spans).toEqual([{ from: "2026-01-08", to: "2026-01-15" }, { from: "2026-01-29", to: "2026-01-29" }])
  })
})
