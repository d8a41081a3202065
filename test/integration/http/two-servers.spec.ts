import { randomUUID } from "node:crypto"
import { Client } from "pg"
import type { BackfillAnswer, HealthAnswer } from "../../../src/api/answers"
import type { ForesightClient } from "../../../src/temporal/foresight-client"
import { eventually } from "../../support/eventually"
import { filledCart, placeOrder } from "../../support/shopper"
import { startServer, startWorker, type StoreProcess } from "../../support/store-process"
import { storeTemporal } from "../../support/store-temporal"
import { adminApi, storefrontApi, testStore } from "../../support/store"
import type { StorefrontApi } from "../../support/store"

const store = testStore()
const ORDERS = 8
const BATCHES = 12
const BATCH = 25
const EVENTS = "/store/foresight/events"

jest.setTimeout(600_000)

/** Days on which demand is not what its lines sum up to, less what edits took out of their orders: none, unless something was counted twice or not at all. */
const DEMAND_THAT_DIFFERS = `WITH ordered AS (
    SELECT day, variant_id, order_id, coalesce(sum(quantity) FILTER (WHERE name = 'purchase'), 0) AS bought,
        coalesce(sum(quantity) FILTER (WHERE name = 'refund' AND starts_with(event_id, order_id || '/')), 0) AS undone
      FROM foresight.event e
      WHERE name IN ('purchase', 'refund') AND variant_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM foresight.excluded_line x WHERE x.day = e.day AND x.event_id = e.event_id AND x.restored_at IS NULL) GROUP BY 1, 2, 3),
    sold AS (SELECT day, variant_id, sum(greatest(bought - undone, 0))::float8 AS units FROM ordered GROUP BY 1, 2),
    counted AS (SELECT day, variant_id, sum(units)::float8 AS units FROM foresight.demand_day GROUP BY 1, 2)
  SELECT day::text AS day, variant_id, sold.units AS sold, counted.units AS counted FROM sold FULL JOIN counted USING (day, variant_id)
    WHERE abs(coalesce(sold.units, 0) - coalesce(counted.units, 0)) > 1e-6`

