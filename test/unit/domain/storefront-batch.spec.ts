import fc from "fast-check"
import { acceptBatch } from "../../../src/domain/storefront-batch"

const sender = { now: new Date("2026-03-10T12:00:00Z"), timeZone: "Europe/Berlin", customerId: "cus_1", salesChannelId: "sc_1" }
const view = (more: Record<string, unknown> = {}) => ({
  event_id: "e1",
  name: "view_item",
  timestamp: "2026-03-10T11:59:00Z",
  visitor_id: "v1",
  session_id: "s1",
  items: [{ item_id: "prod_1" }],
  ...more,
})

describe("acceptBatch()", () => {
  it("turns a view into one row in the shop's day", () => {
    const { accepted, rejected } = acceptBatch([view({ timestamp: "2026-03-09T23:30:00Z" })], sender)
    expect(rejected).toEqual([])
    // 23:30 UTC is 00:30 of the next day in Berlin
    expect(accepted[0]?.rows).toMatchObject([{ eventId: "web/e1", day: "2026-03-10", name: "view_item", productId: "prod_1", customerId: "cus_1", salesChannelId: "sc_1", quantity: 1 }])
  })

  it("makes one row a product, each with its own id", () => {
    const { accepted } = acceptBatch([view({ name: "view_item_list", items: [{ item_id: "a", index: 0 }, { item_id: "b", index: 1 }] })], sender)
    expect(accepted[0]?.rows.map((row) => [row.eventId, row.productId])).toEqual([["web/e1", "a"], ["web/e1#1", "b"]])
  })

  it("keeps nobody's identity with anonymous consent", () => {
    const { accepted } = acceptBatch([view({ consent: "anonymous", cart_id: "cart_1" })], sender)
    expect(accepted[0]?.rows[0]).toMatchObject({ customerId: null, visitorId: null, sessionId: null, cartId: null, productId: "prod_1" })
  })

  it.each([
    ["an unknown field", view({ colour: "red" }), "colour", "unknown field"],
    ["a purchase from a browser", view({ name: "purchase" }), "name", "Invalid option"],
    ["a view of nothing", view({ items: [] }), "items", "at least one item"],
    ["a search without words", view({ name: "search", items: [] }), "search_term", "words searched for"],
    ["text for a quantity", view({ items: [{ item_id: "a", quantity: "2" }] }), "items.0.quantity", "expected number"],
    ["a date without offset", view({ timestamp: "2026-03-10" }), "timestamp", "Invalid ISO datetime"],
    ["a future date", view({ timestamp: "2026-03-10T12:06:00Z" }), "timestamp", "in the future"],
    ["a very old date", view({ timestamp: "2026-01-10T12:06:00Z" }), "timestamp", "too old"],
    ["a number instead of an event", 7, "", "expected object"],
  ])("refuses %s and names the field", (_case, event, field, message) => {
    const { accepted, rejected } = acceptBatch([event, view()], sender)
    expect(rejected).toEqual([{ index: 0, field, message: expect.stringContaining(message) }])
    expect(accepted.map(({ index }) => index)).toEqual([1])
  })

  it("answers for every event of any batch and never throws", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.constant(view()), fc.record({ event_id: fc.string(), name: fc.constant("view_item"), items: fc.jsonValue() })), { maxLength: 20 }), (batch) => {
        const { accepted, rejected } = acceptBatch(batch, sender)
        expect([...accepted, ...rejected].map(({ index }) => index).sort((a, b) => a - b)).toEqual(batch.map((_, index) => index))
      })
    )
  })
})
