import { Client } from "pg"
import type { CleaningSettingsAnswer, DataAnswer, SetAsideChangeAnswer, SetAsideLineAnswer, SetAsideListAnswer } from "../../../src/api/answers"
import { eventually } from "../../support/eventually"
import { adminApi, anonymousApi, testStore } from "../../support/store"

type Api = Awaited<ReturnType<typeof adminApi>>
const DATA = "/admin/foresight/data"

jest.setTimeout(600_000) // the worker recounts in the background, after ten seconds of silence
const pathOf = ({ day, event_id: id }: Pick<SetAsideLineAnswer, "day" | "event_id">) => `${DATA}/excluded/${day}/${encodeURIComponent(id)}`

describe("/admin/foresight/data", () => {
  let admin: Api
  let database: Client
  /** A sale of the imported history that counts; its id holds a slash or not, as the import made it. */
  let sale: { day: string; event_id: string; order_id: string; variant_id: string; quantity: number }

  const unitsOf = async ({ day, variant_id }: typeof sale) => {
    const { rows } = await database.query<{ units: number }>("SELECT coalesce(sum(units), 0)::float8 AS units FROM foresight.demand_day WHERE day = $1 AND variant_id = $2", [day, variant_id])
    return rows[0]?.units ?? 0
  }
  const lines = async (query: string) => (await admin.get<SetAsideListAnswer>(`${DATA}/excluded?${query}`)).body.lines

  beforeAll(async () => {
    admin = await adminApi()
    database = new Client({ connectionString: testStore().databaseUrl })
    await database.connect()
    const { rows } = await database.query<typeof sale>(
      `SELECT e.day::text AS day, e.event_id, e.order_id, e.variant_id, e.quantity::float8 AS quantity FROM foresight.event e
        WHERE e.name = 'purchase' AND e.variant_id IS NOT NULL AND starts_with(e.source, 'import:')
          AND NOT EXISTS (SELECT FROM foresight.excluded_line x WHERE x.day = e.day AND x.event_id = e.event_id) ORDER BY e.day DESC, e.event_id LIMIT 1`
    )
    sale = rows[0]!
  })
  afterAll(() => database.end())

  it.each(["", "/excluded", "/settings"])("keeps strangers out of GET %s", async (path) => expect((await anonymousApi().get(DATA + path)).status).toBe(401))
  it.each(["/excluded", "/excluded/restore", "/excluded/2026-01-01/x/restore", "/excluded/2026-01-01/x/exclude", "/settings"])("keeps strangers out of POST %s", async (path) =>
    expect((await anonymousApi().post(DATA + path, {})).status).toBe(401)
  )

  it("tells what arrived over four weeks, up to today", async () => {
    const { status, body } = await admin.get<DataAnswer>(DATA)
    expect(status).toBe(200)
    expect(body.days).toHaveLength(28)
    expect(body.days.at(-1)).toBe(body.today)
    expect(body.sources.map(({ source }) => source)).toEqual(["medusa", "storefront", "import"])
    const imported = body.arrivals.filter(({ source }) => source === "import")
    expect(imported.map(({ name }) => name)).toContain("purchase")
    // the database's own count of the last full day of the history
    const day = body.days.indexOf(testStore().asOf)
    const { rows } = await database.query<{ name: string; events: number }>(
      "SELECT name, count(*)::int AS events FROM foresight.event WHERE day = $1 AND starts_with(source, 'import:') GROUP BY name",
      [testStore().asOf]
    )
    for (const { name, events } of rows) expect([name, imported.find((one) => one.name === name)?.counts[day]]).toEqual([name, events])
    expect(body.sources.find(({ source }) => source === "import")?.last_at).not.toBeNull()
  })

  it("sets a line aside by hand, takes it out of demand, and lets it count again", async () => {
    const before = await unitsOf(sale)
    const excluded = await admin.post<SetAsideChangeAnswer>(`${pathOf(sale)}/exclude`, { note: "a wedding" })
    expect(excluded).toMatchObject({ status: 200, body: { changed: 1, days: 1, left: 0, counts: "soon" } })
    const [line] = await lines(`reason=by_hand&q=${encodeURIComponent(sale.order_id)}`)
    expect(line).toMatchObject({ day: sale.day, event_id: sale.event_id, detail: "a wedding", restored_at: null, event: { name: "purchase", order_id: sale.order_id, quantity: sale.quantity } })
    expect(line?.changed_by).toMatch(/^user_/)
    await eventually(async () => (await unitsOf(sale)) === before - sale.quantity)

    const restored = await admin.post<SetAsideChangeAnswer>(`${pathOf(sale)}/restore`, {})
    expect(restored).toMatchObject({ status: 200, body: { changed: 1, days: 1, counts: "soon" } })
    expect((await admin.post<SetAsideChangeAnswer>(`${pathOf(sale)}/restore`, {})).body.changed).toBe(0)
    await eventually(async () => (await unitsOf(sale)) === before)
    const counting = await lines(`state=counting&q=${encodeURIComponent(sale.order_id)}&limit=200`)
    expect(counting.find(({ event_id: id }) => id === sale.event_id)).toMatchObject({ restored_at: expect.any(String) as string })
  })

  it("changes several lines at once, and all of a reason", async () => {
    const key = { day: sale.day, event_id: sale.event_id }
    expect((await admin.post<SetAsideChangeAnswer>(`${DATA}/excluded`, { lines: [key, { ...key, event_id: "nothing" }] })).body.changed).toBe(1)
    expect((await admin.post<SetAsideChangeAnswer>(`${DATA}/excluded/restore`, { lines: [key] })).body.changed).toBe(1)
    await admin.post(`${DATA}/excluded`, { lines: [key] })
    expect((await admin.post<SetAsideChangeAnswer>(`${DATA}/excluded/restore`, { reason: "by_hand" })).body).toMatchObject({ changed: 1, left: 0 })
    expect((await admin.get<DataAnswer>(DATA)).body.set_aside.by_hand ?? 0).toBe(0)
  })

  it("filters and pages", async () => {
    const { body } = await admin.get<SetAsideListAnswer>(`${DATA}/excluded?limit=2&offset=0`)
    expect(body.lines.length).toBeLessThanOrEqual(2)
    expect(body.count).toBeGreaterThanOrEqual(body.lines.length)
    for (const { event } of await lines("source=import&limit=50")) expect(event?.source).toMatch(/^import:/)
    expect(await lines("from_day=1990-01-01&to_day=1990-12-31")).toEqual([])
    expect(await lines(`q=${encodeURIComponent("' OR 1=1 --")}`)).toEqual([])
  })

  it("keeps the rules' settings, tidied, with who changed them", async () => {
    const tests = { emails: ["QA@Example.com", "qa@example.com"], email_domains: ["@agency.example"], skus: [" T-1 "] }
    const { status, body } = await admin.post<CleaningSettingsAnswer>(`${DATA}/settings`, { test_orders: tests, duplicates: "count" })
    expect(status).toBe(200)
    expect(body).toMatchObject({ test_orders: { emails: ["qa@example.com"], email_domains: ["agency.example"], skus: ["T-1"] }, duplicates: "count", changed_by: expect.stringMatching(/^user_/) as string })
    await eventually(async () => !(await admin.get<CleaningSettingsAnswer>(`${DATA}/settings`)).body.is_waiting)
    await admin.post(`${DATA}/settings`, { test_orders: {}, duplicates: "count" })
    expect((await admin.get<CleaningSettingsAnswer>(`${DATA}/settings`)).body.test_orders).toEqual({ emails: [], email_domains: [], skus: [] })
  })

  it.each([
    ["an unknown reason", "/excluded?reason=because"],
    ["a day that is none", "/excluded?from_day=2026-02-30"],
    ["an unknown parameter", "/excluded?colour=red"],
    ["NUL in a search", "/excluded?q=%00"],
    ["too large a page", "/excluded?limit=201"],
  ])("refuses %s", async (_case, path) => expect((await admin.get(DATA + path)).status).toBe(400))

  it.each<[string, string, unknown]>([
    ["no lines", "/excluded", { lines: [] }],
    ["too many lines", "/excluded", { lines: Array.from({ length: 501 }, () => ({ day: "2026-01-01", event_id: "x" })) }],
    ["lines and a reason", "/excluded/restore", { lines: [{ day: "2026-01-01", event_id: "x" }], reason: "by_hand" }],
    ["neither lines nor a reason", "/excluded/restore", {}],
    ["an import that is no id", "/excluded/restore", { import_id: "x'; DROP TABLE foresight.event; --" }],
    ["a field of somebody else's", "/excluded", { lines: [{ day: "2026-01-01", event_id: "x", changed_by: "user_9" }] }],
    ["a day that is none", "/excluded/yesterday/x/restore", {}],
    ["a day before Postgres's first", "/excluded/0000-01-01/x/restore", {}],
    ["NUL in a line's id", "/excluded/2026-01-01/%00/exclude", {}],
    ["an address that is none", "/settings", { test_orders: { emails: ["qa"] }, duplicates: "count" }],
    ["a domain that is none", "/settings", { test_orders: { email_domains: ["%"] }, duplicates: "count" }],
    ["no word on duplicates", "/settings", { test_orders: {} }],
    ["a body that is no object", "/settings", "[1,2"],
  ])("refuses %s", async (_case, path, body) => expect((await admin.post(DATA + path, body)).status).toBe(400))

  it("says 404 for lines that are not there", async () => {
    const nothing = { day: "2026-01-01", event_id: "nothing/../at#all?" }
    expect((await admin.post(`${pathOf(nothing)}/restore`, {})).status).toBe(404)
    expect((await admin.post(`${pathOf(nothing)}/exclude`, {})).status).toBe(404)
  })
})
