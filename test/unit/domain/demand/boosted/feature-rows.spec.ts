import { boostedSpec } from "../../../../../src/domain/demand/boosted/boosted-spec"
import { DemandHistory } from "../../../../../src/domain/demand/boosted/demand-history"
import { FeatureRows } from "../../../../../src/domain/demand/boosted/feature-rows"
import type { DemandPanel } from "../../../../../src/domain/demand/types"
import { smallPanel } from "../../../../support/demand-panels"

const PERIODS = 120
const SETTINGS = { alpha: 0.2, ownSeason: 0.5, floor: 0.05 }

function panelWithPlans(): DemandPanel {
  const panel = smallPanel({ series: 4, periods: PERIODS })
  return {
    ...panel,
    known: [{ name: "promotion", values: panel.series.map(() => Float64Array.from({ length: PERIODS + 8 }, (_, period) => (period === PERIODS + 1 ? 1 : 0))) }],
    statics: [{ name: "supplier", values: ["north", "south", null, "north"] }],
  }
}

function rowOf(panel: DemandPanel, target: Parameters<FeatureRows["write"]>[0], limit = PERIODS) {
  const features = new FeatureRows(boostedSpec(panel, limit, SETTINGS), new DemandHistory(panel, SETTINGS))
  const columns = features.names.map(() => new Float32Array(1))
  const divisor = features.write(target, 0, columns)
  return { divisor, features, at: (name: string) => columns[features.names.indexOf(name)]?.[0] ?? NaN, values: columns.map((column) => column[0]) }
}

describe("FeatureRows", () => {
  it("writes every column, whatever is known of the panel", () => {
    const { features } = rowOf(panelWithPlans(), { index: 0, origin: PERIODS, from: 0, to: 1 })
    expect(new Set(features.names).size).toBe(features.names.length)
    expect(features.names).toEqual(expect.arrayContaining(["lag1", "price", "index", "year_ago", "promotion_year_ago", "category", "static_supplier"]))
    expect([...features.categorical].map((at) => features.names[at])).toEqual(["category", "static_supplier"])
  })

  it("reads what is known ahead, in the window and after it", () => {
    const panel = panelWithPlans()
    const step = (from: number) => rowOf(panel, { index: 0, origin: PERIODS, from, to: from + 1 })
    expect([step(0).at("promotion"), step(0).at("promotion_next"), step(1).at("promotion")]).toEqual([0, 1, 1])
    // one promoted period of four
    expect(rowOf(panel, { index: 0, origin: PERIODS, from: 0, to: 4 }).at("promotion")).toBe(0.25)
  })

  it("does not read what was planned only later", () => {
    const panel = panelWithPlans()
    const promotion = (plannedIn: number, origin: number) => {
      const since = panel.series.map(() => new Int32Array(PERIODS + 8).fill(plannedIn))
      return rowOf({ ...panel, known: [{ ...panel.known![0]!, since }] }, { index: 0, origin, from: 0, to: 4 }).at("promotion")
    }
    expect([promotion(PERIODS, PERIODS), promotion(PERIODS, PERIODS - 1), promotion(PERIODS - 1, PERIODS - 1)]).toEqual([0.25, 0, 0.25])
  })

  it("names weekday and day of the month of days, beyond the panel too, and no time of the year", () => {
    const first = Date.parse("2024-01-01T00:00:00Z")
    const periods = Array.from({ length: PERIODS }, (_, day) => new Date(first + day * 86_400_000).toISOString().slice(0, 10))
    const rows = [0, 1].map((from) => rowOf({ ...panelWithPlans(), frequency: "day", periods }, { index: 0, origin: PERIODS, from, to: from + 1 }))
    // 120 days from Monday 1 January 2024 on: Tuesday 30 April, Wednesday 1 May
    expect(rows.map((row) => [row.at("weekday"), row.at("day_of_month")])).toEqual([[1, 30], [2, 1]])
    expect(rows[0]?.features.names.filter((name) => /^(week|month|quarter|year)$/.test(name))).toEqual([])
  })

  it("reads no demand and no price at or after the origin", () => {
    const panel = panelWithPlans()
    const target = { index: 1, origin: 100, from: 2, to: 6 }
    const before = rowOf(panel, target, 100)
    for (const { units, price } of panel.series) {
      units.fill(1e6, 100)
      price.fill(1e3, 100)
    }
    expect(rowOf(panel, target, 100)).toMatchObject({ divisor: before.divisor, values: before.values })
  })

  it("counts an unseen category as missing", () => {
    const panel = panelWithPlans()
    const spec = boostedSpec(panel, PERIODS, SETTINGS)
    const other = { ...panel, series: panel.series.map((series) => ({ ...series, category: "never seen" })) }
    const features = new FeatureRows(spec, new DemandHistory(other, SETTINGS))
    const columns = features.names.map(() => new Float32Array(1))
    features.write({ index: 0, origin: PERIODS, from: 0, to: 1 }, 0, columns)
    expect(columns[features.names.indexOf("category")]?.[0]).toBeNaN()
  })

  it("knows the weekday of a day, and what the same weekdays sold", () => {
    const daily = smallPanel({ series: 1, periods: 100 })
    const panel: DemandPanel = {
      ...daily,
      frequency: "day",
      periods: Array.from({ length: 100 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)),
      series: daily.series.map((series) => ({ ...series, units: Float64Array.from({ length: 100 }, (_, day) => (day % 7 === 5 ? 70 : 7)) })),
    }
    const row = rowOf(panel, { index: 0, origin: 98, from: 5, to: 6 }, 98)
    // day 103 is a Saturday, as day 5 of a panel that begins on a Monday
    expect(row.at("weekday")).toBe(5)
    expect(row.at("same_weekday4") / row.at("lag1")).toBeCloseTo(10, 4)
  })
})
