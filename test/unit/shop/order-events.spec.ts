import { orderEvents, returnEvents } from "../../../src/shop/order-events"
import { order, orderLine, returned } from "../../support/shop-builders"

const timeZone = "Europe/Berlin"

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

  it("excludes all lines of a canceled order, those of edits too", () => {
    const stored = [{ eventId: "order_1/ordli_1", name: "purchase" as const, quantity: 1 }, { eventId: "order_1/ordli_1#2", name: "purchase" as const, quantity: 1 }]
    const { excluded } = orderEvents(order({ isCanceled: true }), { timeZone, stored })
    expect(excluded.map(({ eventId, reason }) => [eventId, reason])).toEqual([
      ["order_1/ordli_1", "canceled_order"],
      ["order_1/ordli_1#2", "canceled_order"],
    ])
  })

  it("excludes gift cards and lines that were typed in by hand", () => {
    const { excluded } = orderEvents(order({ lines: [orderLine({ isGiftCard: true }), orderLine({ lineItemId: "ordli_2", variantId: null })] }), { timeZone })
    expect(excluded.map(({ reason, detail }) => [reason, detail])).toEqual([["non_product", "gift card"], ["non_product", "line without a product"]])
  })

  it("adds the difference when an edit made a line larger, once", () => {
    const stored = [{ eventId: "order_1/ordli_1", name: "purchase" as const, quantity: 2 }]
    const edited = order({ lines: [orderLine({ quantity: 5 })] })
    const { events } = orderEvents(edited, { timeZone, stored })
    expect(events).toMatchObject([{ eventId: "order_1/ordli_1#5", name: "purchase", quantity: 3, day: "2026-03-02" }])
    const again = orderEvents(edited, { timeZone, stored: [...stored, { eventId: "order_1/ordli_1#5", name: "purchase", quantity: 3 }] })
    expect(again.events.map(({ eventId }) => eventId)).toEqual(["order_1/ordli_1"]) // known: storing it again is nothing
  })

  it("refunds the difference when an edit made a line smaller", () => {
    const stored = [{ eventId: "order_1/ordli_1", name: "purchase" as const, quantity: 2 }]
    expect(orderEvents(order({ lines: [orderLine({ quantity: 0.5 })] }), { timeZone, stored }).events).toMatchObject([{ eventId: "order_1/ordli_1#0.5", name: "refund", quantity: 1.5 }])
  })

  it("does not take a line for another whose id begins the same", () => {
    const stored = [{ eventId: "order_1/ordli_12", name: "purchase" as const, quantity: 9 }]
    expect(orderEvents(order(), { timeZone, stored }).events).toMatchObject([{ eventId: "order_1/ordli_1", quantity: 2 }])
  })
})

describe("returnEvents()", () => {
  it("refunds what came back, on the day it came back", () =>
    expect(returnEvents(returned(), order(), { timeZone })).toMatchObject([{ eventId: "return_1/ordli_1#1", name: "refund", day: "2026-03-10", quantity: 1, locationId: "sloc_1", unitPrice: 10 }]))

  it("adds what came back later, and nothing when nothing did", () => {
    const stored = [{ eventId: "return_1/ordli_1#1", name: "refund" as const, quantity: 1 }]
    const later = returned({ lines: [{ lineItemId: "ordli_1", receivedQuantity: 2 }], locationId: "sloc_2" })
    expect(returnEvents(later, order(), { timeZone, stored })).toMatchObject([{ eventId: "return_1/ordli_1#2", quantity: 1, locationId: "sloc_2" }])
    expect(returnEvents(returned(), order(), { timeZone, stored })).toEqual([])
  })

  it("waits until goods have come back, and forgets a canceled return", () => {
    expect(returnEvents(returned({ receivedAt: null }), order(), { timeZone })).toEqual([])
    expect(returnEvents(returned({ isCanceled: true }), order(), { timeZone })).toEqual([])
  })
})
