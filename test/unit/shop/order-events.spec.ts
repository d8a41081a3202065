import { isDeepStrictEqual } from "node:util"
import type { ShopEvent } from "../../../src/domain/events"
import { orderEvents } from "../../../src/shop/order-events"
import { deliveries, orderHistory, type OrderState } from "../../support/order-history"
import { order, orderLine, returned } from "../../support/shop-builders"
import fc from "../../support/properties"

const timeZone = "Europe/Berlin"
const eventsOf = (...[shopOrder, returns = [], options = { timeZone }]: [Parameters<typeof orderEvents>[0], Parameters<typeof orderEvents>[1]?, Parameters<typeof orderEvents>[2]?]) =>
  orderEvents(shopOrder, returns, options)

describe("orderEvents()", () => {
  it("makes one purchase a line, on the day it was in the shop's time zone", () => {
    const { events, excluded } = eventsOf(order({ lines: [orderLine(), orderLine({ lineItemId: "ordli_2", quantity: 1.5 })] }))
    expect(events.map(({ eventId, day, name, quantity }) => [eventId, day, name, quantity])).toEqual([
      ["order_1/ordli_1", "2026-03-02", "purchase", 2], // 23:30 in UTC is half past midnight in Berlin
      ["order_1/ordli_2", "2026-03-02", "purchase", 1.5],
    ])
    const places = { locationId: "sloc_1", salesChannelId: "sc_1", regionId: "reg_1", currencyCode: "eur" }
    expect(events[0]).toMatchObject({ source: "medusa", customerId: "cus_1", orderId: "order_1", cartId: "cart_1", variantId: "variant_1", unitPrice: 10, properties: null, ...places })
    expect(excluded).toEqual([])
  })

  it("says nothing of a draft, nor of a line of 0 units", () => {
    expect(eventsOf(order({ isDraft: true })).events).toEqual([])
    expect(eventsOf(order({ lines: [orderLine({ quantity: 0 }), orderLine({ quantity: NaN })] })).events).toEqual([])
  })

  it("keeps the lines of a canceled order, gift cards and lines typed in by hand, and says why they do not count", () => {
    const lines = [orderLine({ isGiftCard: true }), orderLine({ lineItemId: "ordli_2", variantId: null })]
    expect(eventsOf(order({ lines })).excluded.map(({ eventId, reason, detail }) => [eventId, reason, detail])).toEqual([
      ["order_1/ordli_1", "non_product", "gift card"],
      ["order_1/ordli_2", "non_product", "line without a product"],
    ])
    const canceled = eventsOf(order({ isCanceled: true, lines }))
    expect(canceled.events).toHaveLength(2)
    expect(canceled.excluded.map(({ reason }) => reason)).toEqual(["canceled_order", "canceled_order"])
  })

  it("counts what a claim or an exchange sent on its own day; a claim's is free", () => {
    const at = new Date("2026-03-07T10:00:00Z")
    const lines = [orderLine(), orderLine({ lineItemId: "swap", addedBy: { kind: "exchange", id: "oexc_1", at } }), orderLine({ lineItemId: "free", addedBy: { kind: "claim", id: "claim_1", at } })]
    expect(eventsOf(order({ lines })).events.map(({ day, unitPrice, properties }) => [day, unitPrice, properties])).toEqual([
      ["2026-03-02", 10, null],
      ["2026-03-07", 10, { exchange_id: "oexc_1" }],
      ["2026-03-07", null, { claim_id: "claim_1" }],
    ])
  })

  it("tells how many days a line waited for its fulfilment", () => {
    const fulfilledAt = new Date("2026-03-03T11:30:00Z") // placed at 23:30 on 1 March: a day and a half
    expect(eventsOf(order({ lines: [orderLine({ fulfilledAt })] })).events[0]?.properties).toEqual({ days_to_fulfil: 1.5 })
  })

  it("refunds all that came back, on the day of the last receipt, and tells of what claim it was", () => {
    const back = returned({ lines: [{ lineItemId: "ordli_1", receivedQuantity: 2 }], locationId: "sloc_2", claimId: "claim_1" })
    expect(eventsOf(order(), [back]).events[1]).toMatchObject({ eventId: "return_1/ordli_1", name: "refund", day: "2026-03-10", quantity: 2, locationId: "sloc_2", properties: { claim_id: "claim_1" } })
  })

  it("counts what only the order knows of for the line's latest return, since Medusa overwrites a return's quantity with its last receipt", () => {
    const lines = [orderLine({ quantity: 5, returnedQuantity: 4 })]
    const earlier = returned({ receivedAt: new Date("2026-03-08T00:00:00Z"), lines: [{ lineItemId: "ordli_1", receivedQuantity: 1 }] })
    const later = returned({ id: "return_2", lines: [{ lineItemId: "ordli_1", receivedQuantity: 2 }] }) // came in two parcels, of 1 and of 2
    const refunds = eventsOf(order({ lines }), [later, earlier]).events.filter(({ name }) => name === "refund")
    expect(refunds.map(({ eventId, quantity }) => [eventId, quantity])).toEqual([["return_1/ordli_1", 1], ["return_2/ordli_1", 3]])
    expect(eventsOf(order({ lines }), []).events).toHaveLength(1) // and for none where there is no return
  })

  it("waits until goods have come back, and forgets a canceled return", () => {
    for (const back of [returned({ receivedAt: null }), returned({ isCanceled: true }), returned({ lines: [{ lineItemId: "elsewhere", receivedQuantity: 1 }] })]) {
      expect(eventsOf(order(), [back]).events.map(({ name }) => name)).toEqual(["purchase"])
    }
  })

  it("keeps money given back without a product, so that no demand is counted from it", () => {
    const refunds = [{ id: "ordtrx_1", amount: 5, at: new Date("2026-03-04T00:00:00Z") }]
    expect(eventsOf(order({ refunds })).events[1]).toMatchObject({ eventId: "refund/ordtrx_1", name: "refund", day: "2026-03-04", variantId: null, productId: null, quantity: null, unitPrice: 5 })
  })

  it("leaves a stored line on its day when the shop's time zone has changed since", () => {
    const stored = eventsOf(order()).events
    expect(eventsOf(order(), [], { timeZone: "UTC", stored }).events).toEqual(stored)
  })

  it("brings nobody back who was erased", () => {
    const stored = eventsOf(order()).events.map((event) => ({ ...event, customerId: null }))
    const lines = [orderLine(), orderLine({ lineItemId: "ordli_2" })]
    expect(eventsOf(order({ lines }), [], { timeZone, stored }).events.map(({ customerId, cartId }) => [customerId, cartId])).toEqual([[null, null], [null, null]])
  })
})

