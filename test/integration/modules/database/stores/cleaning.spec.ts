import { createHash } from "node:crypto"
import { createCleaningActivities } from "../../../../../activities/cleaning"
import { createDemandActivities } from "../../../../../activities/demand"
import type { ShopEvent } from "../../../../../src/domain/events"
import { activityContext } from "../../../../support/activity-context"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"
import { shopEvent } from "../../../../support/shop-event"

const TODAY = "2026-03-20"
let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() =>
  database.dataSource.query(
    "TRUNCATE foresight.event, foresight.demand_touched, foresight.demand_day, foresight.excluded_line, foresight.unjudged_day, foresight.cleaning_setting, foresight.event_count_day"
  )
)

/** Customers of the shop by id. */
const EMAILS: Record<string, string> = { cus_qa: "qa@shop.com", cus_agency: "ada@dev.agency.example", cus_real: "real@person.example" }

function activities() {
  const reader = { customers: async (ids: readonly string[]) => ids.map((id) => ({ id, email: EMAILS[id] ?? null, hasAccount: true })) }
  const deps = { stores: database.stores, reader, today: () => TODAY, now: () => new Date(`${TODAY}T02:00:00Z`), context: () => activityContext() }
  return { ...createCleaningActivities(deps), ...createDemandActivities(deps) }
}
/** What the night does before it trains. */
async function night() {
  const { judgeLines, rebuildDemand } = activities()
  const judged = await judgeLines()
  await rebuildDemand()
  return judged
}
const units = async () => (await database.stores.demand.rowsForPanel({ fromDay: "2026-01-01", toDay: "2026-12-31" })).reduce((sum, row) => sum + row.units, 0)
/** So many sales of one or two units, over ten days; 1.5 units each on average. */
const usual = (count: number, own: Partial<ShopEvent> = {}) =>
  Array.from({ length: count }, (_, at) => shopEvent({ eventId: `${own.variantId ?? "usual"}/${at}`, orderId: `o${own.variantId ?? ""}${at}`, day: `2026-03-${String(1 + (at % 10)).padStart(2, "0")}`, quantity: 1 + (at % 2), ...own }))
const bulk = (eventId: string, quantity: number, own: Partial<ShopEvent> = {}) => shopEvent({ eventId, orderId: eventId, day: "2026-03-05", quantity, ...own })

describe("bulk outliers", () => {
  it("do not move demand, and are told in plain words", async () => {
    await database.stores.events.insert([...usual(40), bulk("bulk", 80_995)])
    expect(await night()).toMatchObject({ bulk: 1, restored: 0 })
    expect(await units()).toBe(60)
    const { lines } = await database.stores.setAside.list({ state: "set_aside" }, { limit: 10, offset: 0 })
    expect(lines).toMatchObject([{ reason: "bulk_outlier", detail: "80,995 units in one line; this item's lines are usually 1–2", changedBy: null, event: { quantity: 80_995, orderId: "bulk" } }])
  })

  it("are found whether they come before or after the sales that make them strange, also where the day was counted already", async () => {
    const { events, exclusions } = database.stores
    await events.insert([bulk("bulk", 80_995), ...usual(40, { variantId: "other" })])
    await activities().rebuildDemand() // an import counts before anybody judges
    await events.insert(usual(40))
    expect(await night()).toMatchObject({ bulk: 1 })
    expect(await units()).toBe(120)
    expect(await night()).toMatchObject({ bulk: 0, restored: 0 })
    expect(await exclusions.counts()).toEqual({ bulk_outlier: 1 })
  })

  it("count again by themselves when the buyer comes again", async () => {
    const { events } = database.stores
    await events.insert([...usual(40), bulk("first", 600)])
    expect(await night()).toMatchObject({ bulk: 1 })
    await events.insert([bulk("second", 500, { day: "2026-03-12" }), bulk("third", 700, { day: "2026-03-18" })])
    expect(await night()).toMatchObject({ bulk: 0, restored: 1 })
    expect(await units()).toBe(60 + 1800)
  })

  it("stay with whoever restored them: no rule sets them aside again", async () => {
    await database.stores.events.insert([...usual(40), bulk("bulk", 5000)])
    await night()
    expect(await database.stores.exclusions.restore([{ day: "2026-03-05", eventId: "bulk" }], "user_1")).toEqual({ changed: 1, days: 1 })
    await database.stores.events.insert([bulk("small", 2, { day: "2026-03-05" })])
    expect(await night()).toMatchObject({ bulk: 0 })
    expect(await units()).toBe(60 + 5000 + 2)
    const { lines } = await database.stores.setAside.list({ state: "counting" }, { limit: 10, offset: 0 })
    expect(lines).toMatchObject([{ reason: "bulk_outlier", changedBy: "user_1", restoredAt: expect.any(Date) as Date, changedAt: expect.any(Date) as Date }])
  })
})

