// `events-scale`: what reading and adding events costs when there are ten times as many, and how much room they take.
import { randomUUID } from "node:crypto"
import { createRequire } from "node:module"
import { join } from "node:path"
import { ROOT } from "../../demo/launch/package-build.mjs"
import { table } from "./page.mjs"
import { number, quantile, told } from "./spread.mjs"
import { EVENTS_A_VISIT, INSERT_VISITS } from "./synthetic-events.mjs"

const DATABASE = "foresight_test_bench_scale"
/** A tenth is there when the first figures are taken. */
const ROUNDS = 10
const READS = 300
const RECENT = 200
/** Batches that storefronts send, and how many of them one measurement adds. */
const BATCH = 500
const BATCHES = 60
/** A statement fills so many visits at most, so that progress is seen. */
const VISITS_AT_ONCE = 250_000
const READ_GOAL_MS = 20
const INSERT_GOAL = 1.2

const require = createRequire(import.meta.url)

/**
 * @typedef {import("../../demo/launch/postgres.mjs").PostgresServer} PostgresServer
 * @typedef {{ name: string, p50: number, p99: number, indices: string[], scannedWhole: string[] }} Read
 * @typedef {{ events: number, reads: Read[], rowsPerSecond: number[], heapBytes: number, indexBytes: Record<string, number> }} Size
 * @typedef {{ sizes: Size[], fillSeconds: number }} ScaleResult
 */

/**
 * @param {{ postgres: PostgresServer, step: import("../../demo/launch/steps.mjs").Steps["step"], events: number, repeats: number }} how `events`: how many there are at the end
 * @returns {Promise<ScaleResult>}
 */
export async function measureEventsScale({ postgres, step, events, repeats }) {
  const built = (/** @type {string} */ path) => require(join(ROOT, ".medusa/server/src/database", path))
  const { runMigrations } = built("migrate.js")
  const { createDataSource } = built("data-source.js")
  const { createStores } = built("stores.js")
  await postgres.dropDatabase(DATABASE)
  await postgres.createDatabase(DATABASE)
  const settings = { url: postgres.urlOf(DATABASE), poolSize: 1, applicationName: "bench events-scale" }
  await runMigrations(settings)
  const dataSource = await createDataSource(settings).initialize()
  try {
    const world = { stores: createStores(dataSource), query: (/** @type {string} */ sql, /** @type {unknown[]} */ values = []) => dataSource.query(sql, values) }
    const today = new Date().toISOString().slice(0, 10)
    const visits = Math.ceil(events / EVENTS_A_VISIT)
    /** @type {Size[]} */
    const sizes = []
    let fillSeconds = 0
    for (const rounds of [[0], Array.from({ length: ROUNDS - 1 }, (_, round) => round + 1)]) {
      const started = performance.now()
      await step(`events: ${number((events * (sizes.length === 0 ? 1 : ROUNDS)) / ROUNDS)}`, ({ say }) => fill(world, { rounds, visits, today, say }))
      fillSeconds += (performance.now() - started) / 1000
      sizes.push(await step("reads and inserts", () => measureSize(world, { today, repeats })))
    }
    return { sizes, fillSeconds }
  } finally {
    await dataSource.destroy()
    await postgres.dropDatabase(DATABASE)
  }
}

/**
 * @typedef {{ stores: any, query: (sql: string, values?: unknown[]) => Promise<any[]> }} BenchDatabase
 * @param {BenchDatabase} world
 * @param {{ rounds: number[], visits: number, today: string, say: (text: string) => void }} how
 */
async function fill({ stores, query }, { rounds, visits, today, say }) {
  const yearAgo = new Date(Date.parse(today) - 366 * 86_400_000).toISOString().slice(0, 10)
  await stores.events.ensurePartitions(yearAgo, today)
  for (const round of rounds) {
    for (let from = 0; from < visits; from += VISITS_AT_ONCE) await query(INSERT_VISITS, [from, Math.min(visits, from + VISITS_AT_ONCE), visits, round, today])
    say(`round ${round + 1} of ${ROUNDS}`)
  }
  // a hundredth is set aside: reads have to look for it
  await query(
    `INSERT INTO foresight.excluded_line (day, event_id, reason)
      SELECT day, event_id, 'bot' FROM foresight.event WHERE source = 'storefront' AND hashtext(event_id) % 100 = 0 ON CONFLICT DO NOTHING`
  )
  await query("VACUUM ANALYZE foresight.event")
  await query("VACUUM ANALYZE foresight.excluded_line")
  await query("CHECKPOINT")
}

