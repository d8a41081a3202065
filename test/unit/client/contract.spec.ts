import type { z } from "zod"
import type { RecommendationsAnswer } from "../../../src/api/answers"
import { RecommendationsBody } from "../../../src/api/store/foresight/validators"
import type { ForesightEventName, ForesightEvents, ForesightItem, Recommendations, RecommendationsRequest, TrackedEvent } from "../../../src/client"
import { createForesight } from "../../../src/client"
import { EVENT_NAMES, StorefrontEvent } from "../../../src/domain/events"
import { openFakeBrowser } from "../../support/fake-browser"

// The kit may not import server code, so its types are written twice. The compiler keeps them together here; each alias must be `true`.
type Fits<Given, Wanted> = Given extends Wanted ? true : false
type WireEvent = z.input<typeof StorefrontEvent>
type Agreements = [
  Fits<TrackedEvent, WireEvent>,
  Fits<WireEvent["name"], ForesightEventName>,
  Fits<keyof WireEvent, keyof TrackedEvent>,
  Fits<keyof NonNullable<WireEvent["items"]>[number], keyof ForesightItem>,
  Fits<RecommendationsRequest, z.input<typeof RecommendationsBody>>,
  Fits<Exclude<keyof z.input<typeof RecommendationsBody>, "session_id">, keyof RecommendationsRequest>,
  Fits<RecommendationsAnswer, Recommendations>,
  Fits<Recommendations, RecommendationsAnswer>,
]
const AGREED: Agreements = [true, true, true, true, true, true, true, true]

const item: Required<ForesightItem> = { item_id: "prod_1", item_variant: "variant_1", price: 9.95, quantity: 2, index: 0, item_list_id: "home-personal" }
const full = { items: [item], currency: "EUR", cart_id: "cart_1", recommendation_id: "rec_1", search_term: "tea" }

describe("what the storefront kit sends", () => {
  it("has the types of the server's schema", () => expect(AGREED.every(Boolean)).toBe(true))

  it("names every event that a storefront may post", () => {
    const names = { view_item: 1, view_item_list: 1, select_item: 1, search: 1, add_to_cart: 1, remove_from_cart: 1, add_to_wishlist: 1, remove_from_wishlist: 1, view_cart: 1, begin_checkout: 1, add_shipping_info: 1, add_payment_info: 1 } satisfies Record<keyof ForesightEvents, 1>
    expect(Object.keys(names).sort()).toEqual(EVENT_NAMES.filter((name) => name !== "purchase" && name !== "refund").sort())
  })

  it.each(["granted", "anonymous"] as const)("is taken by the server's schema, every field filled: %s", async (consent) => {
    const browser = openFakeBrowser()
    try {
      const { track, flush, close } = createForesight({ baseUrl: "", publishableKey: "pk_1", consent })
      const names = EVENT_NAMES.filter((name): name is ForesightEventName => name !== "purchase" && name !== "refund")
      for (const name of names) track(name, full)
      await flush()
      close()
      const events = browser.sent.flatMap(({ body }) => body.events)
      expect(events.map(({ name }) => name)).toEqual(names)
      expect(events.flatMap((event) => StorefrontEvent.safeParse(event).error?.issues ?? [])).toEqual([])
    } finally {
      browser.close()
    }
  })

  it("asks for recommendations in the server's words", () => {
    const request: Required<RecommendationsRequest> = {
      ...{ scenario: "cart-related", limit: 6, context: { product_ids: ["prod_1"], cart_id: "cart_1" } },
      ...{ filters: { in_stock: false, exclude_purchased: true }, hydrate: true, region_id: "reg_1" },
    }
    expect(RecommendationsBody.parse({ ...request, session_id: "s" })).toEqual({ ...request, session_id: "s" })
  })
})