describe("setting aside by hand", () => {
  const key = { day: "2026-03-05", eventId: "one" }

  it("takes the line out of demand until it is restored, and says who did what", async () => {
    const { events, exclusions, setAside } = database.stores
    await events.insert([bulk("one", 3), bulk("two", 4)])
    await night()
    expect(await exclusions.excludeByHand([key, { ...key, eventId: "nothing" }], "user_1", "wedding")).toEqual({ changed: 1, days: 1 })
    await night()
    expect(await units()).toBe(4)
    expect((await setAside.list({ state: "set_aside" }, { limit: 5, offset: 0 })).lines).toMatchObject([{ reason: "by_hand", detail: "wedding", changedBy: "user_1" }])
    expect(await exclusions.restore([key], "user_2")).toEqual({ changed: 1, days: 1 })
    expect(await exclusions.restore([key], "user_2")).toEqual({ changed: 0, days: 0 })
    await night()
    expect(await units()).toBe(7)
  })

  it("undoes a restore with the reason the line had", async () => {
    const { events, exclusions } = database.stores
    await events.insert([bulk("one", 3)])
    await exclusions.exclude([{ ...key, reason: "canceled_order", detail: "canceled in Medusa", importId: null }])
    await exclusions.restore([key], "user_1")
    // the walk over the shop comes by the canceled order again
    expect(await exclusions.exclude([{ ...key, reason: "canceled_order", detail: null, importId: null }])).toBe(0)
    expect(await exclusions.excludeByHand([key], "user_1", null)).toEqual({ changed: 1, days: 1 })
    expect(await exclusions.counts()).toEqual({ canceled_order: 1 })
    expect(await exclusions.withdraw([key])).toBe(0) // a user said so
  })

  it("restores all lines of a reason, so many at a time", async () => {
    const { events, exclusions } = database.stores
    const lines = usual(5)
    await events.insert(lines)
    await exclusions.exclude(lines.map(({ day, eventId }) => ({ day, eventId, reason: "test_order" as const, detail: null, importId: null })))
    expect(await exclusions.restoreAll({ reason: "bulk_outlier", limit: 10 }, "user_1")).toEqual({ changed: 0, days: 0, left: 0 })
    expect(await exclusions.restoreAll({ reason: "test_order", limit: 3 }, "user_1")).toEqual({ changed: 3, days: 3, left: 2 })
    expect(await exclusions.restoreAll({ limit: 10 }, "user_1")).toEqual({ changed: 2, days: 2, left: 0 })
  })
})

describe("test orders", () => {
  const settings = (testOrders: { emails?: string[]; emailDomains?: string[]; skus?: string[] }) =>
    database.stores.cleaningSettings.set({ testOrders: { emails: [], emailDomains: [], skus: [], ...testOrders }, duplicatesAreSetAside: false }, "user_1")

  it("are found by address, domain and SKU among all that is stored, and let go when the settings do", async () => {
    const known = `ref:${createHash("sha256").update("qa@shop.com").digest("hex")}`
    await database.stores.events.insert([
      bulk("qa", 1, { customerId: "cus_qa" }),
      bulk("agency", 2, { customerId: "cus_agency" }),
      bulk("imported", 4, { visitorId: known, source: "import:1" }),
      bulk("sku", 8, { sku: "Test-SKU" }),
      bulk("real", 16, { customerId: "cus_real" }),
    ])
    await night()
    expect(await units()).toBe(31)
    await settings({ emails: ["qa@shop.com"], emailDomains: ["agency.example"], skus: ["test-sku"] })
    expect(await night()).toMatchObject({ tests: 4 })
    expect(await units()).toBe(16)
    expect((await database.stores.cleaningSettings.get()).isWaiting).toBe(false)
    const { lines } = await database.stores.setAside.list({ state: "set_aside", reason: "test_order" }, { limit: 10, offset: 0 })
    expect(Object.fromEntries(lines.map(({ eventId, detail }) => [eventId, detail]))).toEqual({
      qa: "the email address is on the list of test orders",
      agency: "the email domain agency.example is on the list of test orders",
      imported: "the email address is on the list of test orders",
      sku: "the SKU is on the list of test orders",
    })
    await settings({ skus: ["test-sku"] })
    expect(await night()).toMatchObject({ tests: 0, restored: 3 })
    expect(await units()).toBe(23)
  })

  it("are found as they come, without the settings being touched again", async () => {
    await settings({ emails: ["qa@shop.com"] })
    await night()
    await database.stores.events.insert([bulk("qa", 1, { customerId: "cus_qa" }), bulk("real", 16, { customerId: "cus_real" })])
    expect(await night()).toMatchObject({ tests: 1 })
    expect(await units()).toBe(16)
    await database.stores.exclusions.restore([{ day: "2026-03-05", eventId: "qa" }], "user_1")
    expect(await night()).toMatchObject({ tests: 0 })
    expect(await units()).toBe(17)
  })
})