/**
 * @param {BenchDatabase} world
 * @param {{ today: string, repeats: number }} how
 * @returns {Promise<Size>}
 */
async function measureSize(world, { today, repeats }) {
  const { stores, query } = world
  const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10)
  const picked = await query(
    `SELECT session_id AS session, visitor_id AS visitor, day::text AS day FROM foresight.event TABLESAMPLE SYSTEM (1) WHERE session_id IS NOT NULL ORDER BY random() LIMIT ${READS}`
  )
  const customers = await query(`SELECT DISTINCT customer_id AS id FROM foresight.event TABLESAMPLE SYSTEM (1) WHERE customer_id IS NOT NULL LIMIT ${READS}`)
  const orders = await query(`SELECT order_id AS id FROM foresight.event TABLESAMPLE SYSTEM (5) WHERE order_id IS NOT NULL LIMIT ${READS}`)
  const days = [...new Set(picked.map(({ day }) => day))].slice(0, 100)
  /** One more unit in one order: what makes a day be counted anew. */
  const touch = (/** @type {string} */ day) =>
    query(
      `WITH changed AS (UPDATE foresight.event SET quantity = quantity + 1 WHERE day = $1::date AND event_id = (
          SELECT event_id FROM foresight.event WHERE day = $1::date AND name = 'purchase' LIMIT 1))
        INSERT INTO foresight.demand_touched (day) VALUES ($1::date)`,
      [day]
    )
  await query("INSERT INTO foresight.demand_touched (day) SELECT unnest($1::date[])", [days])
  await stores.demand.rebuildTouched({ limit: days.length }) // the first time is not anew

  const reads = [
    await read(world, "a session's latest events", picked, ({ session }) => stores.events.recentOfSession(session, RECENT)),
    await read(world, "a visitor's latest events", picked, ({ visitor }) => stores.events.recentOfVisitor(visitor, RECENT)),
    await read(world, "a customer's latest events", customers, ({ id }) => stores.events.recentOfCustomer(id, RECENT)),
    await read(world, "the lines of an order", orders, ({ id }) => stores.events.ofOrder(id)),
    await read(world, "the demand of one day, counted anew after a change", days, () => stores.demand.rebuildTouched({ limit: 1 }), touch),
    await read(world, "what arrived on one day, by source and name", days, (day) => stores.arrivals.recount([day])),
  ]

  const rowsPerSecond = []
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const mark = `bench ${randomUUID()}`
    const batches = Array.from({ length: BATCHES }, (_, batch) => Array.from({ length: BATCH }, (_, index) => browseEvent(mark, batch * BATCH + index, yesterday)))
    const started = performance.now()
    for (const batch of batches) await stores.events.insert(batch)
    rowsPerSecond.push((BATCHES * BATCH) / ((performance.now() - started) / 1000))
    await query("DELETE FROM foresight.event WHERE day = $1 AND source = $2", [yesterday, mark])
    await query("VACUUM foresight.event")
  }

  const [size] = await query(
    `SELECT sum(pg_table_size(inhrelid))::float8 AS heap, (SELECT count(*)::int FROM foresight.event) AS events FROM pg_inherits WHERE inhparent = 'foresight.event'::regclass`
  )
  const indices = await query(
    `SELECT parent.relname AS name, sum(pg_relation_size(i.inhrelid))::float8 AS bytes FROM pg_inherits i JOIN pg_class parent ON parent.oid = i.inhparent
      WHERE parent.relkind = 'I' AND parent.relnamespace = 'foresight'::regnamespace GROUP BY 1 ORDER BY 2 DESC`
  )
  return { events: size.events, reads, rowsPerSecond, heapBytes: size.heap, indexBytes: Object.fromEntries(indices.map(({ name, bytes }) => [name, bytes])) }
}

/**
 * Times one read for many keys and sees in Postgres' own counters by which indices it went.
 * @template Key
 * @param {BenchDatabase} world
 * @param {string} name
 * @param {Key[]} keys
 * @param {(key: Key) => Promise<unknown>} work
 * @param {(key: Key) => Promise<unknown>} [before] not timed
 * @returns {Promise<Read>}
 */
async function read(world, name, keys, work, before) {
  const atFirst = await scans(world)
  /** @type {number[]} */
  const times = []
  for (const key of keys) {
    await before?.(key)
    const started = performance.now()
    await work(key)
    times.push(performance.now() - started)
  }
  const after = await scans(world)
  const rose = (/** @type {"indices" | "tables"} */ kind) => [...after[kind]].filter(([key, count]) => count > (atFirst[kind].get(key) ?? 0)).map(([key]) => key)
  return { name, p50: quantile(times, 0.5), p99: quantile(times, 0.99), indices: rose("indices"), scannedWhole: rose("tables") }
}

