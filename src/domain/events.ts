import { z } from "zod"
import type { Day } from "./day"

/** GA4 e-commerce names, and `remove_from_wishlist` that GA4 lacks; docs/events.md lists them.
 * `purchase` and `refund` come only from Medusa or an import, never from a browser. */
export const EVENT_NAMES = [
  "view_item",
  "view_item_list",
  "select_item",
  "search",
  "add_to_cart",
  "remove_from_cart",
  "add_to_wishlist",
  "remove_from_wishlist",
  "view_cart",
  "begin_checkout",
  "add_shipping_info",
  "add_payment_info",
  "purchase",
  "refund",
] as const
export type EventName = (typeof EVENT_NAMES)[number]

/** Names a storefront may post. */
export const STOREFRONT_EVENT_NAMES = EVENT_NAMES.filter((name): name is Exclude<EventName, "purchase" | "refund"> => name !== "purchase" && name !== "refund")

/** How much one event says about a person's taste; 0 is ignored by the recommender. */
export const EVENT_WEIGHTS: Record<EventName, number> = {
  purchase: 1,
  add_to_cart: 0.5,
  add_to_wishlist: 0.5,
  begin_checkout: 0,
  add_shipping_info: 0,
  add_payment_info: 0,
  select_item: 0.15,
  view_item: 0.15,
  view_item_list: 0,
  search: 0,
  remove_from_cart: 0,
  remove_from_wishlist: 0,
  view_cart: 0,
  refund: 0,
}

/** Most events in one request. */
export const MAX_BATCH = 500
/** Most products in one event. */
export const MAX_ITEMS = 100
/** ISO 8601 with nanoseconds and an offset is 35 characters; the date format alone would take any number of digits behind the second. */
const MAX_TIMESTAMP = 40

/** Postgres keeps neither NUL nor half a surrogate pair; an id that had to be changed would no longer be the sender's. */
export const STORABLE = /^[^\u0000\ud800-\udfff]*$/u
const UNSTORABLE = "expected no NUL character and no half character"
const id = z.string().trim().min(1).max(128).regex(STORABLE, UNSTORABLE)

/** For the OpenAPI file: what `unknownField` refuses. */
const NO_OTHER_FIELDS = { additionalProperties: false }

/** One product in a storefront event. */
const StorefrontItem = z
  .object({
    item_id: id.describe("Medusa product id"),
    item_variant: id.optional().describe("Medusa variant id"),
    price: z.number().finite().min(0).max(1e9).optional().describe("unit price in `currency`"),
    quantity: z.number().finite().positive().max(1e6).default(1),
    index: z.number().int().min(0).max(10_000).optional().describe("position in a list, from 0"),
    item_list_id: id.optional(),
  })
  .meta(NO_OTHER_FIELDS)

/** Names that say nothing without a product. */
export const ABOUT_PRODUCTS = new Set<EventName>(["view_item", "select_item", "add_to_cart", "remove_from_cart", "add_to_wishlist", "remove_from_wishlist"])

/** One event as a storefront posts it. Unknown fields are refused, so that a typo is seen: by `unknownField`, since zod's own `strict()` took more than
 * half of the time of the whole check (zod 4.2, which Medusa brings). */
export const StorefrontEvent = z
  .object({
    event_id: id.describe("repeat it when sending again: the second one is a duplicate"),
    name: z.enum(STOREFRONT_EVENT_NAMES, {
      error: ({ input }) => (input === "purchase" || input === "refund" ? "Invalid option: sales and refunds come from Medusa's own orders" : undefined),
    }),
    timestamp: z.iso.datetime({ offset: true }).max(MAX_TIMESTAMP).describe("ISO 8601 with offset"),
    visitor_id: id.optional(),
    session_id: id.optional(),
    cart_id: id.optional(),
    currency: z
      .string()
      .regex(/^[A-Za-z]{3}$/, "expected an ISO 4217 code")
      .transform((code) => code.toLowerCase())
      .optional(),
    search_term: z.string().trim().min(1).max(256).regex(STORABLE, UNSTORABLE).optional(),
    items: z.array(StorefrontItem).max(MAX_ITEMS).default([]),
    recommendation_id: id.optional().describe("of the shelf that led here"),
    consent: z
      .enum(["granted", "anonymous"])
      .optional()
      .describe("`anonymous`: stored without visitor, session, cart and customer; an event with `denied` is refused unread"),
  })
  .superRefine((event, context) => {
    if (event.name === "search" && !event.search_term) {
      context.addIssue({ code: "custom", path: ["search_term"], message: "expected the words searched for" })
    }
    if (ABOUT_PRODUCTS.has(event.name) && event.items.length === 0) {
      context.addIssue({ code: "custom", path: ["items"], message: `expected at least one item for ${event.name}` })
    }
  })
  .meta(NO_OTHER_FIELDS)
export type StorefrontEvent = z.infer<typeof StorefrontEvent>

const EVENT_FIELDS = new Set(Object.keys(StorefrontEvent.shape))
const ITEM_FIELDS = new Set(Object.keys(StorefrontItem.shape))

/** The path of the first field that no event has, in what `StorefrontEvent` accepted otherwise; `null` where there is none. */
export function unknownField(event: object): PropertyKey[] | null {
  const unknown = Object.keys(event).find((name) => !EVENT_FIELDS.has(name))
  if (unknown !== undefined) return [unknown]
  const items: readonly object[] = "items" in event && Array.isArray(event.items) ? event.items : []
  for (const [index, item] of items.entries()) {
    const name = Object.keys(item).find((field) => !ITEM_FIELDS.has(field))
    if (name !== undefined) return ["items", index, name]
  }
  return null
}

/** One line of what happened in the shop: an event about several products is one row a product, `event_id` suffixed `#1`, `#2` … */
export interface ShopEvent {
  /** Unique together with `day`. */
  eventId: string
  /** In the shop's time zone. */
  day: Day
  name: EventName
  occurredAt: Date
  /** `medusa`, `storefront` or `import:<importId>`. */
  source: string
  customerId: string | null
  visitorId: string | null
  sessionId: string | null
  productId: string | null
  variantId: string | null
  sku: string | null
  locationId: string | null
  salesChannelId: string | null
  /** Medusa's region, where the shop told it; a browser does not. */
  regionId: string | null
  orderId: string | null
  cartId: string | null
  /** Units; may be decimal. `null` where the event has none (search). */
  quantity: number | null
  /** Per unit, in `currencyCode`. */
  unitPrice: number | null
  /** Lower-case ISO 4217. */
  currencyCode: string | null
  searchTerm: string | null
  /** What only some kinds carry: list ids, positions, recommendation ids. */
  properties: Record<string, unknown> | null
}

/** Why a kept line does not count; the line stays and can be restored. */
export const EXCLUSION_REASONS = [
  "non_product",
  "test_order",
  "voided_by_cancellation",
  "cancellation",
  "non_positive_quantity",
  "non_positive_price",
  "unknown_sku",
  "canceled_order",
  "bulk_outlier",
  "duplicate",
  "by_hand",
  "bot",
  "inhuman_rate",
  "clock_skew",
  "replayed",
] as const
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number]
