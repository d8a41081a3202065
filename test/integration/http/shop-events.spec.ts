import { randomUUID } from "node:crypto"
import { Client } from "pg"
import { shopIdOf } from "../../../src/domain/workflow-ids"
import { parseOptions } from "../../../src/options"
import { ForesightClient } from "../../../src/temporal/foresight-client"
import { adminApi, storefrontApi, testStore } from "../../support/store"

const store = testStore()

type Api = Awaited<ReturnType<typeof storefrontApi>>
interface Row {
  name: string
  quantity: number
  day: string
  event_id: string
}
const ADDRESS = { first_name: "Test", last_name: "Person", address_1: "1 Test Street", city: "Berlin", postal_code: "10115", country_code: "de" }

/** Asks until the answer is there; the shop's subscribers run after the request. */
async function eventually<Answer>(ask: () => Promise<Answer | undefined | false>, withinMs = 15_000): Promise<Answer> {
  const until = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > until) throw new Error(`nothing came within ${withinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

describe("what the shop does", () => {
  let shop: Api
  let database: Client
  let variantId: string

  const lines = async (column: "order_id" | "cart_id", id: string) =>
    (await database.query<Row>(`SELECT name, quantity::float8 AS quantity, day::text AS day, event_id FROM foresight.event WHERE ${column} = $1 ORDER BY occurred_at, event_id`, [id])).rows
  const filledCart = async (quantity: number) => {
    const { body } = await shop.post<{ cart: { id: string } }>("/store/carts", { region_id: store.regionId, email: `${randomUUID()}@example.com`, shipping_address: ADDRESS, billing_address: ADDRESS })
    await shop.post(`/store/carts/${body.cart.id}/line-items`, { variant_id: variantId, quantity })
    return body.cart.id
  }
  const complete = async (cartId: string) => {
    await shop.post(`/store/carts/${cartId}/shipping-methods`, { option_id: store.shippingOptionId })
    const { body } = await shop.post<{ payment_collection: { id: string } }>("/store/payment-collections", { cart_id: cartId })
    await shop.post(`/store/payment-collections/${body.payment_collection.id}/payment-sessions`, { provider_id: "pp_system_default" })
    const done = await shop.post<{ type: string; order: { id: string } }>(`/store/carts/${cartId}/complete`, {})
    expect(done.body.type).toBe("order")
    return done.body.order.id
  }

  beforeAll(async () => {
    shop = await storefrontApi()
    database = new Client({ connectionString: store.databaseUrl })
    await database.connect()
    const { body } = await shop.get<{ products: { variants: { id: string; inventory_quantity: number }[] }[] }>(
      `/store/products?limit=100&region_id=${store.regionId}&fields=id,variants.id,*variants.calculated_price,%2Bvariants.inventory_quantity`
    )
    variantId = body.products.flatMap(({ variants }) => variants).find(({ inventory_quantity: left }) => left >= 20)!.id
  })
  afterAll(() => database.end())

  it("notes what is put into a cart and taken out again", async () => {
    const cartId = await filledCart(3)
    const [added] = await eventually(async () => ((await lines("cart_id", cartId)).length > 0 ? lines("cart_id", cartId) : undefined))
    expect(added).toMatchObject({ name: "add_to_cart", quantity: 3 })
    const { body } = await shop.get<{ cart: { items: { id: string }[] } }>(`/store/carts/${cartId}`)
    await shop.post(`/store/carts/${cartId}/line-items/${body.cart.items[0]!.id}`, { quantity: 1 })
    const rows = await eventually(async () => ((await lines("cart_id", cartId)).length > 1 ? lines("cart_id", cartId) : undefined))
    expect(rows.map(({ name, quantity }) => [name, quantity])).toEqual([["add_to_cart", 3], ["remove_from_cart", 2]])
  })

  it("notes an order line by line, and takes it out of demand when the order is canceled", async () => {
    const orderId = await complete(await filledCart(2))
    const [line] = await eventually(async () => ((await lines("order_id", orderId)).length > 0 ? lines("order_id", orderId) : undefined))
    expect(line).toMatchObject({ name: "purchase", quantity: 2, day: new Date().toISOString().slice(0, 10) })
    await (await adminApi()).post(`/admin/orders/${orderId}/cancel`, {})
    const excluded = await eventually(async () => (await database.query<{ reason: string }>("SELECT reason FROM foresight.excluded_line WHERE event_id = $1", [line!.event_id])).rows[0])
    expect(excluded.reason).toBe("canceled_order")
  })

  it("lets a checkout through while our tables are locked, and reconcile brings the order", async () => {
    const cartId = await filledCart(1)
    await database.query("BEGIN; LOCK TABLE foresight.event, foresight.demand_touched, foresight.cart_line IN ACCESS EXCLUSIVE MODE")
    let orderId: string
    try {
      const started = Date.now()
      orderId = await complete(cartId)
      expect(Date.now() - started).toBeLessThan(10_000)
      await new Promise((resolve) => setTimeout(resolve, 2_500)) // the subscriber gives up by its lock timeout
    } finally {
      await database.query("ROLLBACK")
    }
    const options = parseOptions({}, process.env)
    const temporal = new ForesightClient({ temporal: { ...options.temporal, namespace: process.env.TEST_TEMPORAL_NAMESPACE ?? "default" }, shopId: shopIdOf(undefined, store.databaseUrl) })
    try {
      expect(await temporal.requestReconcile()).toBe(true)
    } finally {
      await temporal.close()
    }
    const rows = await eventually(async () => ((await lines("order_id", orderId)).length > 0 ? lines("order_id", orderId) : undefined), 45_000)
    expect(rows).toHaveLength(1)
  })

  it("erases a deleted customer's browsing and keeps the sale without the person", async () => {
    const admin = await adminApi()
    const email = `${randomUUID()}@example.com`
    const { body } = await admin.post<{ customer: { id: string } }>("/admin/customers", { email })
    const customerId = body.customer.id
    await database.query(
      `INSERT INTO foresight.event (event_id, day, name, occurred_at, source, customer_id, quantity) VALUES ($1, current_date, 'view_item', now(), 'storefront', $3, 1), ($2, current_date, 'purchase', now(), 'medusa', $3, 1)`,
      [`t/${email}/1`, `t/${email}/2`, customerId]
    )
    await admin.delete(`/admin/customers/${customerId}`)
    await eventually(async () => (await database.query("SELECT 1 FROM foresight.event WHERE customer_id = $1", [customerId])).rowCount === 0)
    const { rows } = await database.query<{ name: string; customer_id: string | null }>("SELECT name, customer_id FROM foresight.event WHERE event_id LIKE $1", [`t/${email}/%`])
    expect(rows).toEqual([{ name: "purchase", customer_id: null }])
  })
})
