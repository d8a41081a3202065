import { orderEvents, returnEvents } from "../../../src/shop/order-events"
import type { ShopEvent } from "../../../src/domain/events"
import { order, orderLine, returned } from "../../support/shop-builders"
import { shopEvent } from "../../support/shop-event"

const timeZone = "Europe/Berlin"
/** The order's only line as it was stored in Berlin. */
const bought = (own: Partial<ShopEvent> = {}) =>
  shopEvent({ eventId: "order_1/ordli_1", day: "2026-03-02", occurredAt: new Date("2026-03-01T23:30:00Z"), customerId: "cus_1", sku: "CUP", ...own })
const cameBack = () => bought({ eventId: "return_1/ordli_1#1", name: "refund", day: "2026-03-10", quantity: 1 })

describe("orderEvents()", () => {
  it("makes one purchase a line, on the day it was in the shop's time zone", () => {
    const { events, excluded } = orderEvents(order({ lines: [orderLine(), orderLine({ lineItemId: "ordli_2", quantity: 1.5 })] }), { timeZone })
    expect(events.map(({ eventId, day, name, quantity }) => [eventId, day, name, quantity])).toEqual([
      ["order_1/ordli_1", "2026-03-02", "purchase", 2], // 23:30 in UTC is half past midnight in Berlin
      ["order_1/ordli_2", "2026-03-02", "purchase", 1.5],
    ])
    expect(events[0]).toMatchObject({ source: "medusa", customerId: "cus_1", orderId: "order_1", variantId: "variant_1", locationId: "sloc_1", salesChannelId: "sc_1", unitPrice: 10, currencyCode: "eur" })
    expect(excluded).toEqual([])
  })

  it("says nothing of a draft", () => expect(orderEvents(order({ isDraft: true }), { timeZone }).events).toEqual([]))

  it("says nothing of a line of 0 units that was never stored", () =>
    expect(orderEvents(order({ lines: [orderLine({ quantity: 0 })] }), { timeZone }).events).toEqual([]))

  it("excludes all lines of a canceled order, those of edits and removed ones too, each under its stored day", () => {
    const stored = [bought({ quantity: 1 }), bought({ eventId: "order_1/ordli_1#1", quantity: 1 }), bought({ eventId: "order_1/ordli_2" }), cameBack()]
    const { events, excluded } = orderEvents(order({ isCanceled: true }), { timeZone: "UTC", stored }) // in UTC the order would be of 1 March
    expect(events).toEqual([])
    expect(excluded.map(({ day, eventId, reason }) => [day, eventId, reason])).toEqual([
      ["2026-03-02", "order_1/ordli_1", "canceled_order"],
      ["2026-03-02", "order_1/ordli_1#1", "canceled_order"],
      ["2026-03-02", "order_1/ordli_2", "canceled_order"],
    ])
  })

  it("keeps and excludes a canceled order that was never stored", () => {
    const { events, excluded } = orderEvents(order({ isCanceled: true }), { timeZone })
    expect(events.map(({ eventId }) => eventId)).toEqual(["order_1/ordli_1"])
    expect(excluded).toEqual([{ day: "2026-03-02", eventId: "order_1/ordli_1", reason: "canceled_order", detail: null }])
  })

  it("excludes gift cards and lines that were typed in by hand", () => {
    const { excluded } = orderEvents(order({ lines: [orderLine({ isGiftCard: true }), orderLine({ lineItemId: "ordli_2", variantId: null })] }), { timeZone })
    expect(excluded.map(({ reason, detail }) => [reason, detail])).toEqual([["non_product", "gift card"], ["non_product", "line without a product"]])
  })

  it("says nothing of what is stored already, also when the shop's time zone has changed since", () =>
    expect(orderEvents(order(), { timeZone: "UTC", stored: [bought()] })).toEqual({ events: [], excluded: [] }))

  it("adds the difference when an edit made a line larger, once, where and when the line was stored", () => {
    const edited = order({ lines: [orderLine({ quantity: 5, unitPrice: 9, locationId: "sloc_2" })] })
    const { events } = orderEvents(edited, { timeZone: "UTC", stored: [bought()] })
    expect(events).toEqual([bought({ eventId: "order_1/ordli_1#1", quantity: 3, unitPrice: 9 })])
    expect(orderEvents(edited, { timeZone, stored: [bought(), ...events] }).events).toEqual([])
  })

  it("refunds the difference when an edit made a line smaller, at the price it was stored with", () =>
    expect(orderEvents(order({ lines: [orderLine({ quantity: 0.5, unitPrice: 9 })] }), { timeZone, stored: [bought()] }).events).toEqual([
      bought({ eventId: "order_1/ordli_1#1", name: "refund", quantity: 1.5 }),
    ]))

  it("follows a line that is edited to and fro", () => {
    const stored: ShopEvent[] = []
    for (const quantity of [2, 3, 2, 3, 2]) stored.push(...orderEvents(order({ lines: [orderLine({ quantity })] }), { timeZone, stored }).events)
    expect(stored.map(({ eventId, name, quantity }) => [eventId, name, quantity])).toEqual([
      ["order_1/ordli_1", "purchase", 2],
      ["order_1/ordli_1#1", "purchase", 1],
      ["order_1/ordli_1#2", "refund", 1],
      ["order_1/ordli_1#3", "purchase", 1],
      ["order_1/ordli_1#4", "refund", 1],
    ])
  })

  it("refunds what is left of a line that an edit removed, once, and leaves returns alone", () => {
    const stored = [bought(), bought({ eventId: "order_1/ordli_2", quantity: 4 }), bought({ eventId: "order_1/ordli_2#1", name: "refund", quantity: 1 }), cameBack()]
    const { events } = orderEvents(order(), { timeZone, stored })
    expect(events).toEqual([bought({ eventId: "order_1/ordli_2#2", name: "refund", quantity: 3 })])
    expect(orderEvents(order(), { timeZone, stored: [...stored, ...events] }).events).toEqual([])
  })

  it("does not take a line for another whose id begins the same", () => {
    const { events } = orderEvents(order(), { timeZone, stored: [bought({ eventId: "order_1/ordli_12", quantity: 9 })] })
    expect(events.map(({ eventId, name, quantity }) => [eventId, name, quantity])).toEqual([
      ["order_1/ordli_1", "purchase", 2],
      ["order_1/ordli_12#1", "refund", 9], // that one is gone from the order
    ])
  })
})

describe("returnEvents()", () => {
  it("refunds what came back, on the day it came back", () =>
    expect(returnEvents(returned(), order(), { timeZone })).toMatchObject([{ eventId: "return_1/ordli_1#1", name: "refund", day: "2026-03-10", quantity: 1, locationId: "sloc_1", unitPrice: 10 }]))

  it("adds what came back later, and nothing when nothing did", () => {
    const stored = [bought(), cameBack()]
    const later = returned({ lines: [{ lineItemId: "ordli_1", receivedQuantity: 2 }], locationId: "sloc_2" })
    expect(returnEvents(later, order(), { timeZone, stored })).toMatchObject([{ eventId: "return_1/ordli_1#2", quantity: 1, locationId: "sloc_2" }])
    expect(returnEvents(returned(), order(), { timeZone, stored })).toEqual([])
  })

  it("waits until goods have come back, and forgets a canceled return", () => {
    expect(returnEvents(returned({ receivedAt: null }), order(), { timeZone })).toEqual([])
    expect(returnEvents(returned({ isCanceled: true }), order(), { timeZone })).toEqual([])
  })
})
