import { randomUUID } from "node:crypto"
import { Client } from "pg"
import { eventually } from "../../support/eventually"
import { oneDay, today } from "../../support/one-day"
import { filledCart, placeOrder } from "../../support/shopper"
import { storeTemporal } from "../../support/store-temporal"
import { adminApi, storefrontApi, testStore } from "../../support/store"
import type { StorefrontApi } from "../../support/store"
import { whileLocked } from "../../support/while-locked"

jest.setTimeout(600_000)

const store = testStore()

interface Row {
  name: string
  quantity: number
  day: string
  event_id: string
}
describe("what the shop does", () => {
  let shop: StorefrontApi
  let database: Client
  let variantId: string

  const lines = async (column: "order_id" | "cart_id", id: string) =>
    (await database.query<Row>(`SELECT name, quantity::float8 AS quantity, day::text AS day, event_id FROM foresight.event WHERE ${column} = $1 ORDER BY occurred_at, event_id`, [id])).rows
  const cartOf = (quantity: number) => filledCart(shop, { email: `${randomUUID()}@example.com`, variantId, quantity })

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
  beforeEach(oneDay)

  it("notes what is put into a cart and taken out again", async () => {
    const cartId = await cartOf(3)
    const [added] = await eventually(async () => ((await lines("cart_id", cartId)).length > 0 ? lines("cart_id", cartId) : undefined))
    expect(added).toMatchObject({ name: "add_to_cart", quantity: 3 })
    const { body } = await shop.get<{ cart: { items: { id: string }[] } }>(`/store/carts/${cartId}`)
    await shop.post(`/store/carts/${cartId}/line-items/${body.cart.items[0]!.id}`, { quantity: 1 })
    const rows = await eventually(async () => ((await lines("cart_id", cartId)).length > 1 ? lines("cart_id", cartId) : undefined))
    expect(rows.map(({ name, quantity }) => [name, quantity])).toEqual([["add_to_cart", 3], ["remove_from_cart", 2]])
  })

  it("notes an order line by line, and takes it out of demand when the order is canceled", async () => {
    const orderId = await placeOrder(shop, await cartOf(2))
    const [line] = await eventually(async () => ((await lines("order_id", orderId)).length > 0 ? lines("order_id", orderId) : undefined))
    expect(line).toMatchObject({ name: "purchase", quantity: 2, day: today() })
    await (await adminApi()).post(`/admin/orders/${orderId}/cancel`, {})
    const excluded = await eventually(async () => (await database.query<{ reason: string }>("SELECT reason FROM foresight.excluded_line WHERE event_id = $1", [line!.event_id])).rows[0])
    expect(excluded.reason).toBe("canceled_order")
  })

  it("lets a checkout through while our tables are locked, and reconcile brings the order", async () => {
    const cartId = await cartOf(1)
    await eventually(async () => (await lines("cart_id", cartId)).length > 0)
    // that it comes through at all shows that it does not wait for the tables: they are locked until it has
    const orderId = await whileLocked(database, ["foresight.event", "foresight.demand_touched", "foresight.cart_line"], async () => {
      const placed = await placeOrder(shop, cartId)
      await new Promise((resolve) => setTimeout(resolve, 2_500)) // the subscriber gives up by its lock timeout
      return placed
    })
    const temporal = storeTemporal()
    try {
      expect(await temporal.requestReconcile()).toBe(true)
    } finally {
      await temporal.close()
    }
    const rows = await eventually(async () => ((await lines("order_id", orderId)).length > 0 ? lines("order_id", orderId) : undefined))
    expect(rows).toHaveLength(1)
  })

  it("erases a deleted customer's browsing and keeps the sale without the person", async () => {
    const admin = await adminApi()
    const email = `${randomUUID()}@example.com`
    const { body } = await admin.post<{ customer: { id: string } }>("/admin/customers", { email })
    const customerId = body.customer.id
    await database.query(
      `INSERT INTO foresight.event (event_id, day, name, occurred_at, source, customer_id, quantity) VALUES ($1, $4, 'view_item', now(), 'storefront', $3, 1), ($2, $4, 'purchase', now(), 'medusa', $3, 1)`,
      [`t/${email}/1`, `t/${email}/2`, customerId, today()]
    )
    await admin.delete(`/admin/customers/${customerId}`)
    await eventually(async () => (await database.query("SELECT 1 FROM foresight.event WHERE customer_id = $1", [customerId])).rowCount === 0)
    const { rows } = await database.query<{ name: string; customer_id: string | null }>("SELECT name, customer_id FROM foresight.event WHERE event_id LIKE $1", [`t/${email}/%`])
    expect(rows).toEqual([{ name: "purchase", customer_id: null }])
  })
})
