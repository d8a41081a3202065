import { randomUUID } from "node:crypto"
import type { DemandOverride, NewDemandOverride } from "../../../../../src/database/stores/demand-override-store"
import type { DemandSeriesRow } from "../../../../../src/database/stores/demand-series-store"
import type { PastForecast } from "../../../../../src/database/stores/forecast-history-store"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"
import { shopEvent } from "../../../../support/shop-event"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() =>
  database.dataSource.query(
    "TRUNCATE foresight.demand_series, foresight.forecast_history, foresight.demand_override, foresight.forecast, foresight.demand_day, foresight.stock_day, foresight.event, foresight.excluded_line"
  )
)

const computedAt = new Date("2026-03-02T02:15:00Z")
const series = (own: Partial<DemandSeriesRow> = {}): DemandSeriesRow => ({
  variantId: "v1",
  locationId: "l1",
  productId: "p1",
  categoryId: "c1",
  categoryIds: ["c1", "c2"],
  sku: "CUP-S",
  variantTitle: "Small",
  productTitle: "Cup",
  thumbnail: null,
  inventoryItemIds: ["i1", "i2"],
  demandClass: "smooth",
  firstWeek: "2026-02-16",
  demand: [3, NaN],
  computedAt,
  ...own,
})
/** Units sold; one row a day. */
const sell = async (rows: [variantId: string, locationId: string, day: string, units: number, salesChannelId?: string][]) => {
  for (const [variantId, locationId, day, units, salesChannelId = ""] of rows) {
    await database.dataSource.query(
      `INSERT INTO foresight.demand_day (variant_id, location_id, sales_channel_id, currency_code, day, units, returned_units, orders, revenue, unit_price) VALUES ($1, $2, $5, 'eur', $3, $4, 0, 1, 0, 10)`,
      [variantId, locationId, day, units, salesChannelId]
    )
  }
}
const stock = (item: string, day: string, share: number) =>
  database.dataSource.query(`INSERT INTO foresight.stock_day (inventory_item_id, location_id, day, stocked, reserved, incoming, in_stock_fraction, assumed) VALUES ($1, 'l1', $2, 0, 0, 0, $3, false)`, [item, day, share])

describe("DemandSeriesStore", () => {
  const forecast = {
    variantId: "v1",
    locationId: "l1",
    firstDay: "2026-03-02",
    frequency: "week" as const,
    horizon: 2,
    mean: [1.5, 2],
    quantiles: [0, 1.25, 3, 0, 1, 2],
    correlation: 0.25,
    historyWeeks: 52,
    reasons: { periods: 2, longRun: 1.5, reasons: [{ group: "trend" as const, units: 0.75 }, { group: "other" as const, units: -0.25 }] },
    modelVersionId: null,
    computedAt,
  }

  it("gives back series with their forecasts, unknown weeks among them, and leaves out what is not forecast", async () => {
    await database.stores.demandSeries.upsert([series(), series({ variantId: "v2" })])
    await database.stores.forecasts.upsert([forecast, { ...forecast, variantId: "v3" }])
    const { computedAt: _computedAt, ...kept } = series()
    const { computedAt: _at, ...outlook } = forecast
    expect(await database.stores.demandSeries.outlooks()).toEqual([{ ...kept, ...outlook }])
  })

  it("keeps the newest, removes what a run did not write again, and says when something changed", async () => {
    const store = database.stores.demandSeries
    expect(await store.upsert([series()])).toBe(1)
    const before = await store.stamp()
    expect(await store.stamp()).toBe(before)
    expect(await store.upsert([series({ sku: "OLD", computedAt: new Date(computedAt.getTime() - 1) })])).toBe(0)
    await store.upsert([series({ variantId: "v9", computedAt: new Date(computedAt.getTime() + 1) })])
    expect(await store.stamp()).not.toBe(before)
    expect(await store.removeBefore(new Date(computedAt.getTime() + 1))).toBe(1)
  })
})