/** @param {BenchDatabase} world how often each index of `event` was gone through, and each of its partitions as a whole */
async function scans({ query }) {
  await query("SELECT pg_stat_force_next_flush()") // the one connection tells its counts now
  const indices = await query(
    `SELECT parent.relname AS name, sum(s.idx_scan)::float8 AS scans FROM pg_stat_user_indexes s JOIN pg_inherits i ON i.inhrelid = s.indexrelid
      JOIN pg_class parent ON parent.oid = i.inhparent WHERE s.schemaname = 'foresight' GROUP BY 1`
  )
  const tables = await query("SELECT relname AS name, seq_scan::float8 AS scans FROM pg_stat_user_tables WHERE schemaname = 'foresight' AND relname ~ '^event_[0-9]' AND n_live_tup > 1000")
  const counts = (/** @type {{ name: string, scans: number }[]} */ rows) => new Map(rows.map(({ name, scans: count }) => [name, count]))
  return { indices: counts(indices), tables: counts(tables) }
}

/** @param {string} source @param {number} index @param {string} day */
const browseEvent = (source, index, day) => ({
  ...{ eventId: `web/${randomUUID()}`, day, name: "view_item", occurredAt: new Date(`${day}T12:00:00Z`), source, customerId: null, visitorId: randomUUID(), sessionId: randomUUID() },
  ...{ productId: `prod_01JABCDEFGHJKMNPQRSTVWX${index % 1000}`, variantId: null, sku: null, locationId: null, salesChannelId: "sc_01JABCDEFGHJKMNPQRSTVWXYZ1", regionId: null },
  ...{ orderId: null, cartId: null, quantity: 1, unitPrice: 19.9, currencyCode: "eur", searchTerm: null, properties: null },
})

/** @param {ScaleResult} result @returns {string} in Markdown */
export function describeEventsScale({ sizes, fillSeconds }) {
  const [small, large] = /** @type {[Size, Size]} */ (sizes)
  const columns = sizes.map(({ events }) => number(events))
  const lines = small.reads.map(({ name }, at) => [name, ...sizes.flatMap(({ reads }) => [number(reads[at]?.p50 ?? NaN, 1), number(reads[at]?.p99 ?? NaN, 1)]), large.reads[at]?.indices.join(", ") ?? ""])
  const late = large.reads.filter(({ p99 }) => p99 > READ_GOAL_MS).map(({ name }) => name)
  const whole = large.reads.filter(({ scannedWhole }) => scannedWhole.length > 0).map(({ name, scannedWhole }) => `${name} (${scannedWhole.join(", ")})`)
  const rate = (/** @type {Size} */ { rowsPerSecond }) => quantile(rowsPerSecond, 0.5)
  const slowdown = rate(small) / rate(large)
  const bytes = (/** @type {number} */ total) => number(total / large.events)
  const allIndices = Object.values(large.indexBytes).reduce((sum, one) => sum + one, 0)
  return [
    [
      `Synthetic events over a year, ${EVENTS_A_VISIT} a visit, ids as long as Medusa's, a hundredth set aside; filled inside Postgres in ${number(fillSeconds)} s, then vacuumed.`,
      `Reads are those of the stores, ${READS} keys each (days: up to 100) taken at random, one after the other over one connection; the indices are those whose counters rose.`,
    ].join(" "),
    table(["read, ms", ...columns.flatMap((events) => [`${events}: p50`, "p99"]), "by"], lines),
    `Goal: every p99 ≤ ${READ_GOAL_MS} ms. ${late.length === 0 ? "Met." : `**Missed by: ${late.join("; ")}.**`} ${whole.length === 0 ? "No partition was read as a whole." : `Read as a whole: ${whole.join("; ")}.`}`,
    table(
      ["insertion", "events/s"],
      sizes.map((size) => [`${number(BATCHES * BATCH)} views in batches of ${BATCH}, one writer, beside ${number(size.events)} events`, told(size.rowsPerSecond)])
    ),
    `Goal: not slower than beside a tenth by more than ${number((INSERT_GOAL - 1) * 100)}%. It takes ${number(slowdown * 100)}% of the time: ${slowdown <= INSERT_GOAL ? "met" : "**missed**"}.`,
    table(
      ["room", "bytes an event"],
      [["rows", bytes(large.heapBytes)], ...Object.entries(large.indexBytes).map(([name, size]) => [name, bytes(size)]), ["**together**", bytes(large.heapBytes + allIndices)]]
    ),
  ].join("\n\n")
}
