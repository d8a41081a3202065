import type { ShopEvent } from "../../../../../src/domain/events"
import { createHash } from "node:crypto"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"
import { shopEvent } from "../../../../support/shop-event"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
const TABLES = ["event", "demand_touched", "demand_day", "excluded_line", "customer_vector", "cart_line", "identity"]
afterEach(() => database.dataSource.query(`TRUNCATE ${TABLES.map((table) => `foresight.${table}`).join(", ")}`))

const stored = async () => {
  const found = await database.dataSource.query<{ key: string }[]>("SELECT day::text || ' ' || event_id AS key FROM foresight.event ORDER BY day, event_id")
  return found.map(({ key }) => key)
}
const touched = async () =>
  (await database.dataSource.query<{ day: string }[]>("SELECT DISTINCT day::text AS day FROM foresight.demand_touched ORDER BY 1")).map(({ day }) => day)

describe("EventStore.insert()", () => {
  it("ends in the same rows whatever came twice or in another order", async () => {
    const { events } = database.stores
    const batch = ["a", "b", "c"].map((eventId, index) => shopEvent({ eventId, day: `2026-03-0${index + 1}` }))
    expect(await events.insert(batch)).toMatchObject({ inserted: 3, duplicates: 0 })
    expect(await events.insert([...batch].reverse())).toMatchObject({ inserted: 0, duplicates: 3 })
    expect(await events.insert([...batch, ...batch, shopEvent({ eventId: "d" })])).toEqual({ inserted: 1, duplicates: 6, insertedIds: new Set(["d"]) })
    expect(await stored()).toEqual(["2026-03-01 a", "2026-03-02 b", "2026-03-02 d", "2026-03-03 c"])
  })

  it("gives back every field as it was written", async () => {
    const event = shopEvent({
      customerId: "cus_1",
      visitorId: "v",
      sessionId: "s",
      cartId: "cart_1",
      quantity: 0.125,
      unitPrice: 19.99,
      searchTerm: 'red "shoes", {100%} \\ 鞋',
      occurredAt: new Date("2026-03-01T23:30:00.123Z"),
      properties: { list: ["a", null, 'b"'], depth: { n: 1.5 } },
    })
    await database.stores.events.insert([event])
    expect(await database.stores.events.recentOfCustomer("cus_1", 5)).toEqual([event])
  })

  it("stores what Postgres cannot spell: NUL and half surrogates", async () => {
    await database.stores.events.insert([shopEvent({ sessionId: "s", searchTerm: "a\0b\ud83d", properties: { term: "\0\udc00ok" } })])
    const [event] = await database.stores.events.recentOfSession("s", 1)
    expect(event).toMatchObject({ searchTerm: "a\ufffdb\ufffd", properties: { term: "\ufffd\ufffdok" } })
  })

  it("makes the partition of an old month by itself, in whatever process", async () => {
    const other = await database.openAgain()
    const days = ["2009-12-01", "2010-06-15", "2009-12-31"]
    const batches = days.map((day, index) => [shopEvent({ eventId: `old ${index}`, day })])
    await Promise.all(batches.map((batch, index) => (index % 2 ? other.stores : database.stores).events.insert(batch)))
    expect(await stored()).toEqual(["2009-12-01 old 0", "2009-12-31 old 2", "2010-06-15 old 1"])
    const [row] = await database.dataSource.query<{ partition: string }[]>(
      "SELECT tableoid::regclass::text AS partition FROM foresight.event WHERE event_id = 'old 2'"
    )
    expect(row?.partition).toBe("foresight.event_2009_12")
  })

  it("doubles nothing and never deadlocks when four connections write the same rows in different order", async () => {
    const pools = await Promise.all([1, 2, 3, 4].map(() => database.openAgain()))
    const batch = Array.from({ length: 500 }, (_, index) => shopEvent({ eventId: `e${index}`, day: `2026-0${1 + (index % 6)}-1${index % 5}` }))
    const turned = (by: number) => [...batch.slice(by), ...batch.slice(0, by)]
    const answers = await Promise.all(
      pools.flatMap(({ stores }, pool) => [0, 1, 2].map((round) => stores.events.insert(turned((pool * 131 + round * 37) % 500))))
    )
    expect(answers.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(500)
    expect(answers.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(11 * 500)
    expect(new Set(await stored()).size).toBe(500)
  })

  it("notes days whose demand changed, once something new came, and not for browsing", async () => {
    const { events } = database.stores
    await events.insert([
      shopEvent(),
      shopEvent({ eventId: "r", name: "refund", day: "2026-03-05" }),
      shopEvent({ eventId: "v", name: "view_item", day: "2026-03-06" }),
    ])
    expect(await touched()).toEqual(["2026-03-02", "2026-03-05"])
    await database.dataSource.query("TRUNCATE foresight.demand_touched")
    await events.insert([shopEvent()])
    expect(await touched()).toEqual([])
  })
})

describe("EventStore.insert() of what does not count", () => {
  const seen = (eventId: string, more = {}) => shopEvent({ eventId, name: "view_item", sessionId: "s", visitorId: "v", customerId: "cus_1", ...more })
  const bot = (eventId: string) => ({ day: "2026-03-02", eventId, reason: "bot" as const, detail: "Googlebot/2.1" })

  it("keeps the line with its reason, and nothing that recommends reads it", async () => {
    const { events, exclusions } = database.stores
    expect(await events.insert([seen("crawled"), seen("good")], [bot("crawled")])).toMatchObject({ inserted: 2 })
    expect(await stored()).toEqual(["2026-03-02 crawled", "2026-03-02 good"])
    expect(await exclusions.counts()).toEqual({ bot: 1 })
    const recents = [await events.recentOfSession("s", 9), await events.recentOfCustomer("cus_1", 9), await events.recentOfVisitor("v", 9)]
    expect(recents.map((found) => found.map(({ eventId }) => eventId))).toEqual([["good"], ["good"], ["good"]])
    expect((await events.interactions("2026-03-01")).user).toHaveLength(1)
  })

  it("counts it again once it is restored, also when it is sent again", async () => {
    const { events, exclusions } = database.stores
    await events.insert([seen("a")], [bot("a")])
    await exclusions.restore([{ day: "2026-03-02", eventId: "a" }], "user_1")
    expect(await events.insert([seen("a")], [bot("a")])).toMatchObject({ inserted: 0, duplicates: 1 })
    expect(await events.recentOfSession("s", 9)).toHaveLength(1)
  })

  it("does not judge a line that was there before", async () => {
    const { events, exclusions } = database.stores
    await events.insert([seen("a")])
    await events.insert([seen("a"), seen("b")], [bot("a"), bot("b")])
    expect((await events.recentOfSession("s", 9)).map(({ eventId }) => eventId)).toEqual(["a"])
    expect(await exclusions.counts()).toEqual({ bot: 1 })
  })
})

describe("EventStore indices", () => {
  it("finds a person's, a session's and an order's events without reading a whole month, though rows without them are not indexed", async () => {
    await database.stores.events.ensurePartitions("2026-03-01", "2026-03-01")
    const runner = database.dataSource.createQueryRunner()
    const plan = async (sql: string) => {
      const lines = (await runner.query(`EXPLAIN ${sql}`)) as { "QUERY PLAN": string }[]
      return lines.map((line) => line["QUERY PLAN"]).join("\n")
    }
    await runner.query("SET enable_seqscan = off") // an empty table would be read whole
    for (const column of ["session_id", "customer_id", "visitor_id"]) {
      const found = await plan(`SELECT * FROM foresight.event WHERE ${column} = 'x' ORDER BY occurred_at DESC LIMIT 5`)
      expect(found).toContain(`event_2026_03_${column}_occurred_at_idx`)
    }
    expect(await plan("SELECT * FROM foresight.event WHERE order_id = 'x'")).toContain("event_2026_03_order_id_idx")
    await runner.query("RESET enable_seqscan")
    await runner.release()
  })
})

describe("EventStore.ensurePartitions()", () => {
  it("makes each month once, also when two ask at the same time", async () => {
    const other = await database.openAgain()
    const made = await Promise.all([database.stores, other.stores, database.stores].map(({ events }) => events.ensurePartitions("2030-11-15", "2031-02-01")))
    expect(made.flat().sort()).toEqual(["event_2030_11", "event_2030_12", "event_2031_01", "event_2031_02"])
    expect(await database.stores.events.ensurePartitions("2030-11-01", "2031-02-28")).toEqual([])
  })

  it("lets inserts into other months go on", async () => {
    const { stores } = await database.openAgain({ lockTimeoutMs: 300 })
    await stores.events.ensurePartitions("2026-03-01", "2026-03-01")
    const writer = database.dataSource.createQueryRunner()
    await writer.startTransaction()
    await writer.query("INSERT INTO foresight.event (day, event_id, name, occurred_at, source) VALUES ('2026-03-02', 'open', 'search', now(), 'medusa')")
    expect(await stores.events.ensurePartitions("2040-01-01", "2040-01-31")).toEqual(["event_2040_01"])
    await writer.rollbackTransaction()
    await writer.release()
  })
})

describe("EventStore reads", () => {
  it("lists a session newest first and no further than asked", async () => {
    const { events } = database.stores
    const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 10, minute))
    await events.insert([1, 3, 2].map((minute) => shopEvent({ eventId: `m${minute}`, name: "view_item", sessionId: "s", occurredAt: at(minute) })))
    await events.insert([shopEvent({ eventId: "other", name: "view_item", sessionId: "t" })])
    expect((await events.recentOfSession("s", 2)).map(({ eventId }) => eventId)).toEqual(["m3", "m2"])
  })

  it("counts rows, names the last day and knows which kinds there are", async () => {
    const { events } = database.stores
    expect(await events.summary()).toEqual({ total: 0, lastDay: null })
    expect(await events.has(["purchase", "view_item"])).toBe(false)
    await events.insert([shopEvent(), shopEvent({ eventId: "v", name: "view_item", day: "2026-03-07" }), shopEvent({ eventId: "w", name: "view_item" })])
    expect(await events.summary()).toEqual({ total: 3, lastDay: "2026-03-07" })
    expect([await events.has(["search", "view_item"]), await events.has(["search"])]).toEqual([true, false])
  })

  it("gives interactions in time order, without excluded, weightless, nameless or old ones, and joins a visitor to their customer", async () => {
    const { events, exclusions } = database.stores
    const at = (hour: number) => new Date(Date.UTC(2026, 2, 2) + hour * 3_600_000)
    await events.insert([
      shopEvent({ eventId: "bought", customerId: "cus_1", visitorId: "v1", productId: "p1", occurredAt: at(5) }),
      shopEvent({ eventId: "seen before logging in", name: "view_item", visitorId: "v1", sessionId: "s1", productId: "p2", occurredAt: at(3) }),
      shopEvent({ eventId: "visitor", name: "add_to_cart", visitorId: "v2", sessionId: "s2", productId: "p1", occurredAt: at(4) }),
      shopEvent({ eventId: "session only", name: "view_item", sessionId: "s3", productId: "p1", occurredAt: at(4.5) }),
      shopEvent({ eventId: "posing", name: "view_item", visitorId: "cus_1", productId: "p1", occurredAt: at(4.8) }),
      shopEvent({ eventId: "listed", name: "view_item_list", visitorId: "v2", occurredAt: at(6) }),
      shopEvent({ eventId: "nobody", occurredAt: at(6) }),
      shopEvent({ eventId: "no product", name: "view_item", visitorId: "v2", productId: null, occurredAt: at(6) }),
      shopEvent({ eventId: "voided", customerId: "cus_1", occurredAt: at(7) }),
      shopEvent({ eventId: "old", day: "2026-02-28", customerId: "cus_1" }),
    ])
    await exclusions.exclude([{ day: "2026-03-02", eventId: "voided", reason: "canceled_order", detail: null, importId: null }])
    const table = await events.interactions("2026-03-01")
    expect(table.users).toEqual(["cus_1", "visitor:v2", "session:s3", "visitor:cus_1"])
    expect(table.items).toEqual(["p2", "p1"])
    expect(table.sessions).toEqual(["s1", "s2", "s3"])
    expect([...table.user]).toEqual([0, 1, 2, 3, 0])
    expect([...table.item]).toEqual([0, 1, 1, 1, 1])
    expect([...table.session]).toEqual([0, 1, 2, -1, -1])
    expect([...table.weight]).toEqual([Math.fround(0.15), 0.5, Math.fround(0.15), Math.fround(0.15), 1]) // EVENT_WEIGHTS
    expect([...table.at]).toEqual([3, 4, 4.5, 4.8, 5].map((hour) => at(hour).getTime() / 1000))
    expect([...table.purchase]).toEqual([0, 0, 0, 0, 1])
  })
})

