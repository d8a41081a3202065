import { z } from "zod"
import type { Day } from "./day"

/** GA4 e-commerce names; `purchase` and `refund` come only from Medusa or an import, never from a browser. */
export const EVENT_NAMES = [
  "view_item",
  "view_item_list",
  "select_item",
  "search",
  "add_to_cart",
  "remove_from_cart",
  "add_to_wishlist",
  "view_cart",
  "begin_checkout",
  "purchase",
  "refund",
] as const
export type EventName = (typeof EVENT_NAMES)[number]

/** Names a storefront may post. */
const STOREFRONT_EVENT_NAMES = EVENT_NAMES.filter((name): name is Exclude<EventName, "purchase" | "refund"> => name !== "purchase" && name !== "refund")

/** How much one event says about a person's taste; 0 is ignored by the recommender. */
export const EVENT_WEIGHTS: Record<EventName, number> = {
  purchase: 1,
  add_to_cart: 0.5,
  add_to_wishlist: 0.5,
  begin_checkout: 0,
  select_item: 0.15,
  view_item: 0.15,
  view_item_list: 0,
  search: 0,
  remove_from_cart: 0,
  view_cart: 0,
  refund: 0,
}

/** Most events in one request. */
export const MAX_BATCH = 500
/** How far a browser's clock may run ahead before its event is refused, ms. */
export const MAX_CLOCK_AHEAD_MS = 5 * 60_000
/** How old a browser's event may be (an offline queue), ms. */
export const MAX_EVENT_AGE_MS = 30 * 86_400_000

/** Postgres cannot keep NUL in a text. */
export const NO_NUL = /^[^\u0000]*$/
const id = z.string().trim().min(1).max(128).regex(NO_NUL, "expected no NUL character")

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
  .strict()

/** One event as a storefront posts it; unknown fields are refused, so that a typo is seen. */
export const StorefrontEvent = z
  .object({
    event_id: id.describe("repeat it when sending again: the second one is a duplicate"),
    name: z.enum(STOREFRONT_EVENT_NAMES),
    timestamp: z.iso.datetime({ offset: true }).describe("ISO 8601 with offset"),
    visitor_id: id.optional(),
    session_id: id.optional(),
    cart_id: id.optional(),
    currency: z
      .string()
      .regex(/^[A-Za-z]{3}$/, "expected an ISO 4217 code")
      .transform((code) => code.toLowerCase())
      .optional(),
    search_term: z.string().trim().min(1).max(256).regex(NO_NUL, "expected no NUL character").optional(),
    items: z.array(StorefrontItem).max(100).default([]),
    recommendation_id: id.optional(),
    consent: z.enum(["granted", "anonymous"]).optional().describe("`anonymous`: stored without visitor and customer"),
  })
  .strict()
  .superRefine((event, context) => {
    if (event.name === "search" && !event.search_term) {
      context.addIssue({ code: "custom", path: ["search_term"], message: "expected the words searched for" })
    }
    if (["view_item", "select_item", "add_to_cart", "remove_from_cart", "add_to_wishlist"].includes(event.name) && event.items.length === 0) {
      context.addIssue({ code: "custom", path: ["items"], message: `expected at least one item for ${event.name}` })
    }
  })
export type StorefrontEvent = z.infer<typeof StorefrontEvent>

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
] as const
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number]
