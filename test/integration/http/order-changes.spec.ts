import { createHash, randomUUID } from "node:crypto"
import { Client } from "pg"
import { eventually, until } from "../../support/eventually"
import { oneDay, today } from "../../support/one-day"
import { filledCart, placeOrder } from "../../support/shopper"
import { storeTemporal } from "../../support/store-temporal"
import { adminApi, storefrontApi, testStore } from "../../support/store"
import type { StorefrontApi } from "../../support/store"

const store = testStore()
interface Row {
  name: string
  quantity: number | null
  unit_price: number | null
  day: string
  event_id: string
  region_id: string | null
  cart_id: string | null
  location_id: string | null
  variant_id: string | null
  properties: Record<string, unknown> | null
}

jest.setTimeout(600_000)

describe("what becomes of an order", () => {
  let shop: StorefrontApi
  let admin: StorefrontApi
  let database: Client
  let variants: string[]

  const rowsOf = async (orderId: string) =>
    (
      await database.query<Row>(
        `SELECT name, quantity::float8 AS quantity, unit_price::float8 AS unit_price, day::text AS day, event_id, region_id, cart_id, location_id, variant_id, properties
          FROM foresight.event WHERE order_id = $1 ORDER BY name, occurred_at, event_id`,
        [orderId]
      )
    ).rows
  /** The order's rows once they are as `fits` says. */
  const rowsWhen = (orderId: string, fits: (rows: Row[]) => boolean) =>
    eventually(async () => {
      const rows = await rowsOf(orderId)
      return fits(rows) && rows
    })
  /** An admin call that must work. */
  const post = async <Body>(path: string, body: object = {}) => {
    const answer = await admin.post<Body>(path, body)
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const linesOf = async (orderId: string) => (await admin.get<{ order: { items: { id: string; variant_id: string }[] } }>(`/admin/orders/${orderId}`)).body.order.items

  /** An order of one variant, placed as a shopper does. */
  async function place(quantity: number, { email = `${randomUUID()}@example.com`, variantId = variants[0]! } = {}): Promise<{ orderId: string; cartId: string; lineId: string }> {
    const cartId = await filledCart(shop, { email, variantId, quantity })
    const orderId = await placeOrder(shop, cartId)
    const [line] = await linesOf(orderId)
    await rowsWhen(orderId, (rows) => rows.length === 1)
    return { orderId, cartId, lineId: line!.id }
  }
  const fulfil = (orderId: string, lineId: string, quantity: number) => post(`/admin/orders/${orderId}/fulfillments`, { items: [{ id: lineId, quantity }] })

  beforeAll(async () => {
    shop = await storefrontApi()
    admin = await adminApi()
    database = new Client({ connectionString: store.databaseUrl })
    await database.connect()
    const { body } = await shop.get<{ products: { variants: { id: string; inventory_quantity: number }[] }[] }>(
      `/store/products?limit=100&region_id=${store.regionId}&fields=id,variants.id,*variants.calculated_price,%2Bvariants.inventory_quantity`
    )
    variants = body.products.flatMap((product) => product.variants.filter((variant) => variant.inventory_quantity >= 20).map(({ id }) => id))
    expect(variants.length).toBeGreaterThan(1)
  })
  afterAll(() => database.end())
  beforeEach(oneDay)

  it("notes region, cart and location with the sale", async () => {
    const { orderId, cartId } = await place(2)
    expect(await rowsWhen(orderId, ([row]) => row?.location_id != null)).toMatchObject([{ name: "purchase", quantity: 2, day: today(), region_id: store.regionId, cart_id: cartId, location_id: expect.any(String) as string }])
  })

  it("follows an order edit: a line made larger, one added", async () => {
    const { orderId, lineId } = await place(2)
    await post("/admin/order-edits", { order_id: orderId })
    await post(`/admin/order-edits/${orderId}/items/item/${lineId}`, { quantity: 5 })
    await post(`/admin/order-edits/${orderId}/items`, { items: [{ variant_id: variants[1], quantity: 1 }] })
    await post(`/admin/order-edits/${orderId}/request`)
    await post(`/admin/order-edits/${orderId}/confirm`)
    const rows = await rowsWhen(orderId, (found) => found.length === 2 && found.some(({ quantity }) => quantity === 5))
    expect(rows.map(({ name, quantity, variant_id }) => [name, quantity, variant_id]).sort()).toEqual([["purchase", 1, variants[1]], ["purchase", 5, variants[0]]])
    expect(rows.map(({ day }) => day)).toEqual([today(), today()])
  })

  it("forgets a line that an edit took out", async () => {
    const { orderId, lineId } = await place(3)
    await post("/admin/order-edits", { order_id: orderId })
    await post(`/admin/order-edits/${orderId}/items`, { items: [{ variant_id: variants[1], quantity: 1 }] })
    await post(`/admin/order-edits/${orderId}/items/item/${lineId}`, { quantity: 0 })
    await post(`/admin/order-edits/${orderId}/confirm`)
    expect(await rowsWhen(orderId, (found) => found.length === 1 && found[0]!.variant_id === variants[1])).toMatchObject([{ name: "purchase", quantity: 1 }])
  })

  it("notes a fulfilment and what came back of it, a part first", async () => {
    const { orderId, lineId } = await place(4)
    await fulfil(orderId, lineId, 4)
    const [sale] = await rowsWhen(orderId, ([row]) => row?.properties?.days_to_fulfil !== undefined)
    expect(sale!.properties!.days_to_fulfil).toBeLessThan(1)
    const { return: asked } = await post<{ return: { id: string } }>("/admin/returns", { order_id: orderId, location_id: sale!.location_id })
    await post(`/admin/returns/${asked.id}/request-items`, { items: [{ id: lineId, quantity: 3 }] })
    await post(`/admin/returns/${asked.id}/request`)
    for (const quantity of [1, 2]) {
      await post(`/admin/returns/${asked.id}/receive`)
      await post(`/admin/returns/${asked.id}/receive-items`, { items: [{ id: lineId, quantity }] })
      await post(`/admin/returns/${asked.id}/receive/confirm`)
      const total = quantity === 1 ? 1 : 3
      const rows = await rowsWhen(orderId, (found) => found.some(({ name, quantity: back }) => name === "refund" && back === total))
      expect(rows.filter(({ name }) => name === "refund")).toMatchObject([{ event_id: `${asked.id}/${lineId}`, quantity: total, day: today(), location_id: sale!.location_id }])
    }
  })

  it("keeps money given back, without counting demand from it", async () => {
    const { orderId } = await place(1)
    const { body } = await admin.get<{ order: { payment_collections: { payments: { id: string; amount: number }[] }[] } }>(`/admin/orders/${orderId}?fields=id,payment_collections.payments.id,payment_collections.payments.amount`)
    const [payment] = body.order.payment_collections[0]!.payments
    await post(`/admin/payments/${payment!.id}/capture`)
    await post(`/admin/payments/${payment!.id}/refund`, { amount: 1 })
    const rows = await rowsWhen(orderId, (found) => found.length === 2)
    expect(rows.find(({ name }) => name === "refund")).toMatchObject({ quantity: null, variant_id: null, unit_price: 1, day: today() })
  })

  it("counts an exchange's new goods as a sale of its own", async () => {
    const { orderId, lineId } = await place(1)
    await fulfil(orderId, lineId, 1)
    const { exchange } = await post<{ exchange: { id: string } }>("/admin/exchanges", { order_id: orderId })
    await post(`/admin/exchanges/${exchange.id}/inbound/items`, { items: [{ id: lineId, quantity: 1 }] })
    await post(`/admin/exchanges/${exchange.id}/outbound/items`, { items: [{ variant_id: variants[1], quantity: 1 }] })
    await post(`/admin/exchanges/${exchange.id}/request`)
    const rows = await rowsWhen(orderId, (found) => found.length === 2)
    expect(rows.find(({ variant_id }) => variant_id === variants[1])).toMatchObject({ name: "purchase", quantity: 1, properties: { exchange_id: exchange.id } })
  })

  it("counts what a claim sends again, without a price, and forgets it when the claim is canceled", async () => {
    const { orderId, lineId } = await place(2)
    await fulfil(orderId, lineId, 2)
    const { claim } = await post<{ claim: { id: string } }>("/admin/claims", { order_id: orderId, type: "replace" })
    await post(`/admin/claims/${claim.id}/claim-items`, { items: [{ id: lineId, quantity: 1, reason: "production_failure" }] })
    await post(`/admin/claims/${claim.id}/outbound/items`, { items: [{ variant_id: variants[0], quantity: 1 }] })
    await post(`/admin/claims/${claim.id}/request`)
    const rows = await rowsWhen(orderId, (found) => found.length === 2)
    expect(rows.find(({ properties }) => properties?.claim_id)).toMatchObject({ name: "purchase", quantity: 1, unit_price: null, properties: { claim_id: claim.id } })
    await post(`/admin/claims/${claim.id}/cancel`)
    await reconcile()
    expect(await rowsWhen(orderId, (found) => found.length === 1)).toMatchObject([{ quantity: 2 }])
  })

  it("recounts the day from what is left: an edit and a cancellation change demand_day", async () => {
    const variantId = variants.at(-1)!
    const kept = await place(2, { variantId })
    const canceled = await place(3, { variantId })
    const orderIds = [kept.orderId, canceled.orderId]
    const counting = `foresight.event e WHERE day = $1 AND name = 'purchase' AND variant_id = $2
      AND NOT EXISTS (SELECT FROM foresight.excluded_line x WHERE x.day = e.day AND x.event_id = e.event_id AND x.restored_at IS NULL)`
    await post(`/admin/orders/${canceled.orderId}/cancel`)
    await eventually(async () => {
      const sql = `SELECT sum(quantity)::float8 AS units FROM ${counting} AND order_id = ANY($3)`
      return (await database.query<{ units: number }>(sql, [today(), variantId, orderIds])).rows[0]?.units === 2
    })
    // the day waits to be counted anew, unless the worker has just done so: in one look, as it may do so at any time
    const { rows } = await database.query<{ waits: boolean; counted: number; sold: number }>(
      `SELECT EXISTS (SELECT FROM foresight.demand_touched WHERE day = $1) AS waits, (SELECT sum(quantity)::float8 FROM ${counting}) AS sold,
        (SELECT sum(units)::float8 FROM foresight.demand_day WHERE day = $1 AND variant_id = $2) AS counted`,
      [today(), variantId]
    )
    if (!rows[0]!.waits) expect(rows[0]!.counted).toBe(rows[0]!.sold)
    expect(await rowsOf(kept.orderId)).toHaveLength(1)
  })

  it("walks over all orders by POST /admin/foresight/backfill, and mends what was lost", async () => {
    const { orderId } = await place(1)
    const { rows: gone } = await database.query<{ at: Date }>("WITH gone AS (DELETE FROM foresight.event WHERE order_id = $1) SELECT clock_timestamp() AS at", [orderId])
    const report = await eventually(async () => {
      // a backfill that was on its way has begun too early: then one more
      expect((await admin.post("/admin/foresight/backfill", {})).status).toBe(202)
      const sql = "SELECT walked, healed, set_aside FROM foresight.reconcile_report WHERE kind = 'backfill' AND started_at >= $1 ORDER BY started_at LIMIT 1"
      await until(async () => expect((await admin.get<{ status: string }>("/admin/foresight/backfill")).body.status).toBe("completed"))
      return (await database.query<{ walked: Record<string, number>; healed: Record<string, number>; set_aside: unknown[] }>(sql, [gone[0]!.at])).rows[0]
    })
    expect(await rowsOf(orderId)).toHaveLength(1)
    expect(report.set_aside).toEqual([])
    expect(report.healed.order_rows).toBeGreaterThanOrEqual(1)
    expect(report.walked.orders).toBeGreaterThan(5)
    expect(report.walked.prices).toBeGreaterThan(0)
    const prices = await database.query<{ count: number }>("SELECT count(*)::int AS count FROM foresight.price_change")
    expect(prices.rows[0]!.count).toBeGreaterThan(0)
  })

  it("takes the name from what was imported of a customer whom the shop deletes", async () => {
    const email = `${randomUUID()}@example.com`
    const { customer } = await post<{ customer: { id: string } }>("/admin/customers", { email })
    const name = `ref:${createHash("sha256").update(email).digest("hex")}`
    const eventId = randomUUID()
    await database.query("INSERT INTO foresight.event (day, event_id, name, occurred_at, source, visitor_id) VALUES ($3, $1, 'purchase', now(), 'import:1', $2)", [eventId, name, today()])
    expect((await admin.delete(`/admin/customers/${customer.id}`)).status).toBe(200)
    const left = () => database.query<{ visitor_id: string | null }>("SELECT visitor_id FROM foresight.event WHERE event_id = $1", [eventId])
    await eventually(async () => (await left()).rows[0]?.visitor_id === null)
    await database.query("DELETE FROM foresight.event WHERE event_id = $1", [eventId])
  })

  it("keeps currency rates and says when one is unknown", async () => {
    const rate = { day: "2026-01-01", from: "EUR", to: "USD", rate: 1.25, source: "test" }
    expect(await admin.post("/admin/foresight/settings/rates", { rates: [rate] })).toMatchObject({ status: 201, body: { written: 1 } })
    const asked = (query: string) => admin.get<{ amount: number }>(`/admin/foresight/settings/rates/conversion?${query}`)
    expect(await asked("amount=10&from=eur&to=usd&day=2026-01-02")).toMatchObject({ status: 200, body: { amount: 12.5, currency: "usd" } })
    expect((await asked("amount=10&from=eur&to=jpy&day=2026-01-02")).status).toBe(404)
    for (const bad of [{ ...rate, rate: 0 }, { ...rate, to: "EUR" }, { ...rate, day: "2026-13-01" }, { ...rate, from: "euro" }]) {
      expect((await admin.post("/admin/foresight/settings/rates", { rates: [bad] })).status).toBe(400)
    }
    expect((await shop.get("/admin/foresight/settings/rates")).status).toBe(401)
  })

  /** Has the shop walked now. */
  async function reconcile(): Promise<void> {
    const temporal = storeTemporal()
    try {
      expect(await temporal.requestReconcile()).toBe(true)
    } finally {
      await temporal.close()
    }
  }
})
