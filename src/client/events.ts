/** What the visitor allows. `anonymous`: events without any identifier, nothing stored. `denied`: nothing sent, nothing stored. */
export type Consent = "granted" | "anonymous" | "denied"

/** One product of an event; ids are Medusa's. */
export interface ForesightItem {
  /** Product id, `prod_…`. */
  item_id: string
  /** Variant id, `variant_…`. */
  item_variant?: string
  /** Unit price in the event's `currency`. */
  price?: number
  quantity?: number
  /** Position in a list, from 0. */
  index?: number
  /** The list's name in your shop, e.g. `home-personal`. */
  item_list_id?: string
}

interface EventDetails {
  items?: ForesightItem[]
  /** ISO 4217, of the items' prices. */
  currency?: string
  /** Sent with consent `granted` only. */
  cart_id?: string
  /** Of the recommendations that showed the items: what a click or a sale is owed to. */
  recommendation_id?: string
}
interface ItemDetails extends EventDetails {
  items: ForesightItem[]
}
interface SearchDetails extends EventDetails {
  /** The words searched for, 1–256 characters. */
  search_term: string
}

/** GA4's e-commerce events that a storefront reports, and `remove_from_wishlist`; purchases and refunds come from Medusa itself. */
export interface ForesightEvents {
  view_item: ItemDetails
  view_item_list: EventDetails
  select_item: ItemDetails
  search: SearchDetails
  add_to_cart: ItemDetails
  remove_from_cart: ItemDetails
  add_to_wishlist: ItemDetails
  remove_from_wishlist: ItemDetails
  view_cart: EventDetails
  begin_checkout: EventDetails
  add_shipping_info: EventDetails
  add_payment_info: EventDetails
}
export type ForesightEventName = keyof ForesightEvents

/** Details may be left out where an event needs none. */
export type TrackArguments<Name extends ForesightEventName> = EventDetails extends ForesightEvents[Name]
  ? [details?: ForesightEvents[Name]]
  : [details: ForesightEvents[Name]]

/** One event as it is posted; `consent` is missing while the visitor has not decided, and then it is not posted. */
export interface TrackedEvent extends EventDetails {
  event_id: string
  name: ForesightEventName
  /** When it happened by the browser's clock, ISO 8601 in UTC. */
  timestamp: string
  search_term?: string
  consent?: "granted" | "anonymous"
  visitor_id?: string
  session_id?: string
}
