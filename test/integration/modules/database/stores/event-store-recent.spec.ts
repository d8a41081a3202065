import { openTestDatabase, type TestDatabase } from "../../../../support/database"
import { shopEvent } from "../../../../support/shop-event"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const view = (eventId: string, day: string, more = {}) => shopEvent({ eventId, day, name: "view_item", customerId: "cus_1", sessionId: "s", ...more })
const ids = (events: { eventId: string }[]) => events.map(({ eventId }) => eventId)
const receive = (eventId: string, at: string) => database.dataSource.query("UPDATE foresight.event SET received_at = $2 WHERE event_id = $1", [eventId, at])

describe("EventStore.newOfCustomer()", () => {
  it("gives what was received after an instant and happened from a day on, newest first, without what was set aside", async () => {
    const { events } = database.stores
    const bot = { day: "2026-03-12", eventId: "bot", reason: "bot" as const, detail: null }
    await events.insert([view("old", "2026-02-01"), view("known", "2026-03-10"), view("late", "2026-03-09"), view("new", "2026-03-12"), view("bot", "2026-03-12"), view("other", "2026-03-12", { customerId: "cus_2" })], [bot])
    for (const eventId of ["old", "late", "new", "bot", "other"]) await receive(eventId, "2026-03-12T12:00:00Z")
    await receive("known", "2026-03-10T12:00:00Z")
    expect(ids(await events.newOfCustomer("cus_1", { receivedAfter: new Date("2026-03-11T00:00:00Z"), fromDay: "2026-03-01" }, 9))).toEqual(["new", "late"])
  })
})

describe("EventStore.recentOfSession()", () => {
  it("leaves out days before the one given, and then touches no partition before it", async () => {
    const { events } = database.stores
    await events.insert([view("winter", "2026-01-05"), view("spring", "2026-03-20")])
    expect(ids(await events.recentOfSession("s", 9))).toEqual(expect.arrayContaining(["winter", "spring"]))
    expect(ids(await events.recentOfSession("s", 9, "2026-03-20"))).toEqual(["spring"])
    const [{ "QUERY PLAN": [plan] } = { "QUERY PLAN": [] }] = await database.dataSource.query<{ "QUERY PLAN": unknown[] }[]>(
      "EXPLAIN (FORMAT JSON) SELECT * FROM foresight.event e WHERE e.session_id = $1 AND e.day >= $2::date ORDER BY e.occurred_at DESC LIMIT 9",
      ["s", "2026-03-20"]
    )
    expect(JSON.stringify(plan)).toContain("event_2026_03")
    expect(JSON.stringify(plan)).not.toContain("event_2026_01")
  })
})