describe("EventStore.interactions() of what storefront and Medusa both tell", () => {
  const put = (eventId: string, source: string, more = {}) => shopEvent({ eventId, name: "add_to_cart", source, productId: "p1", orderId: null, cartId: "cart_1", ...more })
  const weights = async () => {
    const { users, items, user, item, weight } = await database.stores.events.interactions("2026-03-01")
    return [...weight].map((value, at) => `${users[user[at]!]} ${items[item[at]!]} ${value}`)
  }

  it("counts a product put into the cart once, by the row that knows the visit, for the person and for what is popular", async () => {
    await database.stores.events.insert([
      put("ours", "medusa", { customerId: "cus_1" }),
      put("theirs", "storefront", { customerId: "cus_1", visitorId: "v1", sessionId: "s1" }),
      // before the login, from the same device
      put("ours too", "medusa", { customerId: "cus_1", productId: "p2" }),
      put("of the device", "storefront", { visitorId: "v1", sessionId: "s0", productId: "p2", cartId: null }),
    ])
    expect((await weights()).sort()).toEqual(["cus_1 p1 0.5", "cus_1 p2 0.5"])
    expect((await database.stores.events.interactions("2026-03-01")).sessions.sort()).toEqual(["s0", "s1"])
  })

  it("keeps Medusa's row where the storefront told another product, day or person, or was set aside", async () => {
    const { events } = database.stores
    const bot = { day: "2026-03-02", eventId: "bot", reason: "bot" as const, detail: null }
    await events.insert(
      [
        put("ours", "medusa", { customerId: "cus_1" }),
        put("another product", "storefront", { customerId: "cus_1", productId: "p2" }),
        put("another day", "storefront", { customerId: "cus_1", day: "2026-03-03" }),
        put("another person", "storefront", { customerId: "cus_2" }),
        put("seen", "storefront", { customerId: "cus_1", name: "view_item" }),
        put("bot", "storefront", { customerId: "cus_1" }),
      ],
      [bot]
    )
    expect((await weights()).filter((row) => row === "cus_1 p1 0.5")).toHaveLength(2) // ours and the other day's
    expect(await weights()).toHaveLength(5)
  })
})