describe("repeats of an imported line", () => {
  const repeat = (eventId: string, own: Partial<ShopEvent> = {}) => bulk(eventId, 2, { orderId: "536409", source: "import:1", ...own })

  it("are noted and count, until the shop wants them set aside", async () => {
    await database.stores.events.insert([repeat("b"), repeat("a"), repeat("c"), repeat("d", { unitPrice: 9 }), repeat("e", { source: "medusa" })])
    expect(await night()).toMatchObject({ duplicates: 2 })
    expect(await units()).toBe(10)
    expect(await database.stores.exclusions.counts("counting")).toEqual({ duplicate: 2 })
    expect(await night()).toMatchObject({ duplicates: 0 })

    const testOrders = { emails: [], emailDomains: [], skus: [] }
    await database.stores.cleaningSettings.set({ testOrders, duplicatesAreSetAside: true }, "user_1")
    await night()
    expect(await units()).toBe(6) // a, d and e
    expect(await database.stores.exclusions.counts()).toEqual({ duplicate: 2 })

    await database.stores.cleaningSettings.set({ testOrders, duplicatesAreSetAside: false }, "user_1")
    await night()
    expect(await units()).toBe(10)
  })
})

describe("arrivals", () => {
  it("counts full days once, today each time, and anew after an import", async () => {
    const { events, arrivals } = database.stores
    await events.insert([bulk("1", 1), bulk("2", 1, { source: "import:1" }), bulk("v", 1, { name: "view_item", source: "storefront", day: TODAY })])
    const daily = async () => (await arrivals.daily("2026-03-01", TODAY)).map(({ day, source, name, events: count }) => `${day} ${source} ${name} ${count}`)
    const first = ["2026-03-05 import purchase 1", "2026-03-05 medusa purchase 1", "2026-03-20 storefront view_item 1"]
    expect(await daily()).toEqual(first)
    await events.insert([bulk("3", 1), bulk("w", 1, { name: "view_item", source: "storefront", day: TODAY })])
    expect(await daily()).toEqual([...first.slice(0, 2), "2026-03-20 storefront view_item 2"])
    await database.dataSource.query(
      `INSERT INTO foresight.import_report (id, file_name, source_hash, format, status, finished_at) VALUES (gen_random_uuid(), 'a.csv', 'a', 'orders', 'done', now())`
    )
    expect((await daily())[1]).toBe("2026-03-05 medusa purchase 2")
    await events.insert([bulk("4", 1, { day: "2026-03-15" })])
    await activities().countArrivals()
    expect(await daily()).toContain("2026-03-15 medusa purchase 1")
    expect(await arrivals.lastHeard()).toMatchObject([{ source: "import" }, { source: "medusa", lastAt: expect.any(Date) as Date }])
    await database.dataSource.query("TRUNCATE foresight.import_report")
  })
})

describe("SetAsideStore.list()", () => {
  it("filters, searches and pages, newest day first", async () => {
    const { events, exclusions, setAside } = database.stores
    const lines = [
      bulk("a", 1, { sku: "CUP-1", orderId: "order_9" }),
      bulk("b", 1, { sku: "MUG_1", day: "2026-03-07" }),
      bulk("c", 1, { name: "view_item", source: "storefront", sku: null, orderId: null, day: "2026-03-08" }),
    ]
    await events.insert(lines)
    const reasons = { a: "test_order", b: "unknown_sku", c: "by_hand" } as const
    await exclusions.exclude(lines.map(({ day, eventId }) => ({ day, eventId, reason: reasons[eventId as "a"], detail: null, importId: null })))
    await exclusions.exclude([{ day: "2026-03-01", eventId: "gone", reason: "test_order", detail: null, importId: null }])
    const found = async (filter: Partial<Parameters<typeof setAside.list>[0]>, page = { limit: 10, offset: 0 }) => (await setAside.list({ state: "set_aside", ...filter }, page)).lines.map(({ eventId }) => eventId)
    expect(await found({})).toEqual(["c", "b", "a", "gone"])
    expect(await found({}, { limit: 2, offset: 1 })).toEqual(["b", "a"])
    expect(await found({ reason: "test_order" })).toEqual(["a", "gone"])
    expect(await found({ source: "storefront" })).toEqual(["c"])
    expect(await found({ fromDay: "2026-03-05", toDay: "2026-03-07" })).toEqual(["b", "a"])
    expect(await found({ q: "order_9" })).toEqual(["a"])
    expect(await found({ q: "mug_" })).toEqual(["b"])
    expect(await found({ q: "%" })).toEqual([])
    expect(await found({ state: "counting" })).toEqual([])
    expect((await setAside.list({ state: "set_aside", reason: "test_order" }, { limit: 1, offset: 0 })).count).toBe(2)
    expect((await setAside.list({ state: "set_aside", reason: "test_order" }, { limit: 1, offset: 1 })).lines[0]?.event).toBeNull()
    expect([await setAside.has({ day: "2026-03-05", eventId: "a" }), await setAside.has({ day: "2026-03-05", eventId: "z" })]).toEqual([true, false])
  })
})