/** Stores states in the order given, as the order store does: what is stored becomes what is said. */
function storedAfter(states: readonly OrderState[]): ReturnType<typeof orderEvents> {
  let stored: ReturnType<typeof orderEvents> = { events: [], excluded: [] }
  for (const { order: shopOrder, returns } of states) stored = orderEvents(shopOrder, returns, { timeZone, stored: stored.events })
  return stored
}
const runs = { numRuns: 10_000 }
const history = orderHistory("order_1").chain((states) => fc.record({ states: fc.constant(states), heard: deliveries(states.length) }))

describe("any mixture of late, doubled, lost and reordered events of an order, then a walk over the shop", () => {
  it("ends in the rows of one who heard everything once and in order", () => {
    fc.assert(
      fc.property(history, ({ states, heard }) => {
        const walk = states.at(-1)!
        const [mixed, ideal] = [storedAfter([...heard.map((at) => states[at]!), walk]), storedAfter(states)]
        if (!isDeepStrictEqual(mixed, ideal)) expect(mixed).toEqual(ideal) // Jest's own comparison is slow
      }),
      runs
    )
  })

  it("adds up to what the shop has: what was ordered after all edits, and what came back; no row twice", () => {
    const sum = (events: readonly ShopEvent[]) => events.reduce((total, { quantity }) => total + (quantity ?? 0), 0)
    fc.assert(
      fc.property(orderHistory("order_1"), (states) => {
        const { order: shopOrder, returns } = states.at(-1)!
        const { events, excluded } = storedAfter(states)
        const bought = shopOrder.lines.reduce((total, { quantity }) => total + quantity, 0)
        const listed = (id: string) => shopOrder.lines.some(({ lineItemId }) => lineItemId === id)
        const back = returns.flatMap(({ isCanceled, lines }) => (isCanceled ? [] : lines.filter(({ lineItemId }) => listed(lineItemId))))
        const cameBack = back.reduce((total, { receivedQuantity }) => total + receivedQuantity, 0)
        const [purchases, refunds] = (["purchase", "refund"] as const).map((name) => events.filter((event) => event.name === name)) as [ShopEvent[], ShopEvent[]]
        const ids = new Set(events.map(({ eventId }) => eventId))
        // halves of units: their sums are exact
        expect([sum(purchases), sum(refunds), ids.size, excluded.length]).toEqual([bought, cameBack, events.length, shopOrder.isCanceled ? purchases.length : 0])
      }),
      runs
    )
  })
})