describe("DemandWeekStore", () => {
  it("adds up weeks of chosen variants, and of one location with what has none", async () => {
    const weeks = database.stores.demandWeeks
    await sell([
      ["v1", "l1", "2026-02-16", 2],
      ["v1", "", "2026-02-22", 3], // Sunday of the same week
      ["v1", "l2", "2026-02-23", 5],
      ["v2", "l1", "2026-02-23", 7],
      ["v1", "l1", "2026-03-02", 100], // after the last day
    ])
    const which = { fromDay: "2026-02-16", toDay: "2026-03-01", defaultLocationId: "l1" }
    expect(await weeks.sold(which)).toEqual([{ week: 0, salesChannelId: "", units: 5 }, { week: 1, salesChannelId: "", units: 12 }])
    expect(await weeks.sold({ ...which, variantIds: ["v1"] })).toEqual([{ week: 0, salesChannelId: "", units: 5 }, { week: 1, salesChannelId: "", units: 5 }])
    expect(await weeks.sold({ ...which, variantIds: ["v1"], locationId: "l1" })).toEqual([{ week: 0, salesChannelId: "", units: 5 }])
    expect(await weeks.soldByVariant(which)).toEqual(new Map([["v1", 10], ["v2", 7]]))
  })

  it("tells the weeks of each sales channel apart", async () => {
    await sell([
      ["v1", "l1", "2026-02-16", 2, "web"],
      ["v2", "l1", "2026-02-17", 3, "web"],
      ["v1", "l1", "2026-02-16", 4, "till"],
      ["v1", "l1", "2026-02-23", 5],
    ])
    const found = await database.stores.demandWeeks.sold({ fromDay: "2026-02-16", toDay: "2026-03-01", defaultLocationId: "l1" })
    expect(found).toEqual([
      { week: 0, salesChannelId: "till", units: 4 },
      { week: 0, salesChannelId: "web", units: 5 },
      { week: 1, salesChannelId: "", units: 5 },
    ])
  })

  it("counts days on which one of a series' items was missing, once a day", async () => {
    await database.stores.demandSeries.upsert([series(), series({ variantId: "v2", inventoryItemIds: ["i1"] }), series({ variantId: "v3", inventoryItemIds: [] })])
    await stock("i1", "2026-02-16", 0.5)
    await stock("i2", "2026-02-16", 0) // v1 lacks i2 all day: the worse of the two counts
    await stock("i1", "2026-02-24", 1)
    const which = { fromDay: "2026-02-16", toDay: "2026-03-01", defaultLocationId: null }
    // v1 lacks a day, v2 half a day
    expect(await database.stores.demandWeeks.outOfStock(which)).toEqual([{ week: 0, days: 1.5, series: 2 }])
    expect(await database.stores.demandWeeks.outOfStock({ ...which, variantIds: ["v2"] })).toEqual([{ week: 0, days: 0.5, series: 1 }])
  })

  it("finds the largest order that counts", async () => {
    const event = (eventId: string, orderId: string, quantity: number, day = "2026-02-17") => shopEvent({ day, eventId, orderId, quantity, variantId: "v1" })
    await database.stores.events.ensurePartitions("2026-02-01", "2026-03-31")
    await database.stores.events.insert([event("a/1", "a", 4), event("a/2", "a", 5), event("b/1", "b", 8), event("c/1", "c", 99), event("d/1", "d", 50, "2026-02-24")])
    await database.dataSource.query("INSERT INTO foresight.excluded_line (day, event_id, reason) VALUES ('2026-02-17', 'c/1', 'bulk_outlier')")
    expect(await database.stores.demandWeeks.largestOrders([{ variantId: "v1", firstDay: "2026-02-16" }])).toEqual([{ variantId: "v1", firstDay: "2026-02-16", units: 9 }])
    expect(await database.stores.demandWeeks.largestOrders([])).toEqual([])
  })
})