describe("EventStore.eraseCustomer()", () => {
  it("finds what only a session joins to the person, and takes the verdicts on deleted lines along", async () => {
    const { events, exclusions } = database.stores
    const seen = (eventId: string, more: Partial<ShopEvent>) => shopEvent({ eventId, name: "view_item", orderId: null, ...more })
    const verdict = (eventId: string) => ({ day: "2026-03-02", eventId, reason: "inhuman_rate" as const, detail: null })
    await events.insert(
      [
        seen("logged in", { customerId: "cus_1", sessionId: "s1" }),
        seen("same visit", { sessionId: "s1" }),
        seen("another visit", { customerId: "cus_1", visitorId: "v1" }),
        seen("device before", { visitorId: "v1", sessionId: "s0" }),
        seen("that visit", { sessionId: "s0" }),
        seen("somebody", { sessionId: "s9" }),
        seen("somebody else", { customerId: "cus_2", sessionId: "s1" }),
        shopEvent({ eventId: "bought", customerId: "cus_1" }),
      ],
      ["same visit", "somebody", "bought"].map(verdict)
    )
    expect(await events.eraseCustomer("cus_1")).toMatchObject({ deleted: 5, anonymised: 1 })
    expect(await stored()).toEqual(["2026-03-02 bought", "2026-03-02 somebody", "2026-03-02 somebody else"])
    expect(await exclusions.counts()).toEqual({ inhuman_rate: 2 }) // of somebody, and of the sale that stays
  })

  it("leaves nothing that names the person, and demand as it was", async () => {
    const { events, demand, recommendations } = database.stores
    const person = { customerId: "cus_1", visitorId: "v1", sessionId: "s1", cartId: "cart_1", properties: { note: "cus_1" } }
    await events.insert([
      shopEvent({ ...person }),
      shopEvent({ ...person, eventId: "seen", name: "view_item" }),
      shopEvent({ ...person, eventId: "before logging in", name: "view_item", customerId: null }),
      shopEvent({ eventId: "somebody else", name: "view_item", customerId: "cus_2", visitorId: "v1" }),
    ])
    await database.stores.carts.exchange("cart_1", async () => ({ lines: [{ variantId: "variant_1", productId: null, quantity: 1 }], events: [] }))
    await recommendations.saveVectors([{ customerId: "cus_1", productIds: ["p"], weights: [1], purchasedIds: [] }], new Date())
    await demand.rebuildTouched({ limit: 100 })
    const range = { fromDay: "2026-01-01", toDay: "2026-12-31" }
    const before = await demand.rowsForPanel(range)

    expect(await events.eraseCustomer("cus_1")).toEqual({ deleted: 2, anonymised: 1, vectors: 1 })
    expect(await stored()).toEqual(["2026-03-02 order_1:line_1", "2026-03-02 somebody else"])
    const [purchase] = await events.ofOrder("order_1")
    expect(purchase).toMatchObject({ customerId: null, visitorId: null, sessionId: null, cartId: null, properties: null, quantity: 2 })
    expect(await recommendations.vector("cus_1")).toBeNull()
    await database.stores.carts.exchange("cart_1", async (left) => {
      expect(left).toEqual([])
      return null
    })
    await events.insert([shopEvent({ eventId: "later", variantId: "variant_2" })])
    await demand.rebuildTouched({ limit: 100 })
    expect((await demand.rowsForPanel(range)).filter(({ variantId }) => variantId === "variant_1")).toEqual(before)
  })
})

