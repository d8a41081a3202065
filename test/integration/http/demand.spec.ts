import { Client } from "pg"
import type {
  DemandAccuracyAnswer,
  DemandListAnswer,
  DemandOverrideAnswer,
  DemandOverrideListAnswer,
  DemandSeriesAnswer,
  DemandSurprisesAnswer,
  ItemAdviceAnswer,
} from "../../../src/api/answers"
import { addDays } from "../../../src/domain/day"
import { until } from "../../support/eventually"
import { oneDay, today } from "../../support/one-day"
import { adminApi, anonymousApi, testStore } from "../../support/store"

type Api = Awaited<ReturnType<typeof adminApi>>
const DEMAND = "/admin/foresight/demand"
const NOBODY = "00000000-0000-4000-8000-000000000000"
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe("/admin/foresight/demand", () => {
  let admin: Api
  let database: Client
  /** The first day of the forecast. */
  let firstDay: string
  /** A variant that is forecast and of which at least one is expected a week, at its first location. */
  let item: { variantId: string; locationId: string; productId: string }

  const series = async (query: string) => (await admin.get<DemandSeriesAnswer>(`${DEMAND}/series?${query}`)).body
  const rows = async <Row extends object>(sql: string, parameters: unknown[] = []) => (await database.query<Row>(sql, parameters)).rows

  beforeAll(async () => {
    admin = await adminApi()
    database = new Client({ connectionString: testStore().databaseUrl })
    await database.connect()
    const [found] = await rows<typeof item & { first_day: string }>(
      `SELECT f.variant_id AS "variantId", f.location_id AS "locationId", s.product_id AS "productId", f.first_day::text AS first_day FROM foresight.forecast f JOIN foresight.demand_series s USING (variant_id, location_id)
        WHERE cardinality(s.inventory_item_ids) > 0 AND s.demand_class <> 'new' ORDER BY f.mean[1] DESC, f.variant_id LIMIT 1`
    )
    item = found!
    firstDay = found!.first_day
  })
  afterAll(() => database.end())
  beforeEach(oneDay)

  it.each(["", "/series?level=shop&id=all", "/accuracy", "/surprises", "/overrides"])("keeps strangers out of GET %s", async (path) => expect((await anonymousApi().get(DEMAND + path)).status).toBe(401))
  it("keeps strangers from setting forecasts", async () => {
    expect((await anonymousApi().post(`${DEMAND}/overrides`, {})).status).toBe(401)
    expect((await anonymousApi().delete(`${DEMAND}/overrides/${NOBODY}`)).status).toBe(401)
  })

  it("lists products with what sold and what will, the most expected first", async () => {
    const { status, body } = await admin.get<DemandListAnswer>(`${DEMAND}?limit=200`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ level: "product", first_day: firstDay, count: body.demand.length })
    const expected = body.demand.map(({ next }) => next.mean)
    expect(expected).toEqual([...expected].sort((one, two) => two - one))
    for (const { next, title, product_id: productId, id } of body.demand) {
      expect(next.low).toBeLessThanOrEqual(next.high)
      expect(next.low).toBeGreaterThanOrEqual(0)
      expect([typeof title, productId]).toEqual(["string", id])
    }
    // the database's own sum of one product
    const lineOf = ({ demand }: DemandListAnswer) => demand.find(({ id }) => id === item.productId)!
    const line = lineOf(body)
    const [own] = await rows<{ mean: number; series: number }>(
      `SELECT sum((SELECT sum(m) FROM unnest(f.mean[1:4]) m)) AS mean, count(*)::int AS series FROM foresight.forecast f JOIN foresight.demand_series s USING (variant_id, location_id) WHERE s.product_id = $1`,
      [item.productId]
    )
    expect(line.series).toBe(own!.series)
    expect(line.next.mean).toBeCloseTo(own!.mean, 3)
    // the list keeps what was sold for a minute, and the worker may count days anew
    await until(async () => {
      const [sold] = await rows<{ units: number }>(
        `SELECT coalesce(sum(units), 0)::float8 AS units FROM foresight.demand_day d WHERE day >= $1::date - 28 AND day < $1::date AND variant_id IN (SELECT variant_id FROM foresight.demand_series WHERE product_id = $2)`,
        [firstDay, item.productId]
      )
      expect(lineOf((await admin.get<DemandListAnswer>(`${DEMAND}?limit=200`)).body).sold).toBeCloseTo(sold!.units, 6)
    }, 150_000)
  })

  it("adds the same series up at every level, with a band that is narrower than its parts' together", async () => {
    const levels = await Promise.all(
      ["shop", "category", "product", "variant"].map(async (level) => (await admin.get<DemandListAnswer>(`${DEMAND}?level=${level}&limit=200`)).body)
    )
    const totals = levels.map(({ demand }) => sum(demand.map(({ next }) => next.mean)))
    for (const total of totals) expect(total / totals[0]!).toBeCloseTo(1, 6)
    expect(new Set(levels.map(({ demand }) => sum(demand.map((line) => line.series))))).toEqual(new Set([levels[0]!.series]))
    const [shop] = levels[0]!.demand
    const variants = levels[3]!.demand
    expect(shop!.next.high - shop!.next.low).toBeLessThan(sum(variants.map(({ next }) => next.high - next.low)))
  })

  it("says why as much is expected, with reasons that sum to it, of one variant and of the shop", async () => {
    for (const query of [`level=variant&id=${item.variantId}`, "level=shop&id=all"]) {
      const { reasons } = await series(query)
      expect(reasons?.reasons.map(({ group }) => group)).toEqual(["trend", "season", "calendar", "price", "stock_out", "other"])
      expect(reasons!.weeks * reasons!.long_run + sum(reasons!.reasons.map(({ units }) => units))).toBeCloseTo(reasons!.expected, 6)
      const [stored] = await rows<{ mean: number }>(
        `SELECT sum((SELECT sum(m) FROM unnest(f.mean[1:$1::int]) m)) AS mean FROM foresight.forecast f JOIN foresight.demand_series s USING (variant_id, location_id) WHERE variant_id = $2::text OR $2::text IS NULL`,
        [reasons!.weeks, query.startsWith("level=variant") ? item.variantId : null]
      )
      expect(reasons!.expected / stored!.mean).toBeCloseTo(1, 6)
      expect(reasons!.sentence).toMatch(/^The next 4 weeks should sell about /)
      expect(reasons!.because.length).toBeLessThanOrEqual(3)
    }
  })

  it("divides what sold and what will among the sales channels, by name", async () => {
    for (const query of [`level=variant&id=${item.variantId}`, "level=shop&id=all"]) {
      const { channels, next } = await series(query)
      expect(channels.length).toBeGreaterThanOrEqual(2)
      for (const { id, name } of channels) expect(name).toBe(Object.entries(testStore().salesChannels).find(([, known]) => known === id)?.[0])
      expect(sum(channels.map(({ share }) => share))).toBeCloseTo(1, 9)
      expect(sum(channels.map((channel) => channel.next.mean))).toBeCloseTo(next.mean, 6)
      expect(sum(channels.map(({ sold }) => sold))).toBeCloseTo(next.sold, 6)
      for (const channel of channels) expect(channel.next.low).toBeLessThanOrEqual(channel.next.high)
    }
  })

  it("searches, filters, sorts and pages", async () => {
    const [line] = (await admin.get<DemandListAnswer>(`${DEMAND}?level=variant&limit=1&order=title`)).body.demand
    const found = (await admin.get<DemandListAnswer>(`${DEMAND}?level=variant&q=${encodeURIComponent(line!.sku!.toLowerCase())}`)).body.demand
    expect(found.map(({ sku }) => sku)).toContain(line!.sku)
    expect((await admin.get<DemandListAnswer>(`${DEMAND}?q=${encodeURIComponent("' OR 1=1 --")}`)).body).toMatchObject({ demand: [], count: 0 })
    const smooth = (await admin.get<DemandListAnswer>(`${DEMAND}?level=variant&demand_class=smooth&limit=200`)).body.demand
    expect(new Set(smooth.map((one) => one.demand_class))).toEqual(new Set(smooth.length > 0 ? ["smooth"] : []))
    const ids = async (query: string) => (await admin.get<DemandListAnswer>(`${DEMAND}?level=variant&order=title&${query}`)).body.demand.map(({ id }) => id)
    expect([...(await ids("limit=2&offset=0")), ...(await ids("limit=2&offset=2"))]).toEqual(await ids("limit=4"))
  })

  it("shows one variant in full: a year of weeks as sold, the forecast as stored", async () => {
    // the worker may count days anew between two looks
    await until(async () => {
      const answer = await series(`level=variant&id=${item.variantId}&location_id=${item.locationId}`)
      expect(answer.history).toHaveLength(52)
      expect(answer.history.at(-1)?.first_day).toBe(addDays(firstDay, -7))
      const sold = await rows<{ week: string; units: number }>(
        `SELECT ($1::date - 7 * (1 + ($1::date - 1 - day) / 7))::text AS week, sum(units)::float8 AS units FROM foresight.demand_day WHERE variant_id = $2 AND location_id = $3 AND day < $1::date AND day >= $1::date - 364 GROUP BY 1`,
        [firstDay, item.variantId, item.locationId]
      )
      const byWeek = new Map(sold.map(({ week, units }) => [week, units]))
      for (const { first_day: week, sold: units } of answer.history) expect([week, units]).toEqual([week, byWeek.get(week) ?? 0])
      const [stored] = await rows<{ mean: number[]; quantiles: number[] }>("SELECT mean, quantiles FROM foresight.forecast WHERE variant_id = $1 AND location_id = $2", [item.variantId, item.locationId])
      expect(answer.forecast).toHaveLength(stored!.mean.length)
      answer.forecast.forEach(({ mean, low, high }, week) => {
        expect(mean).toBeCloseTo(stored!.mean[week]!, 3)
        expect(low).toBeCloseTo(stored!.quantiles[week * 15 + 3]!, 3)
        expect(high).toBeCloseTo(stored!.quantiles[week * 15 + 11]!, 3)
      })
      expect(answer.next.mean).toBeCloseTo(sum(answer.forecast.slice(0, 4).map(({ mean }) => mean)), 6)
      expect(answer.lead_time.days).toBeGreaterThan(0)
      expect(answer.sentence).toMatch(/^[A-Z].*\.$/)
      expect(answer.remarks.length).toBeGreaterThan(0)
    })
  })

  it("shows the whole shop in full", async () => {
    const answer = await series("level=shop&id=all")
    expect(answer).toMatchObject({ level: "shop", title: null, demand_class: null })
    expect(sum(Object.values(answer.classes))).toBe(answer.series)
    expect(sum(answer.history.map(({ sold }) => sold))).toBeGreaterThan(0)
  })

  it("says how good the model in service was, per class", async () => {
    const { status, body } = await admin.get<DemandAccuracyAnswer>(`${DEMAND}/accuracy`)
    expect(status).toBe(200)
    const [serving] = await rows<{ version: number; backtest: { served: { wape: number } } }>("SELECT version, backtest FROM foresight.model_version WHERE kind = 'demand' AND status = 'serving'")
    if (!serving) expect(body).toMatchObject({ model: null, backtest: null })
    else {
      expect(body.model?.version).toBe(serving.version)
      expect(body.backtest?.overall.off).toBeCloseTo(serving.backtest.served.wape, 9)
      expect(body.backtest?.classes.length).toBeGreaterThan(0)
    }
    const [kept] = await rows<{ since: string }>("SELECT min(first_day)::text AS since FROM foresight.forecast_history")
    expect(body.kept_since).toBe(kept!.since)
  })

  it("finds the weeks that surprised, with the reason that is known", async () => {
    const week = addDays(firstDay, -7)
    const [sold] = await rows<{ units: number }>(
      "SELECT coalesce(sum(units), 0)::float8 AS units FROM foresight.demand_day WHERE variant_id = $1 AND location_id = $2 AND day >= $3::date AND day < $3::date + 7",
      [item.variantId, item.locationId, week]
    )
    const said = sold!.units + 1000 // far more than was sold
    const key = [item.variantId, item.locationId, week]
    // a first training that was promoted has forecast this week afterwards
    const [replayed] = await rows<{ mean: number[]; quantiles: number[] }>("SELECT mean, quantiles FROM foresight.forecast_history WHERE variant_id = $1 AND location_id = $2 AND first_day = $3", key)
    await rows(
      `INSERT INTO foresight.forecast_history (variant_id, location_id, first_day, mean, quantiles, computed_at)
        VALUES ($1, $2, $3, ARRAY[$4::float8], ARRAY[$4::float8 - 20, $4::float8 - 10, $4::float8, $4::float8 + 10, $4::float8 + 20], now())
        ON CONFLICT (first_day, variant_id, location_id) DO UPDATE SET mean = EXCLUDED.mean, quantiles = EXCLUDED.quantiles`,
      [...key, said]
    )
    try {
      const { body } = await admin.get<DemandSurprisesAnswer>(`${DEMAND}/surprises`)
      expect(body.anomaly_week).toBe(week)
      expect(body.anomaly_count).toBeGreaterThanOrEqual(1)
      for (const [surprise] of [body.anomalies, body.misses]) {
        expect(surprise).toMatchObject({ variant_id: item.variantId, location_id: item.locationId, first_day: week, sold: sold!.units, mean: said, lowest: said - 20, highest: said + 20 })
        expect(["unexplained", "out_of_stock"]).toContain(surprise?.reason)
      }
    } finally {
      if (replayed) await rows("UPDATE foresight.forecast_history SET mean = $4, quantiles = $5 WHERE variant_id = $1 AND location_id = $2 AND first_day = $3", [...key, replayed.mean, replayed.quantiles])
      else await rows("DELETE FROM foresight.forecast_history WHERE variant_id = $1 AND location_id = $2 AND first_day = $3", key)
    }
  })

  it("sets a forecast by hand, lets advice follow, keeps who did it, and ends it", async () => {
    const [{ inventory_item_id: inventoryItemId }] = (await rows<{ inventory_item_id: string }>("SELECT inventory_item_ids[1] AS inventory_item_id FROM foresight.demand_series WHERE variant_id = $1 AND location_id = $2", [
      item.variantId,
      item.locationId,
    ])) as [{ inventory_item_id: string }]
    const adviceHere = async () => (await admin.get<ItemAdviceAnswer>(`/admin/foresight/inventory-items/${inventoryItemId}/advice`)).body.locations.find((one) => one.location_id === item.locationId)?.advice
    const before = await adviceHere()
    const wish = { variant_id: item.variantId, location_id: item.locationId, from_day: today(), to_day: addDays(today(), 55), factor: 3, note: "a fair" }
    const created = await admin.post<{ override: DemandOverrideAnswer }>(`${DEMAND}/overrides`, wish)
    expect(created.status).toBe(201)
    const { override } = created.body
    expect(override).toMatchObject({ ...wish, units_per_week: null, created_by: expect.stringMatching(/^user_/) as string, ended_at: null, outcome: null })
    expect(override.override_units).toBeCloseTo(3 * override.forecast_units, 6)

    const during = await adviceHere()
    expect(during?.expected_demand).toBeGreaterThan(2 * before!.expected_demand)
    expect(during?.overridden_by).toEqual([override.created_by])
    expect(during?.reason).toContain(`Forecast overridden by ${override.created_by}`)
    const shown = await series(`level=variant&id=${item.variantId}&location_id=${item.locationId}`)
    expect(shown.overrides.map(({ id }) => id)).toEqual([override.id])
    expect(shown.forecast[2]?.mean).toBeCloseTo(3 * shown.forecast[2]!.model_mean!, 6)
    expect((await admin.get<DemandOverrideListAnswer>(`${DEMAND}/overrides?variant_id=${item.variantId}`)).body).toMatchObject({ count: 1, overrides: [{ id: override.id }] })

    const ended = await admin.delete<{ override: DemandOverrideAnswer }>(`${DEMAND}/overrides/${override.id}`)
    expect(ended).toMatchObject({ status: 200, body: { override: { id: override.id, ended_by: override.created_by } } })
    expect((await adviceHere())?.expected_demand).toBeCloseTo(before!.expected_demand, 6)
    expect((await adviceHere())?.overridden_by).toEqual([])
    expect((await series(`level=variant&id=${item.variantId}`)).overrides).toEqual([])
    expect((await rows("SELECT id FROM foresight.demand_override WHERE id = $1", [override.id])).length).toBe(1) // never deleted
  })

  it("looks back on overrides whose days are over", async () => {
    const id = "11111111-1111-4111-8111-111111111111"
    const from = addDays(firstDay, -14)
    const [sold] = await rows<{ units: number }>("SELECT coalesce(sum(units), 0)::float8 AS units FROM foresight.demand_day WHERE variant_id = $1 AND location_id = $2 AND day BETWEEN $3::date AND $3::date + 6", [
      item.variantId,
      item.locationId,
      from,
    ])
    await rows(
      `INSERT INTO foresight.demand_override (id, variant_id, location_id, from_day, to_day, units_per_week, forecast_units, override_units, created_by, created_at)
        VALUES ($1, $2, $3, $4::date, $4::date + 6, $5, $6, $5, 'user_1', now())`,
      [id, item.variantId, item.locationId, from, sold!.units + 1, sold!.units + 50]
    )
    try {
      const { body } = await admin.get<DemandOverrideListAnswer>(`${DEMAND}/overrides?state=past`)
      expect(body.overrides.find((one) => one.id === id)?.outcome).toEqual({ sold_units: sold!.units, forecast_units: sold!.units + 50, override_units: sold!.units + 1, days: 7, nearer: "override" })
    } finally {
      await rows("DELETE FROM foresight.demand_override WHERE id = $1", [id])
    }
  })

  it.each([
    ["an unknown level", "?level=galaxy"],
    ["an unknown sorting", "?order=colour"],
    ["an unknown parameter", "?colour=red"],
    ["NUL in a search", "?q=%00"],
    ["too large a page", "?limit=201"],
    ["a series without an id", "/series?level=variant"],
    ["an unknown state", "/overrides?state=lost"],
  ])("refuses %s", async (_case, path) => expect((await admin.get(DEMAND + path)).status).toBe(400))

  it("says 404 for what is not forecast", async () => {
    expect((await admin.get(`${DEMAND}/series?level=variant&id=variant_none`)).status).toBe(404)
    expect((await admin.delete(`${DEMAND}/overrides/${NOBODY}`)).status).toBe(404)
    expect((await admin.delete(`${DEMAND}/overrides/no-uuid`)).status).toBe(404)
    const wish = { variant_id: "variant_none", location_id: item.locationId, from_day: firstDay, to_day: addDays(firstDay, 30), factor: 2 }
    expect((await admin.post(`${DEMAND}/overrides`, wish)).status).toBe(404)
  })

  it.each<[string, object]>([
    ["neither units nor a factor", {}],
    ["both", { units_per_week: 1, factor: 1 }],
    ["units below 0", { units_per_week: -1 }],
    ["a factor that is none", { factor: "much" }],
    ["an end before the beginning", { units_per_week: 1, from_day: "2026-03-02", to_day: "2026-03-01" }],
    ["a time that is over", { units_per_week: 1, from_day: "2020-03-02", to_day: "2020-03-08" }],
    ["a span of more than a year", { units_per_week: 1, from_day: "2026-03-02", to_day: "2030-03-01" }],
    ["a day that is none", { units_per_week: 1, from_day: "2026-02-30" }],
    ["NUL in the note", { units_per_week: 1, note: "a\0b" }],
    ["somebody else's name", { units_per_week: 1, created_by: "user_9" }],
  ])("refuses an override with %s", async (_case, part) => {
    const wish = { variant_id: item.variantId, location_id: item.locationId, from_day: firstDay, to_day: addDays(firstDay, 13), ...part }
    expect((await admin.post(`${DEMAND}/overrides`, wish)).status).toBe(400)
  })
})
