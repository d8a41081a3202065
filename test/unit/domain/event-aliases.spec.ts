import { translateEvent } from "../../../src/domain/event-aliases"
import { StorefrontEvent } from "../../../src/domain/events"
import fc from "../../support/properties"

const timestamp = "2026-03-10T11:59:00Z"
/** As Segment's analytics.js sends a `track`; see segment.com/docs/connections/spec/ecommerce/v2. */
const segment = (event: string, properties: Record<string, unknown>) => ({
  type: "track",
  event,
  properties,
  messageId: "ajs-1",
  anonymousId: "anon-1",
  userId: "somebody",
  timestamp,
  sentAt: timestamp,
  context: { page: { url: "https://shop.example" }, library: { name: "analytics.js" } },
  integrations: {},
})
/** As posthog-js sends an event. */
const posthog = (event: string, properties: Record<string, unknown>) => ({
  event,
  uuid: "0195-uuid",
  timestamp,
  properties: { distinct_id: "device-1", $session_id: "session-1", $lib: "web", token: "phc_x", $current_url: "https://shop.example", ...properties },
})
/** What our schema makes of it. */
const read = (raw: unknown) => StorefrontEvent.parse(translateEvent(raw)?.event)

describe("translateEvent()", () => {
  it.each([
    ["Product Viewed", "view_item"],
    ["Product List Viewed", "view_item_list"],
    ["Product Clicked", "select_item"],
    ["Product Added", "add_to_cart"],
    ["Product Removed", "remove_from_cart"],
    ["Product Added to Wishlist", "add_to_wishlist"],
    ["Product Removed from Wishlist", "remove_from_wishlist"],
    ["Cart Viewed", "view_cart"],
    ["Checkout Started", "begin_checkout"],
    ["Payment Info Entered", "add_payment_info"],
    ["product_viewed", "view_item"],
    ["PRODUCT  VIEWED", "view_item"],
    ["add_to_cart", "add_to_cart"],
  ])("reads %s as %s", (theirs, ours) => expect(read(segment(theirs, { product_id: "prod_1" })).name).toBe(ours))

  it("reads Segment's product", () => {
    const { event_id, visitor_id, session_id, currency, items } = read(
      segment("Product Added", { product_id: "prod_1", variant_id: "variant_1", sku: "X", name: "Shoe", price: 18.99, quantity: 2, position: 3, currency: "EUR" })
    )
    expect({ event_id, visitor_id, session_id, currency }).toEqual({ event_id: "ajs-1", visitor_id: "anon-1", session_id: undefined, currency: "eur" })
    expect(items).toEqual([{ item_id: "prod_1", item_variant: "variant_1", price: 18.99, quantity: 2, index: 3 }])
  })

  it("reads Segment's list of products, each in the list it stands beside", () =>
    expect(
      read(segment("Product List Viewed", { list_id: "new", products: [{ product_id: "a", position: 0 }, { product_id: "b", list_id: "own" }] })).items
    ).toMatchObject([
      { item_id: "a", index: 0, item_list_id: "new" },
      { item_id: "b", item_list_id: "own" },
    ]))

  it("reads a search", () =>
    expect(read(segment("Products Searched", { query: "red shoes" }))).toMatchObject({ name: "search", search_term: "red shoes", items: [] }))

  it("reads PostHog's ids, and GA4's names and items in its shape", () => {
    const viewed = { name: "view_item", event_id: "0195-uuid", visitor_id: "device-1", session_id: "session-1" }
    expect(read(posthog("Product Viewed", { product_id: "prod_1" }))).toMatchObject(viewed)
    expect(read(posthog("select_item", { items: [{ item_id: "prod_1", index: 2 }], recommendation_id: "rec_1" }))).toMatchObject({
      name: "select_item",
      recommendation_id: "rec_1",
      items: [{ item_id: "prod_1", index: 2 }],
    })
  })

  it("takes consent from either place, and null for missing", () => {
    const viewed = read({ ...posthog("Cart Viewed", { $session_id: null }), consent: "anonymous" })
    expect([viewed.consent, viewed.session_id]).toEqual(["anonymous", undefined])
    expect(translateEvent(segment("Cart Viewed", { consent: "denied" }))?.event.consent).toBe("denied")
  })

  it("never takes who the customer is from the sender", () => expect(JSON.stringify(translateEvent(segment("Cart Viewed", {})))).not.toContain("somebody"))

  it("leaves our own shape, and what is no event, alone", () => {
    const others = [{ name: "view_item", event_id: "e" }, { name: "x", event: "Product Viewed" }, null, 7, "event", [], ["event"], {}]
    for (const raw of others) expect(translateEvent(raw)).toBeNull()
  })

  it("says where the sender wrote a field, and the usual place of one that is missing", () => {
    const place = (raw: unknown, ...path: (string | number)[]) => translateEvent(raw)?.fieldOf(path)
    expect(place(segment("Product Viewed", { product_id: 7 }), "items", 0, "item_id")).toBe("properties.product_id")
    expect(place(segment("Product List Viewed", { products: [{}, { variant: 7 }] }), "items", 1, "item_variant")).toBe("properties.products.1.variant")
    expect(place(segment("Product List Viewed", { products: 7 }), "items")).toBe("properties.products")
    expect(place(posthog("Product Viewed", {}), "items")).toBe("properties.product_id")
    expect(place({ event: "Product Viewed" }, "event_id")).toBe("messageId")
    expect(place(segment("Nonsense", {}), "name")).toBe("event")
  })

  it("never throws, whatever the properties are", () => {
    const products = fc.record({ products: fc.jsonValue(), product_id: fc.jsonValue() })
    const hostile = fc.record({ event: fc.oneof(fc.constant("Product Viewed"), fc.jsonValue()), properties: fc.oneof(fc.jsonValue(), products), messageId: fc.jsonValue() })
    const carried = ["name", "event_id", "items", "timestamp", "visitor_id", "session_id", "consent", "cart_id", "currency", "search_term", "recommendation_id"]
    fc.assert(
      fc.property(hostile, (raw) => Object.keys(translateEvent(raw)?.event ?? {}).every((name) => carried.includes(name))),
      { numRuns: 2_000 }
    )
  })
})
