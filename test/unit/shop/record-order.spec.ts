import type { ShopEvent } from "../../../src/domain/events"
import { recordOrders, type RecordOrderDeps } from "../../../src/shop/record-order"
import { order, orderLine, returned } from "../../support/shop-builders"

function memoryStores() {
  const stored = new Map<string, readonly ShopEvent[]>()
  const excluded: unknown[] = []
  const orders = {
    storedOf: async () => new Map(stored),
    replace: async (states: readonly { orderId: string; events: readonly ShopEvent[]; excluded: readonly unknown[] }[]) => {
      for (const state of states) {
        stored.set(state.orderId, state.events)
        excluded.push(...state.excluded)
      }
      return { added: 0, changed: 0, removed: 0 }
    },
  } as unknown as RecordOrderDeps["orders"]
  return { deps: { orders, timeZone: "UTC" }, stored, excluded }
}
const ids = (events: readonly ShopEvent[] = []) => events.map(({ eventId }) => eventId)

describe("recordOrders()", () => {
  it("gives each order its own returns", async () => {
    const { deps, stored } = memoryStores()
    const returns = [returned(), returned({ id: "return_2", orderId: "order_2" }), returned({ id: "return_3", receivedAt: null })]
    await recordOrders(deps, [order({ lines: [orderLine({ quantity: 4 })] }), order({ id: "order_2" })], returns)
    expect(ids(stored.get("order_1"))).toEqual(["order_1/ordli_1", "return_1/ordli_1"])
    expect(ids(stored.get("order_2"))).toEqual(["order_2/ordli_1", "return_2/ordli_1"])
  })

  it("takes a canceled order out of demand", async () => {
    const { deps, excluded } = memoryStores()
    await recordOrders(deps, [order()], [])
    await recordOrders(deps, [order({ isCanceled: true })], [])
    expect(excluded).toEqual([{ day: "2026-03-01", eventId: "order_1/ordli_1", reason: "canceled_order", detail: null }])
  })

  it("tells whose order went to another customer, and asks nothing for no orders", async () => {
    const { deps } = memoryStores()
    await recordOrders(deps, [order({ customerId: "cus_guest" })], [])
    expect((await recordOrders(deps, [order({ customerId: "cus_ada" })], [])).moved).toEqual([{ from: "cus_guest", to: "cus_ada" }])
    expect((await recordOrders(deps, [order({ customerId: "cus_ada" })], [])).moved).toEqual([])
    expect(await recordOrders(deps, [], [])).toEqual({ added: 0, changed: 0, removed: 0, moved: [] })
  })
})
