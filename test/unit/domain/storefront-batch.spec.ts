import { StorefrontEvent } from "../../../src/domain/events"
import { acceptBatch } from "../../../src/domain/storefront-batch"
import fc from "../../support/properties"

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

/** An event with every field. */
const full = () =>
  view({
    ...{ cart_id: "c1", currency: "EUR", search_term: "red", recommendation_id: "r1", consent: "granted" },
    items: [{ item_id: "prod_1", item_variant: "variant_1", price: 1, quantity: 2, index: 0, item_list_id: "l1" }],
  })
const SPOILABLE = [
  ...Object.keys(StorefrontEvent.shape),
  ...["item_id", "item_variant", "price", "quantity", "index", "item_list_id"].map((name) => `items.0.${name}`),
]
const words = fc.constantFrom("__proto__", "constructor")
const hostileValue = fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }), fc.double(), fc.date().map((date) => date.toString()), words)
const anyField = Object.fromEntries(SPOILABLE.filter((name) => !name.includes(".")).map((name) => [name, hostileValue]))
const hostileEvent = fc.record({ ...anyField, event: hostileValue, properties: hostileValue, messageId: fc.string() }, { requiredKeys: [] })

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
    ["an unknown field of a product", view({ items: [{ item_id: "a" }, { item_id: "b", colour: "red" }] }), "items.1.colour", "unknown field"],
    ["a purchase from a browser", view({ name: "purchase" }), "name", "Invalid option"],
    ["a view of nothing", view({ items: [] }), "items", "at least one item"],
    ["a search without words", view({ name: "search", items: [] }), "search_term", "words searched for"],
    ["text for a quantity", view({ items: [{ item_id: "a", quantity: "2" }] }), "items.0.quantity", "expected number"],
    ["a time with digits without end", view({ timestamp: `2026-03-10T11:59:00.${"0".repeat(480_000)}Z` }), "timestamp", "<=40 characters"],
    ["a date without offset", view({ timestamp: "2026-03-10" }), "timestamp", "Invalid ISO datetime"],
    ["an id with half a character", view({ event_id: "a\ud83d" }), "event_id", "no half character"],
    ["a name of Object's", view({ name: "constructor" }), "name", "Invalid option"],
    ["a visitor who said no", { ...view({ consent: "denied" }), colour: "red" }, "consent", "consent is denied"],
    ["a number instead of an event", 7, "", "expected object"],
  ])("refuses %s and names the field", (_case, event, field, message) => {
    const { accepted, rejected } = acceptBatch([event, view()], sender)
    expect(rejected).toEqual([{ index: 0, field, message: expect.stringContaining(message) }])
    expect(accepted.map(({ index }) => index)).toEqual([1])
  })

  it.each([
    ["ahead of the server's clock", "2026-03-10T12:06:00Z", "clock_skew", "in the future"],
    ["older than any offline queue", "2026-01-10T12:06:00Z", "replayed", "too old"],
  ])("keeps an event %s at the time of its receipt, and what it claimed", (_case, timestamp, reason, message) => {
    const { accepted, rejected } = acceptBatch([view({ timestamp, recommendation_id: "rec_1" })], sender)
    expect(rejected).toEqual([])
    expect(accepted[0]?.problem).toEqual({ reason, message: expect.stringContaining(message) })
    const properties = { claimed_timestamp: timestamp, recommendation_id: "rec_1" }
    expect(accepted[0]?.rows[0]).toMatchObject({ day: "2026-03-10", occurredAt: sender.now, properties })
  })

  it("reads no element of a list that is too long", () => {
    let read = 0
    const list = Array.from({ length: 101 }, () => Object.defineProperty({}, "item_id", { enumerable: true, get: () => `prod_${(read += 1)}` }))
    const theirs = { event: "Product List Viewed", messageId: "m1", timestamp: "2026-03-10T11:59:00Z" }
    const batch = [view({ items: list }), { ...theirs, properties: { products: list } }, { ...theirs, properties: { items: list } }]
    const message = "expected at most 100 items"
    expect(acceptBatch(batch, sender)).toEqual({
      accepted: [],
      rejected: [{ index: 0, field: "items", message }, { index: 1, field: "properties.products", message }, { index: 2, field: "properties.items", message }],
    })
    expect(read).toBe(0)
    expect(acceptBatch([view({ items: list.slice(1) })], sender).accepted[0]?.rows).toHaveLength(100)
  })

  it("names the field of another tracker's event as its sender wrote it", () => {
    const viewed = { event: "Product Viewed", messageId: "m1", timestamp: "2026-03-10T11:59:00Z", properties: { product_id: "prod_1", price: "12" } }
    const refusal = (event: unknown) => acceptBatch([event], sender).rejected
    expect(refusal(viewed)).toEqual([{ index: 0, field: "properties.price", message: expect.stringContaining("expected number") }])
    expect(refusal({ ...viewed, messageId: undefined })).toMatchObject([{ field: "messageId" }])
    expect(refusal({ ...viewed, event: "Order Completed" })).toMatchObject([{ field: "event", message: expect.stringContaining("Medusa's own orders") }])
  })

  it("answers for every event of any batch and never throws", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.constant(view()), hostileEvent), { maxLength: 20 }), (batch) => {
        const { accepted, rejected } = acceptBatch(batch, sender)
        expect([...accepted, ...rejected].map(({ index }) => index).sort((a, b) => a - b)).toEqual(batch.map((_, index) => index))
      }),
      { numRuns: 500 }
    )
  })

  it("names the index and the one field that was spoilt, whichever it is", () => {
    const spoilt = fc.tuple(fc.constantFrom(...SPOILABLE), fc.oneof(hostileValue, fc.constantFrom({}, [{}], "", " ", -1, 1e300, "\u0000", "x".repeat(300))))
    fc.assert(
      fc.property(spoilt, ([path, value]) => {
        const event = JSON.parse(JSON.stringify(full())) as Record<string, unknown>
        const [first = "", ...rest] = path.split(".")
        if (rest.length === 0) event[first] = value
        else (event.items as Record<string, unknown>[])[0]![rest[1] ?? ""] = value
        const { accepted, rejected } = acceptBatch([view(), event], sender)
        expect(accepted.length + rejected.length).toBe(2)
        for (const { index, field } of rejected) {
          expect(index).toBe(1)
          // another name may make another field wrong: a search needs words, and has them here
          expect(field === path || field.startsWith(`${path}.`)).toBe(true)
        }
        for (const { rows } of accepted) for (const row of rows) expect(JSON.stringify(row)).not.toContain("\\u0000")
      }),
      { numRuns: 10_000 }
    )
  })
})