describe("EventStore.eraseCustomer() and imports", () => {
  it("also takes the name from lines that were imported before the shop knew the customer, and nobody else's", async () => {
    const { events } = database.stores
    const name = (ref: string) => `ref:${createHash("sha256").update(ref).digest("hex")}`
    const imported = { source: "import:1", customerId: null }
    await events.insert([
      shopEvent({ ...imported, eventId: "as typed", orderId: "old_1", visitorId: name("Ada@Example.com") }),
      shopEvent({ ...imported, eventId: "small letters", orderId: "old_2", visitorId: name("ada@example.com") }),
      shopEvent({ ...imported, eventId: "by id", orderId: "old_3", visitorId: name("cus_ada") }),
      shopEvent({ ...imported, eventId: "seen", name: "view_item", orderId: null, visitorId: name("ada@example.com") }),
      shopEvent({ ...imported, eventId: "bob", orderId: "old_4", visitorId: name("bob@example.com") }),
    ])
    expect(await events.eraseCustomer("cus_ada", ["Ada@Example.com"])).toEqual({ deleted: 1, anonymised: 3, vectors: 0 })
    const visitors = await Promise.all(["old_1", "old_2", "old_3", "old_4"].map(async (orderId) => (await events.ofOrder(orderId)).map(({ visitorId }) => visitorId)))
    expect(visitors).toEqual([[null], [null], [null], [name("bob@example.com")]])
  })
})