describe("ForecastHistoryStore", () => {
  const past = (own: Partial<PastForecast> = {}): PastForecast => ({
    variantId: "v1",
    locationId: "l1",
    firstDay: "2026-02-16",
    mean: [10, 11],
    quantiles: [1, 5, 10, 15, 20, 2, 6, 11, 16, 21], // 1%, 10%, 50%, 90%, 99% of two weeks
    modelVersionId: null,
    computedAt,
    ...own,
  })
  const range = { from: "2026-02-09", today: "2026-03-02", defaultLocationId: "l1" }

  it("keeps one forecast a series and day, the last one written, and forgets old ones", async () => {
    const store = database.stores.forecastHistory
    expect(await store.lastDay()).toBeNull()
    await store.keep([past(), past({ firstDay: "2026-02-23" })])
    expect(await store.keep([past({ mean: [12, 12] })])).toBe(1)
    expect([await store.firstDay(), await store.lastDay()]).toEqual(["2026-02-16", "2026-02-23"])
    expect(await store.removeBefore("2026-02-23")).toBe(1)
    expect(await store.firstDay()).toBe("2026-02-23")
  })

  it("tells forecasts of a backtest from those made in time, and gives what was said of each week", async () => {
    const store = database.stores.forecastHistory
    await store.keep([past({ isReplayed: true }), past({ variantId: "v2", isReplayed: true, mean: [3, 3] }), past({ firstDay: "2026-02-23" }), past({ firstDay: "2026-03-02" })])
    expect(await store.replayedWeeks(range)).toEqual(["2026-02-16"])
    expect(await store.said({ from: "2026-02-16", variantIds: ["v1"], locationId: "l1" })).toEqual([
      { firstDay: "2026-02-16", mean: 10, low: 5, high: 15 },
      { firstDay: "2026-02-23", mean: 10, low: 5, high: 15 },
      { firstDay: "2026-03-02", mean: 10, low: 5, high: 15 },
    ])
    expect((await store.said({ from: "2026-02-16" }))[0]).toEqual({ firstDay: "2026-02-16", mean: 13, low: null, high: null })
    expect(await store.said({ from: "2026-02-16", locationId: "l2" })).toEqual([])
    await store.keep([past()]) // made in time after all
    expect((await store.replayedWeeks(range)).length).toBe(1) // that of v2 is still there
  })

  it("compares the week that followed with what was sold, once it is over", async () => {
    const store = database.stores.forecastHistory
    await database.stores.demandSeries.upsert([series(), series({ variantId: "v2", demandClass: "lumpy" })])
    await store.keep([past(), past({ variantId: "v2" }), past({ firstDay: "2026-02-23" }), past({ firstDay: "2026-02-24" }), past({ variantId: "gone" })])
    await sell([["v1", "l1", "2026-02-16", 4], ["v1", "", "2026-02-22", 26], ["v1", "l1", "2026-02-23", 15], ["v2", "l2", "2026-02-17", 99]])
    expect(await store.weeksOver(range)).toEqual(["2026-02-16", "2026-02-23"]) // that of the 24th ends today
    expect(await store.weeksOver({ ...range, today: "2026-03-01" })).toEqual(["2026-02-16"])
    // smooth: 30 and 15 against 10 → off 20 + 5; only 15 lies within 5 … 15. lumpy: 0 against 10, outside; sales of another location are not its own
    const accuracy = await store.accuracy(range)
    expect(accuracy.sort((one, two) => two.weeks - one.weeks)).toEqual([
      { demandClass: "smooth", weeks: 2, items: 1, inside: 1, sold: 45, forecast: 20, absoluteError: 25 },
      { demandClass: "lumpy", weeks: 1, items: 1, inside: 0, sold: 0, forecast: 10, absoluteError: 10 },
    ])
    // loss of 30: .1·25 + .5·20 + .9·15 = 26; of 0: .9·5 + .5·10 + .1·15 = 11; of 15: .1·10 + .5·5 + 0 = 3.5
    const worst = await store.worst(range, 2)
    expect(worst.map(({ variantId, firstDay, sold }) => [variantId, firstDay, sold])).toEqual([["v1", "2026-02-16", 30], ["v2", "2026-02-16", 0]])
    expect(worst[0]).toMatchObject({ productId: "p1", productTitle: "Cup", mean: 10, q01: 1, q10: 5, q50: 10, q90: 15, q99: 20, outOfStock: 0 })
    const outside = await store.outside(range, 1)
    expect(outside).toMatchObject({ count: 2, weeks: [{ variantId: "v1", sold: 30 }] }) // 10 above 20, before 1 below 1
  })

  it("tells how much of a week an item was out of stock, and leaves such weeks out of accuracy", async () => {
    const store = database.stores.forecastHistory
    await database.stores.demandSeries.upsert([series()])
    await store.keep([past()])
    await stock("i1", "2026-02-16", 0)
    await stock("i2", "2026-02-17", 0.3)
    expect((await store.worst(range, 5))[0]?.outOfStock).toBeCloseTo(1.7 / 7, 9)
    expect(await store.accuracy(range)).toEqual([])
  })
})