/** Everything twice as processes: a second `medusa start` and a second `foresight worker` of the same store, beside those of all other tests here. */
describe("two Medusa servers and two workers", () => {
  const started: StoreProcess[] = []
  let shops: [StorefrontApi, StorefrontApi]
  let admins: [StorefrontApi, StorefrontApi]
  let database: Client
  let variants: { id: string; productId: string }[]
  let temporal: ForesightClient
  /** Ids of the orders placed here. */
  let placed: string[] = []

  beforeAll(async () => {
    database = new Client({ connectionString: store.databaseUrl })
    await database.connect()
    temporal = storeTemporal()
    // both are waited for, so that none is left behind where the other fails
    const beginnings = await Promise.allSettled([startServer(), startWorker()])
    for (const one of beginnings) if (one.status === "fulfilled") started.push(one.value)
    for (const one of beginnings) if (one.status === "rejected") throw one.reason
    const second = started[0]!.url
    shops = [await storefrontApi(), await storefrontApi(undefined, second)]
    admins = [await adminApi(), await adminApi(second)]
    const { body } = await shops[0].get<{ products: { id: string; variants: { id: string; inventory_quantity: number }[] }[] }>(
      `/store/products?limit=100&region_id=${store.regionId}&fields=id,variants.id,*variants.calculated_price,%2Bvariants.inventory_quantity`
    )
    const isPlenty = ({ inventory_quantity: left }: { inventory_quantity: number }) => left >= 3 * ORDERS
    variants = body.products.flatMap((product) => product.variants.filter(isPlenty).map(({ id }) => ({ id, productId: product.id })))
    expect(variants.length).toBeGreaterThan(1)
  })
  afterAll(async () => {
    await Promise.all(started.map((one) => one.stop()))
    await temporal.close()
    await database.end()
  })

  it("are two: both workers poll, both servers answer", async () => {
    for (const admin of admins) {
      // "2 on foresight, 2 on foresight-training"
      await eventually(async () => Number.parseInt((await admin.get<HealthAnswer>("/admin/foresight/health")).body.worker.message, 10) >= 2)
    }
  })

  it("store what is sent to both at once, in one order and the other, once", async () => {
    const run = `both-${randomUUID().slice(0, 8)}`
    const batches = Array.from({ length: BATCHES }, (_, batch) =>
      Array.from({ length: BATCH }, (_, index) => ({
        event_id: `${run}-${batch}-${index}`,
        name: "view_item",
        timestamp: new Date().toISOString(),
        visitor_id: `${run}-${batch}`,
        session_id: `${run}-${batch}`,
        items: [{ item_id: variants[index % variants.length]!.productId }],
      }))
    )
    const sendAll = async (api: StorefrontApi, all: typeof batches) => {
      const told = { accepted: 0, duplicates: 0, rejected: 0 }
      for (const events of all) {
        // who waits for the other server's rows too long is asked to send again: 503
        const { body } = await eventually(async () => {
          const answer = await api.post<{ accepted: number; duplicates: number; rejected: unknown[] }>(EVENTS, { events })
          return answer.status !== 503 && answer
        })
        told.accepted += body.accepted
        told.duplicates += body.duplicates
        told.rejected += body.rejected.length
      }
      return told
    }
    const told = await Promise.all([sendAll(shops[0], batches), sendAll(shops[1], batches), sendAll(shops[1], [...batches].reverse())])
    const all = BATCHES * BATCH
    expect(told.map(({ accepted, duplicates, rejected }) => accepted + duplicates + rejected)).toEqual([all, all, all])
    expect(told.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(all)
    const sql = "SELECT count(*)::int AS rows, count(DISTINCT event_id)::int AS ids FROM foresight.event WHERE starts_with(event_id, $1)"
    const { rows } = await database.query<{ rows: number; ids: number }>(sql, [`web/${run}-`])
    expect(rows).toEqual([{ rows: all, ids: all }])
  })

  const unitsAdded = async (cartId: string) => {
    const sql = `SELECT sum(CASE name WHEN 'add_to_cart' THEN quantity ELSE -quantity END)::float8 AS units FROM foresight.event
      WHERE cart_id = $1 AND name IN ('add_to_cart', 'remove_from_cart')`
    return (await database.query<{ units: number | null }>(sql, [cartId])).rows[0]?.units ?? 0
  }

  it("note carts that move between them, and their orders, once", async () => {
    const carts = await Promise.all(
      [0, 1].map(async (server) => {
        const done: { cartId: string; orderId: string; quantity: number }[] = []
        for (let order = 0; order < ORDERS / 2; order += 1) {
          // filled on one server, changed on the other, ordered on the first or the second
          const [one, other] = server === 0 ? shops : [shops[1], shops[0]]
          const quantity = 1 + (order % 2)
          const [first, second] = [variants[server]!, variants[1 - server]!]
          const cartId = await filledCart(one, { email: `${randomUUID()}@example.com`, variantId: first.id, quantity })
          await other.post(`/store/carts/${cartId}/line-items`, { variant_id: second.id, quantity: 1 })
          // whichever server heard of a change looked at the cart as it was then: together they tell what it holds
          await eventually(async () => (await unitsAdded(cartId)) === quantity + 1)
          done.push({ cartId, quantity: quantity + 1, orderId: await placeOrder(order % 2 === 0 ? one : other, cartId) })
        }
        return done
      })
    )
    placed = carts.flat().map(({ orderId }) => orderId)
    for (const { cartId, orderId, quantity } of carts.flat()) {
      const rows = await eventually(async () => {
        const sql = "SELECT count(*)::int AS lines, sum(quantity)::float8 AS units FROM foresight.event WHERE order_id = $1 AND name = 'purchase'"
        const found = await database.query<{ lines: number; units: number }>(sql, [orderId])
        return (found.rows[0]?.lines ?? 0) >= 2 && found.rows
      })
      expect(rows).toEqual([{ lines: 2, units: quantity }])
      expect(await unitsAdded(cartId)).toBe(quantity)
    }
  })

  it("walk all orders once and count every day once when both are asked at once", async () => {
    // of the orders that were placed here: what other suites left unheard is healed now
    const events = async () => {
      const sql = "SELECT event_id, day::text AS day, quantity::float8 AS quantity FROM foresight.event WHERE order_id = ANY($1) ORDER BY event_id, day"
      return (await database.query(sql, [placed])).rows as unknown[]
    }
    const before = await events()
    expect(before).toHaveLength(2 * placed.length)
    const askFor = (admin: StorefrontApi) => eventually(async () => (await admin.post<BackfillAnswer>("/admin/foresight/backfill", { from_start: true })).status === 202)
    await Promise.all(admins.map(askFor))
    await Promise.all([temporal.startNightly({ train: "none" }), temporal.startNightly({ train: "none" })])
    const [night] = await Promise.all([temporal.nightlyResult(), temporal.backfillResult()])
    expect(night.advised).toBeGreaterThan(0)
    expect(await events()).toEqual(before)
    const { rows: twice } = await database.query("SELECT event_id FROM foresight.event WHERE source = 'medusa' AND name IN ('purchase', 'refund') GROUP BY event_id HAVING count(*) > 1")
    expect(twice).toEqual([])
    // a day that was touched meanwhile waits to be counted: then the night is asked to count it; both are read in one look
    const differing = await eventually(async () => {
      const { rows } = await database.query<{ waiting: number; differing: unknown[] }>(
        `SELECT (SELECT count(*)::int FROM foresight.demand_touched) AS waiting, (SELECT coalesce(jsonb_agg(d), '[]') FROM (${DEMAND_THAT_DIFFERS}) d) AS differing`
      )
      const [now] = rows
      if (now!.differing.length > 0 && now!.waiting > 0) {
        await temporal.recountDemand({ quietMs: 200 })
        return false
      }
      return now!.differing
    })
    expect(differing).toEqual([])
  })
})
