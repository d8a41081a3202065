import { randomUUID } from "node:crypto"
import { Client } from "pg"
import { testStore } from "../../support/store"
import { anonymousApi, storefrontApi } from "../../support/store-api"

const store = testStore()

interface Answer {
  accepted: number
  duplicates: number
  rejected: { index: number; field: string; message: string }[]
}
const EVENTS = "/store/foresight/events"

describe("POST /store/foresight/events", () => {
  let api: Awaited<ReturnType<typeof storefrontApi>>
  let database: Client
  let productId: string

  const view = (more: Record<string, unknown> = {}) => ({
    event_id: randomUUID(),
    name: "view_item",
    timestamp: new Date().toISOString(),
    visitor_id: "visitor-http",
    session_id: "session-http",
    items: [{ item_id: productId }],
    ...more,
  })

  beforeAll(async () => {
    api = await storefrontApi()
    database = new Client({ connectionString: store.databaseUrl })
    await database.connect()
    productId = (await api.get<{ products: { id: string }[] }>("/store/products?limit=1")).body.products[0]!.id
  })
  afterAll(() => database.end())

  it("commits good events before it answers 202", async () => {
    const event = view()
    const { status, body } = await api.post<Answer>(EVENTS, { events: [event] })
    expect([status, body]).toEqual([202, { accepted: 1, duplicates: 0, rejected: [] }])
    const { rows } = await database.query<{ name: string; product_id: string; source: string; sales_channel_id: string }>("SELECT name, product_id, source, sales_channel_id FROM foresight.event WHERE event_id = $1", [`web/${event.event_id}`])
    expect(rows).toEqual([{ name: "view_item", product_id: productId, source: "storefront", sales_channel_id: expect.stringMatching(/^sc_/) }])
  })

  it("counts an event that is sent again as a duplicate, in another request and within one", async () => {
    const event = view()
    await api.post(EVENTS, { events: [event] })
    expect((await api.post<Answer>(EVENTS, { events: [event] })).body).toEqual({ accepted: 0, duplicates: 1, rejected: [] })
    const twin = view()
    expect((await api.post<Answer>(EVENTS, { events: [twin, twin] })).body).toEqual({ accepted: 1, duplicates: 1, rejected: [] })
  })

  it("keeps the good events of a batch and names what is wrong with the others", async () => {
    const batch = [view(), view({ colour: "red" }), view({ items: [{ item_id: productId, quantity: "two" }] }), view({ timestamp: "2099-01-01T00:00:00Z" }), view({ items: [{ item_id: "prod_unknown" }] })]
    const { status, body } = await api.post<Answer>(EVENTS, { events: batch })
    expect(status).toBe(202)
    expect(body.accepted).toBe(1)
    expect(body.rejected.map(({ index, field }) => [index, field])).toEqual([[1, "colour"], [2, "items.0.quantity"], [3, "timestamp"], [4, "items.0.item_id"]])
  })

  it("answers 202 also when every event is refused", async () => {
    const { status, body } = await api.post<Answer>(EVENTS, { events: [7, null] })
    expect(status).toBe(202)
    expect(body).toMatchObject({ accepted: 0, rejected: [{ index: 0 }, { index: 1 }] })
  })

  it("takes 500 events at once and refuses 501 and 10,000", async () => {
    const batch = Array.from({ length: 500 }, () => view())
    expect((await api.post<Answer>(EVENTS, { events: batch })).body).toMatchObject({ accepted: 500 })
    expect((await api.post(EVENTS, { events: [...batch, view()] })).status).toBe(400)
    expect((await api.post(EVENTS, { events: Array.from({ length: 10_000 }, () => 1) })).status).toBe(400)
  })

  it.each([
    ["no events", {}, 400],
    ["an empty batch", { events: [] }, 400],
    ["an unknown field in the envelope", { events: [], customer_id: "cus_1" }, 400],
    ["events that are no list", { events: "all" }, 400],
    ["broken JSON", '{"events": [', 400],
    ["1 MB", { events: ["x".repeat(1_000_000)] }, 413],
  ])("refuses %s with one clear message", async (_case, body, status) => {
    const answer = await api.post<{ message: string }>(EVENTS, body)
    expect(answer.status).toBe(status)
    expect(answer.body.message).toEqual(expect.any(String))
  })

  it("wants a publishable key", async () => expect((await anonymousApi().post(EVENTS, { events: [view()] })).status).toBe(400))

  it("answers 503 with Retry-After while our table is locked, and a later try succeeds", async () => {
    const event = view()
    await database.query("BEGIN; LOCK TABLE foresight.event IN ACCESS EXCLUSIVE MODE")
    const refused = await api.post<{ type: string }>(EVENTS, { events: [event] })
    await database.query("ROLLBACK")
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"])
    expect((await api.post<Answer>(EVENTS, { events: [event] })).body).toMatchObject({ accepted: 1 })
  })
})
