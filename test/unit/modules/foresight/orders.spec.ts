import type { ShopEvent } from "../../../../src/domain/events"
import { Orders } from "../../../../src/modules/foresight/orders"
import type { ShopQuery } from "../../../../src/shop/shop-query"

const settings = { timeZone: "UTC", retrainAfterOrders: 10 }
const now = () => new Date("2026-03-06T00:00:00Z")
const noStores = {} as ConstructorParameters<typeof Orders>[0]

/** A shop that answers each entity with the rows given, in Medusa's shape. */
const shopOf = (rows: Record<string, unknown[]>) => ({ graph: async ({ entity }: { entity: string }) => ({ data: rows[entity] ?? [] }) }) as unknown as ShopQuery
const item = { id: "a", variant_id: "v", product_id: "p", variant_sku: "S", quantity: 3, unit_price: 10, is_giftcard: false }
const orderRow = { id: "order_1", status: "pending", is_draft_order: false, created_at: "2026-03-01T10:00:00Z", updated_at: "2026-03-05T00:00:00Z", canceled_at: null, customer_id: null, email: null, currency_code: "eur", sales_channel_id: null, items: [item] }
const returnRow = { id: "return_1", order_id: "order_1", canceled_at: null, received_at: "2026-03-05T00:00:00Z", updated_at: "2026-03-05T00:00:00Z", status: "received", location_id: "l", items: [{ item_id: "a", received_quantity: 1 }] }

describe("Orders.changed()", () => {
  const setUp = () => {
    const inserted: ShopEvent[] = []
    const replace = async (states: readonly { events: readonly ShopEvent[] }[]) => ({ added: inserted.push(...states.flatMap(({ events }) => events)), changed: 0, removed: 0 })
    const stores = { orders: { storedOf: async () => new Map(), replace }, identities: { link: async () => 0 } } as unknown as ConstructorParameters<typeof Orders>[0]
    return { inserted, orders: new Orders(stores, { ordersPlaced: () => Promise.resolve() }, settings, now, () => {}) }
  }

  it("stores the lines of an order and what came back of them", async () => {
    const { inserted, orders } = setUp()
    const order = await orders.changed(shopOf({ order: [orderRow], return: [returnRow] }), "order_1")
    expect(order).toMatchObject({ id: "order_1", isCanceled: false })
    expect(inserted.map(({ eventId, name, day, quantity }) => [eventId, name, day, quantity])).toEqual([
      ["order_1/a", "purchase", "2026-03-01", 3],
      ["return_1/a", "refund", "2026-03-05", 1],
    ])
  })

  it("finds the order of a payment that was refunded, and stores nothing for a payment without one", async () => {
    const { inserted, orders } = setUp()
    const payment = { id: "pay_1", payment_collection: { order: { id: "order_1" } } }
    expect(await orders.paymentChanged(shopOf({ order: [orderRow], payment: [payment] }), "pay_1")).toMatchObject({ id: "order_1" })
    expect(inserted).toHaveLength(1)
    expect(await orders.paymentChanged(shopOf({ order: [orderRow] }), "pay_2")).toBeNull()
  })

  it("stores nothing of an order that the shop does not know", async () => {
    const { inserted, orders } = setUp()
    expect(await orders.changed(shopOf({}), "order_1")).toBeNull()
    expect(inserted).toEqual([])
  })
})

describe("Orders.noticed()", () => {
  it("never throws and says so once when Temporal is away", async () => {
    const warnings: string[] = []
    const orders = new Orders(noStores, { ordersPlaced: () => Promise.reject(new Error("no answer")) }, settings, now, (message) => warnings.push(message))
    expect(() => orders.noticed()).not.toThrow()
    await new Promise((resolve) => setImmediate(resolve))
    expect(warnings).toEqual([expect.stringContaining("its signal was not sent: no answer")])
  })

  it("counts one order towards the threshold of the options", () => {
    const ordersPlaced = jest.fn(() => Promise.resolve())
    new Orders(noStores, { ordersPlaced }, settings, now, () => {}).noticed()
    expect(ordersPlaced).toHaveBeenCalledWith(1, { threshold: 10 })
  })
})
