import { randomUUID } from "node:crypto"
import { createRetentionActivities } from "../../../../../activities/retention"
import type { Retention } from "../../../../../src/domain/retention"
import { activityContext } from "../../../../support/activity-context"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"
import { modelVersion } from "../../../../support/model-version"
import { shopEvent } from "../../../../support/shop-event"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
const TABLES = ["event", "excluded_line", "demand_day", "demand_touched", "model_version", "reconcile_cursor", "reconcile_report"]
afterEach(async () => {
  await database.dataSource.query(`TRUNCATE ${TABLES.map((table) => `foresight.${table}`).join(", ")}`)
  const { retention } = database.stores
  for (const month of await retention.months()) await retention.dropMonthWithout(month, [])
})

const RETENTION: Retention = { browseDays: 400, cartDays: 800, reportDays: 90, modelVersions: 2 }
/** 400 days before are 2025-01-15, 800 days before are 2023-12-12. */
const TODAY = "2026-02-19"
const apply = (now = "2026-02-19T03:00:00Z", retention = RETENTION) =>
  createRetentionActivities({ stores: database.stores, retention, today: () => TODAY, now: () => new Date(now), context: activityContext }).applyRetention()
const ids = async () => (await database.dataSource.query<{ id: string }[]>("SELECT event_id AS id FROM foresight.event ORDER BY day, event_id")).map(({ id }) => id)
const view = (eventId: string, day: string) => shopEvent({ eventId, day, name: "view_item", orderId: null })

