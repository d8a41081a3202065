import type { ShopEvent } from "../../../../../src/domain/events"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"
import { shopEvent } from "../../../../support/shop-event"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() => database.dataSource.query("TRUNCATE foresight.event, foresight.excluded_line"))

const stored = async () => {
  const found = await database.dataSource.query<{ key: string }[]>("SELECT day::text || ' ' || event_id AS key FROM foresight.event ORDER BY day, event_id")
  return found.map(({ key }) => key)
}

describe("EventStore.insert() of many browse events", () => {
  const views = (from: number, count: number, more: Partial<ShopEvent> = {}) =>
    Array.from({ length: count }, (_, index) => shopEvent({ eventId: `v${from + index}`, name: "view_item", orderId: null, sessionId: `s${(from + index) % 7}`, ...more }))

  it("gives back every field as it was written, whatever is in its text", async () => {
    const odd = ["plain", "tab\there", "line\nbreak\r", "\\N", "\\", "\\.", 'quote" {brace}, %', "鞋 😀 é", ""]
    const events = odd.flatMap((word, index) => [
      ...[0, 1, 2].map((copy) =>
        shopEvent({
          ...{ eventId: `web/${index}-${copy}-${word}`, name: "view_item" as const, orderId: null, customerId: "cus_odd", searchTerm: word, sku: word, cartId: word },
          ...{ occurredAt: new Date(Date.UTC(2026, 2, 2, 10, index, copy, 7)), quantity: 0.125 * (copy + 1), unitPrice: copy === 0 ? null : 19.99, currencyCode: copy === 0 ? null : "eur" },
          properties: copy === 1 ? null : { word, list: [word, null, 1.5] },
        })
      ),
    ])
    expect(await database.stores.events.insert(events)).toMatchObject({ inserted: 27, duplicates: 0 })
    const found = await database.stores.events.recentOfCustomer("cus_odd", 50)
    const byTime = (a: ShopEvent, b: ShopEvent) => a.occurredAt.getTime() - b.occurredAt.getTime()
    expect(found.sort(byTime)).toEqual(events.sort(byTime))
  })

  it("stores what Postgres cannot spell: NUL and half surrogates", async () => {
    await database.stores.events.insert(views(0, 30, { sessionId: "odd", searchTerm: "a\0b\ud83d", properties: { term: "\0\udc00ok" } }))
    const [event] = await database.stores.events.recentOfSession("odd", 1)
    expect(event).toMatchObject({ searchTerm: "a\ufffdb\ufffd", properties: { term: "\ufffd\ufffdok" } })
  })

  it("adds only the new ones of a batch that repeats some, or one twice, and goes on so", async () => {
    const { events } = database.stores
    expect(await events.insert(views(0, 50))).toMatchObject({ inserted: 50, duplicates: 0 })
    expect((await events.insert(views(40, 50))).insertedIds).toEqual(new Set(views(50, 40).map(({ eventId }) => eventId)))
    const twice = [...views(100, 30), ...views(100, 30)]
    expect(await events.insert(twice)).toMatchObject({ inserted: 30, duplicates: 30 })
    for (let from = 200; from < 1_200; from += 40) expect(await events.insert(views(from, 40))).toMatchObject({ inserted: 40, duplicates: 0 }) // past the careful batches
    expect(await events.insert(views(200, 1_000))).toMatchObject({ inserted: 0, duplicates: 1_000 })
    expect(await stored()).toHaveLength(90 + 30 + 1_000)
  })

  it("doubles nothing when four connections bring the same views at once in different order", async () => {
    const pools = await Promise.all([1, 2, 3, 4].map(() => database.openAgain()))
    const batch = views(0, 400)
    const turned = (by: number) => [...batch.slice(by), ...batch.slice(0, by)]
    const answers = await Promise.all(pools.flatMap(({ stores }, pool) => [0, 1].map((round) => stores.events.insert(turned((pool * 131 + round * 37) % 400)))))
    expect(answers.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(400)
    expect(await stored()).toHaveLength(400)
  })

  it("makes the partition of an old month by itself", async () => {
    await database.stores.events.insert(views(0, 30, { day: "2011-07-01" }))
    expect((await stored())[0]).toBe("2011-07-01 v0")
  })

  it("stores none of a batch with a value that Postgres refuses, and says which kind of error it was", async () => {
    const bad = [...views(0, 30), ...views(30, 1, { quantity: Number.NaN, occurredAt: new Date("2026-03-02T10:00:00Z"), day: "2026-02-30" })]
    await expect(database.stores.events.insert(bad)).rejects.toMatchObject({ code: "invalid_event" })
    expect(await stored()).toEqual([])
  })
})
