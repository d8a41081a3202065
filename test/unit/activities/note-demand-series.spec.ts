import { keepForecasts, noteSeries } from "../../../activities/note-demand-series"
import type { DemandSeriesRow } from "../../../src/database/stores/demand-series-store"
import type { PastForecast } from "../../../src/database/stores/forecast-history-store"
import type { StoredForecast } from "../../../src/database/stores/forecast-store"
import { QUANTILE_LEVELS } from "../../../src/domain/demand/types"
import { aSeries } from "../../support/demand-builders"
import { shopReader, variant } from "../../support/shop-builders"

const computedAt = new Date("2026-03-02T02:00:00Z")

describe("noteSeries()", () => {
  const noted = async (weeks: number, own: Parameters<typeof variant>[0] = {}) => {
    const written: DemandSeriesRow[] = []
    const removed: Date[] = []
    const stores = { demandSeries: { upsert: async (rows: readonly DemandSeriesRow[]) => written.push(...rows), removeBefore: async (before: Date) => removed.push(before) } }
    const units = Array.from({ length: weeks }, (_, week) => week)
    const series = [aSeries(units, { seriesId: "variant_1@sloc_1" }), aSeries(units, { seriesId: "deleted@sloc_1" })]
    const panel = { frequency: "week" as const, periods: units.map((week) => `week ${week}`), series }
    await noteSeries({ stores: stores as unknown as Parameters<typeof noteSeries>[0]["stores"], reader: shopReader({ variantsOf: async () => [variant(own)] }) }, panel, computedAt, () => undefined)
    return { written, removed }
  }

  it("writes what the run saw of each variant that still exists, 60 weeks at most", async () => {
    const { written, removed } = await noted(64)
    expect(written).toMatchObject([{ variantId: "variant_1", locationId: "sloc_1", productId: "prod_1", demandClass: "smooth", firstWeek: "week 4", computedAt }])
    expect([written[0]?.demand.length, written[0]?.demand[0], written[0]?.demand.at(-1)]).toEqual([60, 4, 63])
    expect(removed).toEqual([computedAt])
  })

  it("calls what was replaced an ending item, with what it sold from that day on", async () => {
    const written: DemandSeriesRow[] = []
    const stores = { demandSeries: { upsert: async (rows: readonly DemandSeriesRow[]) => written.push(...rows), removeBefore: async () => 0 } }
    const panel = { frequency: "week" as const, periods: ["2026-02-16", "2026-02-23"], series: [], retired: [aSeries([NaN, 2], { seriesId: "variant_1@sloc_1" })] }
    await noteSeries({ stores: stores as unknown as Parameters<typeof noteSeries>[0]["stores"], reader: shopReader({ variantsOf: async () => [variant()] }) }, panel, computedAt, () => undefined)
    expect(written).toMatchObject([{ variantId: "variant_1", demandClass: "dying", demand: [NaN, 2] }])
  })

  it("names the items whose lack stops sales, and none where it sells without stock", async () => {
    expect((await noted(4)).written[0]?.inventoryItemIds).toEqual(["iitem_1"])
    expect((await noted(4, { allowBackorder: true })).written[0]?.inventoryItemIds).toEqual([])
    expect((await noted(4, { manageInventory: false })).written[0]?.inventoryItemIds).toEqual([])
  })
})

describe("keepForecasts()", () => {
  const forecast = (weeks: number): StoredForecast => ({
    variantId: "v",
    locationId: "l",
    firstDay: "2026-03-02",
    frequency: "week",
    horizon: weeks,
    mean: Array.from({ length: weeks }, (_, week) => week + 1),
    quantiles: Array.from({ length: weeks }, (_, week) => QUANTILE_LEVELS.map((level) => (week + 1) * level)).flat(),
    correlation: 0,
    historyWeeks: 9,
    reasons: null,
    modelVersionId: null,
    computedAt,
  })
  const kept = async (last: string | null, firstDay = "2026-03-02", weeks = 8) => {
    const written: PastForecast[] = []
    const removed: string[] = []
    const forecastHistory = { lastDay: async () => last, keep: async (rows: readonly PastForecast[]) => written.push(...rows), removeBefore: async (day: string) => removed.push(day) }
    await keepForecasts({ forecastHistory } as unknown as Parameters<typeof keepForecasts>[0], [forecast(weeks)], firstDay, () => undefined)
    return { written, removed }
  }

  it("keeps four weeks at five levels, and forgets what is older than half a year", async () => {
    const { written, removed } = await kept(null)
    expect(written).toMatchObject([{ variantId: "v", locationId: "l", firstDay: "2026-03-02", mean: [1, 2, 3, 4] }])
    expect(written[0]?.quantiles.slice(0, 5)).toEqual([0.01, 0.1, 0.5, 0.9, 0.99])
    expect(written[0]?.quantiles).toHaveLength(20)
    expect(removed).toEqual(["2025-09-01"])
  })

  it.each([
    ["on the same day again, for a retry", "2026-03-02", 1],
    ["not within a week of the last", "2026-03-01", 0],
    ["not a day too early", "2026-02-24", 0],
    ["a week after the last", "2026-02-23", 1],
    ["after nights that were missed", "2026-01-05", 1],
    ["not before the last, where a clock went back", "2026-03-05", 0],
  ])("keeps %s", async (_when, last, rows) => expect((await kept(last)).written).toHaveLength(rows))

  it("keeps a shorter forecast as it is", async () => expect((await kept(null, "2026-03-02", 2)).written[0]?.mean).toEqual([1, 2]))
})