describe("applyRetention()", () => {
  it("removes what is older than its kind is kept, to the day, and never an order", async () => {
    await database.stores.events.insert([
      view("view old", "2025-01-14"),
      view("view kept", "2025-01-15"),
      shopEvent({ eventId: "cart kept", day: "2025-01-14", name: "add_to_cart" }),
      shopEvent({ eventId: "cart old", day: "2023-12-11", name: "remove_from_cart" }),
      shopEvent({ eventId: "sale", day: "2023-12-11" }),
      shopEvent({ eventId: "refund", day: "2025-01-14", name: "refund" }),
    ])
    expect(await apply()).toMatchObject({ months: 0, events: 2 })
    expect(await ids()).toEqual(["sale", "cart kept", "refund", "view kept"])
  })

  it("drops whole months without orders; demand counted before stays", async () => {
    await database.stores.events.insert([view("a", "2022-03-01"), view("b", "2022-03-31"), view("c", "2022-04-02"), shopEvent({ eventId: "sale", day: "2022-04-03" })])
    await database.stores.demand.rebuildTouched({ limit: 9 })
    expect(await apply()).toMatchObject({ months: 1, events: 1 })
    expect(await ids()).toEqual(["sale"])
    const months = await database.stores.retention.months()
    expect([months.includes("2022-03"), months.includes("2022-04")]).toEqual([false, true])
    expect(await database.stores.demand.span()).toEqual({ firstDay: "2022-04-03", lastDay: "2022-04-03" })
    // a late row of that month finds a partition again
    await database.stores.events.insert([view("late", "2022-03-05")])
    expect(await ids()).toEqual(["late", "sale"])
  })

  it("drops a month of expired views early, but not one in which carts are kept longer", async () => {
    // 400 days before are in January 2025; carts are kept from December 2023 on
    await database.stores.events.insert([view("a", "2024-05-02"), view("b", "2024-06-02"), shopEvent({ eventId: "cart", day: "2024-06-03", name: "add_to_cart" })])
    expect(await apply()).toMatchObject({ months: 1, events: 1 })
    expect(await ids()).toEqual(["cart"])
    expect(await database.stores.retention.months()).not.toContain("2024-05")
  })

  it("removes the verdicts on what is gone, and no others", async () => {
    const lines = [view("bot old", "2025-01-14"), view("bot kept", "2025-01-16"), view("month", "2022-05-01")]
    await database.stores.events.insert([...lines, shopEvent({ eventId: "sale", day: "2025-01-14" })])
    const verdicts = [...lines.map(({ eventId, day }) => [day, eventId]), ["2025-01-14", "sale"]]
    for (const [day, eventId] of verdicts) await database.dataSource.query("INSERT INTO foresight.excluded_line (day, event_id, reason) VALUES ($1, $2, 'test_order')", [day, eventId])
    await apply()
    const left = await database.dataSource.query<{ id: string }[]>("SELECT event_id AS id FROM foresight.excluded_line ORDER BY day")
    expect(left.map(({ id }) => id)).toEqual(["sale", "bot kept"])
  })

  it("finds old rows of a later import with the monthly look at everything, and looks at the last weeks only between", async () => {
    await apply("2026-02-19T03:00:00Z")
    await database.stores.events.insert([view("of an import", "2024-06-01"), shopEvent({ eventId: "sale", day: "2024-06-01" }), view("late", "2025-01-10")])
    expect(await apply("2026-02-20T03:00:00Z")).toMatchObject({ events: 1 })
    expect(await ids()).toEqual(["of an import", "sale"])
    expect(await apply("2026-03-22T03:00:00Z")).toMatchObject({ events: 1 })
    expect(await ids()).toEqual(["sale"])
  })

  it("changes nothing when it runs again, or twice at once", async () => {
    await database.stores.events.insert([...Array.from({ length: 300 }, (_, index) => view(`v${index}`, "2025-01-10")), shopEvent({ eventId: "sale", day: "2025-01-10" })])
    const [one, two] = await Promise.all([apply(), apply()])
    expect(one.events + two.events).toBe(300)
    expect(await apply()).toEqual({ months: 0, events: 0, modelVersions: 0, reports: 0 })
    expect(await ids()).toEqual(["sale"])
  })

  it("leaves a month alone that others hold locked, and drops it the next night", async () => {
    await database.stores.events.insert([view("a", "2022-03-01")])
    const other = database.dataSource.createQueryRunner()
    await other.startTransaction()
    try {
      await other.query("SELECT * FROM foresight.event WHERE day = '2022-03-01'")
      expect(await database.stores.retention.dropMonthWithout("2022-03", [])).toBe(false)
    } finally {
      await other.rollbackTransaction()
      await other.release()
    }
    expect(await database.stores.retention.dropMonthWithout("2022-03", [])).toBe(true)
    expect(await ids()).toEqual([])
  })

  it("lets the other months go on while it waits for a writer of the month", async () => {
    await database.stores.events.insert([view("a", "2022-03-01")])
    const other = database.dataSource.createQueryRunner()
    await other.startTransaction()
    try {
      await other.query("LOCK TABLE ONLY foresight.event_2022_03 IN ROW EXCLUSIVE MODE")
      let seen = 0
      // it waits for half a second: once more where the machine paused just then
      for (let tries = 0; seen === 0 && tries < 20; tries += 1) {
        let waiting = true
        const dropped = database.stores.retention.dropMonthWithout("2022-03", []).finally(() => (waiting = false))
        while (waiting) {
          const locks = await database.dataSource.query<{ on_all: boolean; mode: string; granted: boolean }[]>(
            `SELECT relation = 'foresight.event'::regclass AS on_all, mode, granted FROM pg_locks
              WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND relation IN ('foresight.event'::regclass, 'foresight.event_2022_03'::regclass)`
          )
          if (locks.some(({ granted }) => !granted)) seen += 1
          expect(locks.filter(({ on_all, mode }) => on_all && mode === "AccessExclusiveLock")).toEqual([])
        }
        expect(await dropped).toBe(false)
      }
      expect(seen).toBeGreaterThan(0)
    } finally {
      await other.rollbackTransaction()
      await other.release()
    }
    expect(await database.stores.retention.dropMonthWithout("2022-03", [])).toBe(true)
  })

  it("keeps the bytes of the newest versions and of the one in service, and refuses to serve one without", async () => {
    const { modelVersions } = database.stores
    const versions = []
    for (const promote of [false, true, false, false, false]) versions.push(await modelVersions.add(modelVersion({ kind: "taste", promote })))
    const demand = await modelVersions.add(modelVersion({ kind: "demand", promote: false }))
    expect(await apply()).toMatchObject({ modelVersions: 2 }) // versions 1 and 3: 2 serves, 4 and 5 are the newest
    const sizes = await Promise.all([...versions, demand].map(async ({ id }) => (await modelVersions.get(id)).byteCount > 0))
    expect(sizes).toEqual([false, true, false, true, true, true])
    await expect(modelVersions.promote(versions[0]!.id)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("version 1 of taste") })
    expect((await modelVersions.serving("taste"))?.version).toBe(2)
    expect(await apply()).toMatchObject({ modelVersions: 0 })
  })

  it("removes old reports", async () => {
    const report = (startedAt: string) =>
      database.dataSource.query("INSERT INTO foresight.reconcile_report (id, kind, started_at, finished_at, walked, healed, set_aside) VALUES ($1, 'reconcile', $2, $2, '{}', '{}', '[]')", [randomUUID(), startedAt])
    await report("2025-11-20T03:00:00Z") // 91 days before
    await report("2025-11-22T03:00:00Z")
    expect(await apply()).toMatchObject({ reports: 1 })
  })

  it("stops between two days when it is told to", async () => {
    await database.stores.events.insert([view("a", "2025-01-10"), shopEvent({ eventId: "sale", day: "2025-01-10" })])
    const stop = new AbortController()
    stop.abort()
    const activities = createRetentionActivities({ stores: database.stores, retention: RETENTION, today: () => TODAY, now: () => new Date(), context: () => activityContext(stop.signal) })
    await expect(activities.applyRetention()).rejects.toThrow("stopped")
    expect(await ids()).toEqual(["a", "sale"])
  })
})