describe("EventStore.customersPage()", () => {
  it("walks every customer once, whatever they did", async () => {
    const { events } = database.stores
    await events.insert([
      shopEvent({ customerId: "cus_2" }),
      shopEvent({ eventId: "seen", name: "view_item", customerId: "cus_1", day: "2026-03-03" }),
      shopEvent({ eventId: "again", customerId: "cus_2", day: "2026-04-03" }),
      shopEvent({ eventId: "visitor", name: "view_item", customerId: null }),
    ])
    expect(await events.customersPage({ after: null, limit: 1 })).toEqual(["cus_1"])
    expect(await events.customersPage({ after: "cus_1", limit: 1 })).toEqual(["cus_2"])
    expect(await events.customersPage({ after: "cus_2", limit: 1 })).toEqual([])
    await database.stores.identities.link([{ kind: "cart", id: "cart_0", customerId: "cus_0", via: "cart_customer" }, { kind: "cart", id: "cart_1", customerId: "cus_1", via: "cart_customer" }], new Date())
    expect(await events.customersPage({ after: null, limit: 2 })).toEqual(["cus_0", "cus_1"])
    expect(await events.customersPage({ after: null, limit: 10 })).toEqual(["cus_0", "cus_1", "cus_2"])
  })
})

describe("EventStore.attachSku()", () => {
  it("lets held lines count once the product appears", async () => {
    const { events, exclusions, demand } = database.stores
    await events.insert([
      shopEvent({ sku: "NEW", variantId: null, productId: null }),
      shopEvent({ eventId: "voided", sku: "NEW", variantId: null, productId: null }),
      shopEvent({ eventId: "x", sku: "RARE", variantId: null, productId: null, day: "2026-03-03" }),
    ])
    const line = { day: "2026-03-02", detail: null, importId: null }
    await exclusions.exclude([
      { ...line, eventId: "order_1:line_1", reason: "unknown_sku" },
      { ...line, eventId: "voided", reason: "voided_by_cancellation" },
    ])
    await demand.rebuildTouched({ limit: 10 })
    expect(await demand.span()).toBeNull()
    expect(await events.unknownSkus({ after: null, limit: 10 })).toEqual(["NEW", "RARE"])
    expect(await events.unknownSkus({ after: null, limit: 1 })).toEqual(["NEW"])
    expect(await events.unknownSkus({ after: "NEW", limit: 1 })).toEqual(["RARE"])
    expect(await events.unknownSkus({ after: "RARE", limit: 1 })).toEqual([])
    expect(await events.attachSku("NEW", "variant_9", "prod_9")).toBe(2)
    expect(await events.unknownSkus({ after: null, limit: 10 })).toEqual(["RARE"])
    await demand.rebuildTouched({ limit: 10 })
    expect(await demand.rowsForPanel({ fromDay: "2026-03-01", toDay: "2026-03-31" })).toMatchObject([{ variantId: "variant_9", units: 2 }])
  })
})