describe("DemandOverrideStore", () => {
  const override = (own: Partial<NewDemandOverride> = {}): NewDemandOverride => ({
    id: randomUUID(),
    variantId: "v1",
    locationId: "l1",
    fromDay: "2026-03-02",
    toDay: "2026-03-15",
    unitsPerWeek: 20,
    factor: null,
    note: 'a "fair"',
    forecastUnits: 14,
    overrideUnits: 40,
    createdBy: "user_1",
    createdAt: computedAt,
    ...own,
  })
  const open: Pick<DemandOverride, "endedBy" | "endedAt" | "endedOn"> = { endedBy: null, endedAt: null, endedOn: null }

  it("gives those that still hold, oldest first, until their days are over or somebody ends them", async () => {
    const store = database.stores.demandOverrides
    const [first, second] = [override({ createdAt: new Date(computedAt.getTime() - 1) }), override({ variantId: "v2", unitsPerWeek: null, factor: 0.5, note: null })]
    await store.add(second)
    await store.add(first)
    const stamp = await store.stamp()
    expect(await store.active("2026-03-15")).toEqual([{ ...first, ...open }, { ...second, ...open }])
    expect(await store.active("2026-03-15", ["v2"])).toEqual([{ ...second, ...open }])
    expect(await store.active("2026-03-16")).toEqual([])
    const at = new Date("2026-03-04T09:00:00Z")
    expect(await store.end(first.id, "user_2", at, "2026-03-04")).toEqual({ ...first, endedBy: "user_2", endedAt: at, endedOn: "2026-03-04" })
    expect(await store.end(first.id, "user_3", new Date(), "2026-03-05")).toMatchObject({ endedBy: "user_2", endedOn: "2026-03-04" }) // the first to end it stays
    expect(await store.active("2026-03-05")).toHaveLength(1)
    expect(await store.stamp()).not.toBe(stamp)
    await expect(store.end(randomUUID(), "user_2", at, "2026-03-04")).rejects.toMatchObject({ code: "not_found" })
  })

  it("looks back on the days on which it held, none where it was ended before its first", async () => {
    const store = database.stores.demandOverrides
    const [whole, cut, never] = [override(), override({ variantId: "v2" }), override({ variantId: "v3" })]
    for (const one of [whole, cut, never]) await store.add(one)
    await store.end(cut.id, "user_2", new Date(), "2026-03-09") // held a week of the two
    await store.end(never.id, "user_2", new Date(), "2026-03-01") // ended before it began
    await sell([["v1", "l1", "2026-03-02", 6], ["v1", "", "2026-03-15", 7], ["v1", "l1", "2026-03-16", 100], ["v2", "l1", "2026-03-08", 3], ["v2", "l1", "2026-03-09", 50]])
    const { overrides, count } = await store.past("2026-03-16", "l1", { limit: 10, offset: 0 })
    expect(count).toBe(3)
    expect(overrides.map(({ id, soldUnits, daysHeld, daysSet }) => ({ id, soldUnits, daysHeld, daysSet }))).toEqual([
      { id: whole.id, soldUnits: 13, daysHeld: 14, daysSet: 14 },
      { id: cut.id, soldUnits: 3, daysHeld: 7, daysSet: 14 },
      { id: never.id, soldUnits: 0, daysHeld: 0, daysSet: 14 },
    ])
    expect((await store.past("2026-03-15", "l1", { limit: 10, offset: 0 })).count).toBe(2)
    expect((await store.past("2026-03-16", "l1", { limit: 1, offset: 1 })).overrides[0]?.id).toBe(cut.id)
  })
})
