import type { ShopEvent } from "../../../src/domain/events"
import { recordOrder, type RecordOrderDeps } from "../../../src/shop/record-order"
import { order, orderLine, returned } from "../../support/shop-builders"

function memoryStores() {
  const events: ShopEvent[] = []
  const excluded: unknown[] = []
  const stores = {
    events: {
      ofOrder: async (orderId: string) => events.filter((event) => event.orderId === orderId),
      insert: async (added: readonly ShopEvent[]) => {
        events.push(...added)
        return { inserted: added.length, duplicates: 0, insertedIds: new Set(added.map(({ eventId }) => eventId)) }
      },
    },
    exclusions: { exclude: async (lines: readonly unknown[]) => excluded.push(...lines) },
  } as unknown as RecordOrderDeps["stores"]
  return { deps: { stores, timeZone: "UTC" }, events, excluded }
}

describe("recordOrder()", () => {
  it("stores an order with all its returns, once", async () => {
    const { deps, events } = memoryStores()
    const returns = [returned(), returned({ id: "return_2" }), returned({ id: "return_3", receivedAt: null })]
    const edited = order({ lines: [orderLine({ quantity: 4 })] })
    expect(await recordOrder(deps, edited, returns)).toBe(3)
    expect(events.map(({ eventId, name }) => [eventId, name])).toEqual([["order_1/ordli_1", "purchase"], ["return_1/ordli_1#1", "refund"], ["return_2/ordli_1#1", "refund"]])
    expect(await recordOrder(deps, edited, returns)).toBe(0)
  })

  it("takes a canceled order out of demand", async () => {
    const { deps, excluded } = memoryStores()
    await recordOrder(deps, order(), [])
    await recordOrder(deps, order({ isCanceled: true }), [])
    expect(excluded).toEqual([{ day: "2026-03-01", eventId: "order_1/ordli_1", reason: "canceled_order", detail: null, importId: null }])
  })
})
