import { randomUUID } from "node:crypto"
import { Client } from "pg"
import type { DemandAccuracyAnswer } from "../../src/api/answers"
import { addDays } from "../../src/domain/day"
import { PATIENCE_MS, useAdminBrowser } from "../support/browser"
import { until } from "../support/eventually"
import { oneDay } from "../support/one-day"
import { adminApi, testStore } from "../support/store"

const store = testStore()
const PROMOTION = "HARVEST-FAIR"

jest.setTimeout(3 * PATIENCE_MS)

/** What only time brings to a shop, written into the running store's database and taken out again: two weeks that were forecast, the one afterwards, a promotion, days out of stock, a
 * forecast set by hand whose days are over. */
describe("what has happened, on the page Demand in Chromium", () => {
  const admin = useAdminBrowser()
  let database: Client
  /** The variant of which most is expected at a location, and the first day of its forecast. */
  let item: { variantId: string; locationId: string; inventoryItemId: string; sku: string }
  let firstDay: string
  let soldLastWeek = 0
  const undo: (() => Promise<unknown>)[] = []

  const rows = async <Row extends object>(sql: string, parameters: unknown[] = []) => (await database.query<Row>(sql, parameters)).rows

  /** Puts a row in the place of the one with its key, until the end of the file. */
  async function put(table: string, key: string[], row: Record<string, unknown>): Promise<void> {
    const values = key.map((name) => row[name])
    const remove = () => rows(`DELETE FROM foresight.${table} WHERE ${key.map((name, at) => `${name} = $${at + 1}`).join(" AND ")}`, values)
    const insert = (one: object) => rows(`INSERT INTO foresight.${table} SELECT * FROM jsonb_populate_record(NULL::foresight.${table}, $1)`, [JSON.stringify(one)])
    const before = await rows<{ was: object }>(`SELECT to_jsonb(t) AS was FROM foresight.${table} t WHERE ${key.map((name, at) => `t.${name} = $${at + 1}`).join(" AND ")}`, values)
    await remove()
    await insert(row)
    undo.unshift(async () => {
      await remove()
      for (const { was } of before) await insert(was)
    })
  }

  async function soldIn(week: string): Promise<number> {
    const [sold] = await rows<{ units: number }>(
      "SELECT coalesce(sum(units), 0)::float8 AS units FROM foresight.demand_day WHERE variant_id = $1 AND location_id = $2 AND day >= $3::date AND day < $3::date + 7",
      [item.variantId, item.locationId, week]
    )
    return sold!.units
  }

  beforeAll(async () => {
    await oneDay()
    database = new Client({ connectionString: store.databaseUrl })
    await database.connect()
    const [found] = await rows<typeof item & { first_day: string }>(
      `SELECT f.variant_id AS "variantId", f.location_id AS "locationId", s.inventory_item_ids[1] AS "inventoryItemId", s.sku, f.first_day::text AS first_day
        FROM foresight.forecast f JOIN foresight.demand_series s USING (variant_id, location_id)
        WHERE cardinality(s.inventory_item_ids) = 1 AND s.demand_class <> 'new' AND s.sku IS NOT NULL ORDER BY f.mean[1] DESC, f.variant_id LIMIT 1`
    )
    item = found!
    firstDay = found!.first_day
    const [lastWeek, before, short] = [-7, -14, -21].map((days) => addDays(firstDay, days)) as [string, string, string]
    soldLastWeek = await soldIn(lastWeek)
    const soldBefore = await soldIn(before)
    const now = new Date().toISOString()
    const forecast = { variant_id: item.variantId, location_id: item.locationId, model_version_id: null, computed_at: now }
    const around = (mean: number) => ({ mean: [mean], quantiles: [-20, -10, 0, 10, 20].map((distance) => mean + distance) })
    const history = ["first_day", "variant_id", "location_id"]
    await put("forecast_history", history, { ...forecast, first_day: lastWeek, ...around(soldLastWeek + 1000), is_replayed: false }) // far more than was sold
    await put("forecast_history", history, { ...forecast, first_day: before, ...around(soldBefore), is_replayed: true })
    for (let day = 0; day < 7; day++) {
      const stock = { inventory_item_id: item.inventoryItemId, location_id: item.locationId, stocked: 0, reserved: 0, incoming: 0, in_stock_fraction: 0.25, assumed: false, recorded_at: now }
      await put("stock_day", ["inventory_item_id", "location_id", "day"], { ...stock, day: addDays(short, day) })
    }
    const plain = { status: "active", is_automatic: true, campaign_id: null, campaign_name: null, type: "standard", value_type: "percentage", value: 10, currency_code: null, target_type: "items", targets: [], removed_at: null }
    await put("promotion_period", ["promotion_id"], {
      ...{ ...plain, promotion_id: "promo_browser", code: PROMOTION },
      ...{ starts_at: `${addDays(short, 1)}T00:00:00Z`, ends_at: `${addDays(short, 9)}T00:00:00Z`, active_from: `${addDays(short, -30)}T00:00:00Z` },
    })
    await put("demand_override", ["id"], {
      ...{ id: randomUUID(), variant_id: item.variantId, location_id: item.locationId, from_day: before, to_day: addDays(before, 6), units_per_week: soldBefore + 1, factor: null, note: null },
      ...{ forecast_units: soldBefore + 50, override_units: soldBefore + 1, created_by: "user_browser", created_at: now, ended_by: null, ended_at: null, ended_on: null },
    })
  })
  afterAll(async () => {
    for (const one of undo) await one()
    await database.end()
  })

  /** Reloads until what the server keeps for a minute is of now. */
  const shownOn = (path: string, look: () => Promise<void>) =>
    until(async () => {
      await admin.page.goto(`${store.url}${path}`)
      await look()
    }, PATIENCE_MS)

  it("marks promotions and stock-outs in the chart, and names them in its table", async () => {
    const { page } = admin
    const chart = page.getByTestId("demand-outlook-chart")
    await shownOn(`/app/foresight/demand?of=variant&id=${item.variantId}`, async () => {
      await page.locator(`[data-testid="demand-detail"][data-id="${item.variantId}"] [data-testid="demand-outlook-chart"]`).waitFor()
      const key = await chart.locator("figcaption").innerText()
      expect(key).toContain("Promotion")
      expect(key).toContain("Out of stock")
    })
    // one span of two weeks in a promotion, at least one out of stock; both drawn behind the bars
    await chart.locator(".recharts-reference-area").nth(1).waitFor({ state: "attached" })
    const fills = await chart.locator(".recharts-reference-area path, .recharts-reference-area rect").evaluateAll((areas) => areas.map((area) => area.getAttribute("fill")))
    expect(fills).toEqual(expect.arrayContaining(["var(--tag-green-icon)", "var(--tag-red-icon)"]))
    await page.getByTestId("demand-weeks-toggle").click()
    const promoted = page.getByTestId("demand-weeks").locator("tbody tr").filter({ hasText: `promotion ${PROMOTION}` })
    expect(await promoted.count()).toBe(2)
    expect(await promoted.last().innerText()).toMatch(/\d+%/) // the share of the older one that was out of stock
  })

  it("tells weeks that were forecast from those that were forecast afterwards, and says how good each class was", async () => {
    const { page } = admin
    const api = await adminApi()
    const panel = page.getByTestId("demand-accuracy")
    await shownOn("/app/foresight/demand", async () => {
      await panel.getByTestId("lived-accuracy").waitFor()
      const { body } = await api.get<DemandAccuracyAnswer>("/admin/foresight/demand/accuracy")
      const { weeks, replayed_weeks: replayed, classes } = body.lived
      expect(replayed).toContain(addDays(firstDay, -14))
      expect(weeks).toContain(addDays(firstDay, -7))
      expect(await panel.getByTestId("lived-accuracy").innerText()).toContain(`The last ${weeks.length} weeks that were forecast`)
      expect(await panel.getByTestId("lived-replayed").innerText()).toMatch(replayed.length === 1 ? /^It was over|^1 of them/ : new RegExp(`^${replayed.length} of them were over before the first forecast`))
      expect(await panel.getByTestId("lived-accuracy").getByRole("listitem").count()).toBe(classes.length)
      if (!body.backtest) return panel.getByTestId("no-backtest").waitFor()
      await panel.getByTestId("backtest-words").waitFor()
      const lines = await panel.getByTestId("backtest-classes").locator("tbody tr").allInnerTexts()
      expect(lines).toHaveLength(body.backtest.classes.length)
      body.backtest.classes.forEach(({ series, off }, at) => {
        expect(lines[at]).toContain(String(series))
        expect(lines[at]).toContain(`${Math.round(100 * off)}%`)
      })
    })
  })

  it("shows last week's surprises with the range and the known reason, and leads to the item", async () => {
    const { page } = admin
    const row = page.getByTestId("anomalies").getByTestId("surprise-row").filter({ hasText: item.sku })
    await shownOn("/app/foresight/demand", async () => {
      await page.getByTestId("anomalies").waitFor()
      expect(await row.first().innerText({ timeout: 5_000 })).toContain("▼")
    })
    const said = soldLastWeek + 1000
    expect((await row.first().innerText()).replaceAll(",", "")).toContain(`${Math.round(said - 20)}–${Math.round(said + 20)}`)
    expect(["unexplained", "out_of_stock"]).toContain(await row.first().getAttribute("data-reason"))
    await row.first().getByRole("button").click()
    await page.locator(`[data-testid="demand-detail"][data-id="${item.variantId}"] [data-testid="demand-sentence"]`).waitFor()
  })

  it("looks back on forecasts set by hand: who was nearer", async () => {
    const { page } = admin
    await page.goto(`${store.url}/app/foresight/demand`)
    const row = page.getByTestId("past-override").filter({ hasText: "by user_browser" })
    await row.waitFor()
    expect(await row.getAttribute("data-nearer")).toBe("override")
    expect(await row.innerText()).toMatch(/7 days[\s\S]*Hand$/)
  })

  it("threw no error", () => expect(admin.problems).toEqual([]))
})
