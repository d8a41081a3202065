import { randomUUID } from "node:crypto"
import { Client } from "pg"
import { StorefrontEvent } from "../../../src/domain/events"
import { anonymousApi, request, storefrontApi, storeHeaders, testStore } from "../../support/store"
import { whileLocked } from "../../support/while-locked"
import fc from "../../support/properties"

const store = testStore()

interface Answer {
  accepted: number
  duplicates: number
  rejected: { index: number; field: string; message: string }[]
  set_aside?: { index: number; reason: string; message: string }[]
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
    expect(body.rejected.map(({ index, field }) => [index, field])).toEqual([[1, "colour"], [2, "items.0.quantity"], [4, "items.0.item_id"]])
    expect(body.set_aside).toMatchObject([{ index: 3, reason: "clock_skew" }])
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
    const refused = await whileLocked(database, ["foresight.event"], () => api.post<{ type: string }>(EVENTS, { events: [event] }))
    expect([refused.status, refused.headers.get("retry-after"), refused.headers.get("access-control-expose-headers")]).toEqual([503, "5", "Retry-After"])
    expect((await api.post<Answer>(EVENTS, { events: [event] })).body).toMatchObject({ accepted: 1 })
  })

  /** Rows of one event and why they do not count. */
  const kept = async (eventId: string) => {
    const { rows } = await database.query<{ name: string; session_id: string | null; reason: string | null }>(
      "SELECT e.name, e.session_id, x.reason FROM foresight.event e LEFT JOIN foresight.excluded_line x USING (day, event_id) WHERE e.event_id = $1",
      [`web/${eventId}`]
    )
    return rows
  }

  it("reads Segment's and PostHog's events", async () => {
    const [messageId, uuid] = [randomUUID(), randomUUID()]
    const timestamp = new Date().toISOString()
    const batch = [
      { type: "track", event: "Product Viewed", messageId, anonymousId: "anon", timestamp, context: {}, properties: { product_id: productId } },
      { event: "Product Added", uuid, timestamp, properties: { distinct_id: "anon", $session_id: "ph", product_id: productId, $lib: "web" } },
      { event: "Product Added", uuid: randomUUID(), timestamp, properties: { distinct_id: "anon", product_id: "prod_unknown", quantity: "2" } },
    ]
    const { body } = await api.post<Answer>(EVENTS, { events: batch })
    expect(body).toMatchObject({ accepted: 2, rejected: [{ index: 2, field: "properties.quantity" }] })
    expect(await kept(messageId)).toEqual([{ name: "view_item", session_id: null, reason: null }])
    expect(await kept(uuid)).toEqual([{ name: "add_to_cart", session_id: "ph", reason: null }])
  })

  it("stores nothing of a visitor who said no, and nobody's name with anonymous consent", async () => {
    const [denied, anonymous] = [view({ consent: "denied" }), view({ consent: "anonymous" })]
    expect((await api.post<Answer>(EVENTS, { events: [denied, anonymous] })).body).toMatchObject({ accepted: 1, rejected: [{ index: 0, field: "consent" }] })
    expect([await kept(denied.event_id), await kept(anonymous.event_id)]).toEqual([[], [{ name: "view_item", session_id: null, reason: null }]])
  })

  it("keeps a crawler's and a wrong clock's events without letting them count", async () => {
    const [crawled, early] = [view(), view({ timestamp: "2099-01-01T00:00:00Z" })]
    const headers = { ...(await storeHeaders(store)), "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }
    const answer = await request<Answer>("POST", store.url + EVENTS, { headers, body: { events: [crawled] } })
    expect(answer.body).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
    await api.post(EVENTS, { events: [early] })
    expect([await kept(crawled.event_id), await kept(early.event_id)]).toMatchObject([[{ reason: "bot" }], [{ reason: "clock_skew" }]])
  })

  it("answers 429 with Retry-After to a visitor beyond 6,000 events a minute, and goes on serving the others", async () => {
    const batch = () => Array.from({ length: 500 }, (_, index) => view({ visitor_id: "too eager", event_id: `eager ${index}` }))
    // side by side, so that all are heard within one minute of the server's however long it takes to store them
    const answers = await Promise.all(Array.from({ length: 13 }, () => api.post<{ type: string; message: string }>(EVENTS, { events: batch() })))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 12 }, () => 202), 429])
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.body).toEqual({ type: "too_many_requests", message: expect.stringContaining("expected at most 6000") })
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0)
    expect((await api.post(EVENTS, { events: [view({ visitor_id: "somebody else" })] })).status).toBe(202)
  })

  it("never fails, whatever a field holds, and names each refusal's index", async () => {
    const strange = fc.constantFrom("\u0000", "x".repeat(5_000), 1e308, -1, "2026-13-45T99:99:99Z", "0001-01-01T00:00:00Z")
    const value = fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }), strange)
    const names = [...Object.keys(StorefrontEvent.shape), "event", "properties", "uuid"]
    const spoilt = fc.tuple(fc.constantFrom(...names), value).map(([name, found]) => ({ ...view(), [name]: found }))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(spoilt, fc.jsonValue()), { minLength: 1, maxLength: 8 }), async (events) => {
        const { status, body } = await api.post<Answer>(EVENTS, { events })
        expect(status).toBe(202)
        const told = body.accepted + body.duplicates + body.rejected.length + (body.set_aside?.length ?? 0)
        expect(told).toBe(events.length)
        for (const { index, message } of body.rejected) expect([events.length > index, message.length > 0]).toEqual([true, true])
      }),
      { numRuns: 150 }
    )
  }, 600_000)
})
