import { EventBuffer } from "../../../src/modules/foresight/event-buffer"
import { openTestDatabase, type TestDatabase } from "../../support/database"
import { eventually, until } from "../../support/eventually"
import { shopEvent } from "../../support/shop-event"
import fc from "../../support/properties"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() => database.dataSource.query("TRUNCATE foresight.event, foresight.excluded_line"))

const DAYS = ["2026-03-01", "2026-03-02", "2026-04-01"]
/** The same number is always the same event of its run. */
const event = (number: number, run = "") => shopEvent({ eventId: `web/${run}${number}`, day: DAYS[number % DAYS.length]!, name: "view_item", orderId: null, sessionId: `s${number % 7}` })
const count = async (run = "") => {
  const [row] = await database.dataSource.query<{ count: number }[]>("SELECT count(*)::int AS count FROM foresight.event WHERE starts_with(event_id, $1)", [`web/${run}`])
  return row?.count
}
const quiet = (message: string) => {
  throw new Error(`did not expect: ${message}`)
}
const KILL_COPIES = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY foresight.event%' AND state = 'active'"
const durable = { durable: true, flushIntervalMs: 10, capacity: 50_000 }

describe("EventBuffer on Postgres", () => {
  it("tells each event as new exactly once, however batches are doubled, late and out of order between requests and servers: 200 mixtures", async () => {
    const other = await database.openAgain()
    const batches = fc.array(fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 40 }), { minLength: 2, maxLength: 12 })
    let runs = 0
    await fc.assert(
      fc.asyncProperty(batches, async (sent) => {
        const run = `${(runs += 1)}/` // ids of a run's own: emptying the table each time would take longer than the rest
        const servers = [database.stores, other.stores, database.stores].map(({ events }) => new EventBuffer(events, durable, quiet))
        const answers = await Promise.all(sent.map((numbers, request) => servers[request % servers.length]!.take(numbers.map((number) => event(number, run)))))
        const told = answers.flatMap((ids) => [...ids]).sort()
        expect(told).toEqual([...new Set(sent.flat().map((number) => `web/${run}${number}`))].sort())
        expect(await count(run)).toBe(told.length)
      }),
      { numRuns: 200 }
    )
  })

  it("is committed when it answers", async () => {
    const buffer = new EventBuffer(database.stores.events, durable, quiet)
    await Promise.all(Array.from({ length: 20 }, (_, request) => buffer.take(Array.from({ length: 50 }, (_, index) => event(request * 50 + index)))))
    expect(await count()).toBe(1_000)
  })

  it("refuses while the table is locked, keeps nothing of it, and stores it when it is sent again", async () => {
    const { stores } = await database.openAgain({ lockTimeoutMs: 200 })
    await stores.events.ensurePartitions("2026-03-01", "2026-04-01")
    const buffer = new EventBuffer(stores.events, durable, quiet)
    const locker = database.dataSource.createQueryRunner()
    await locker.startTransaction()
    await locker.query("LOCK TABLE foresight.event IN ACCESS EXCLUSIVE MODE")
    await expect(buffer.take([event(1)])).rejects.toMatchObject({ code: "unavailable" })
    await locker.rollbackTransaction()
    await locker.release()
    expect(await count()).toBe(0)
    expect((await buffer.take([event(1)])).size).toBe(1)
  })

  it.each([
    ["its lock does not come", { lockTimeoutMs: 400 }, false],
    ["its connection is killed", { lockTimeoutMs: 60_000 }, true],
  ])("refuses a large batch when %s, keeps nothing of it, and stores it when it is sent again", async (_case, options, isKilled) => {
    const { dataSource, stores } = await database.openAgain(options)
    await stores.events.ensurePartitions("2026-03-01", "2026-04-01")
    const buffer = new EventBuffer(stores.events, durable, quiet)
    const batch = Array.from({ length: 500 }, (_, number) => event(number))
    const locker = database.dataSource.createQueryRunner()
    await locker.startTransaction()
    try {
      await locker.query("LOCK TABLE foresight.event IN ACCESS EXCLUSIVE MODE")
      const refused = expect(buffer.take(batch)).rejects.toMatchObject({ code: "unavailable" })
      // not on the locker: within a transaction Postgres shows what it saw at the first look
      if (isKilled) await eventually(async () => (await database.dataSource.query<unknown[]>(KILL_COPIES)).length > 0)
      await refused
    } finally {
      await locker.rollbackTransaction()
      await locker.release()
    }
    expect(await count()).toBe(0)
    // as a sender does: the pool may hand out the connection that was killed once more, before it hears of its end
    await until(async () => expect((await buffer.take(batch)).size).toBe(500))
    expect((await buffer.take(batch)).size).toBe(0)
    expect(await count()).toBe(500)
    await dataSource.query("SELECT 1") // the pool has let go of a connection that was killed
  })

  it("loses nothing of what it answered at once while the table was locked", async () => {
    const { stores } = await database.openAgain({ lockTimeoutMs: 200 })
    await stores.events.ensurePartitions("2026-03-01", "2026-04-01")
    const warnings: string[] = []
    const buffer = new EventBuffer(stores.events, { durable: false, flushIntervalMs: 20, capacity: 50_000 }, (message) => void warnings.push(message))
    const locker = database.dataSource.createQueryRunner()
    await locker.startTransaction()
    await locker.query("LOCK TABLE foresight.event IN ACCESS EXCLUSIVE MODE")
    for (let request = 0; request < 10; request += 1) expect((await buffer.take([event(2 * request), event(2 * request + 1)])).size).toBe(2)
    expect(await eventually(async () => warnings[0])).toContain("wait for the database")
    await locker.rollbackTransaction()
    await locker.release()
    await buffer.close()
    expect(await count()).toBe(20)
  })

  it("refuses the one batch with a value that Postgres refuses and stores the others beside it", async () => {
    const buffer = new EventBuffer(database.stores.events, durable, quiet)
    const bad = { ...event(3), day: "no day" }
    const answers = await Promise.allSettled([buffer.take([event(1)]), buffer.take([bad]), buffer.take([event(2)])])
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
    expect(await count()).toBe(2)
  })
})
