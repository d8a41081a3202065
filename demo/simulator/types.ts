import type { Day } from "../../src/domain/day"
import type { EventName } from "../../src/domain/events"

/** How large a simulated shop is; every figure is a target, met approximately but for `variants`, `days` and `customers`. */
export interface ShopScale {
  /** Variants, kits included. */
  variants: number
  /** Days of history; the last is `asOf`. */
  days: number
  customers: number
  orders: number
  events: number
}

export interface SimulatedCategory {
  handle: string
  title: string
  /** `null` at the top of the two levels. */
  parent: string | null
}

export interface SimulatedVariant {
  sku: string
  /** What the variant is called among its product's, such as "500 g". */
  title: string
  /** Value of each of the product's options. */
  options: Record<string, string>
  /** List price in `SimulatedShop.currency`. */
  price: number
  /** Grams. */
  weight: number
}

export interface SimulatedProduct {
  title: string
  handle: string
  description: string
  /** The leaf category and its parent. */
  categories: string[]
  options: { title: string; values: string[] }[]
  variants: SimulatedVariant[]
  /** Day on which the product was first for sale. */
  launchedOn: Day
}

/** A variant without stock of its own: one unit takes these units of other variants. */
export interface SimulatedKit {
  sku: string
  components: { sku: string; quantity: number }[]
}

export interface SimulatedLocation {
  name: string
  countryCode: string
}

/** Stock at the end of the last day. Kits have none. */
export interface SimulatedStock {
  sku: string
  location: string
  onHand: number
  /** Ordered from the supplier and not there yet. */
  incoming: number
}

export interface SimulatedSupply {
  sku: string
  supplier: string
  leadTimeDays: number
  packSize: number
}

export interface SimulatedCustomer {
  email: string
  firstName: string
  lastName: string
}

/** One line of the `orders` import format (INTERFACES.md). */
export interface SimulatedOrderLine {
  order_id: string
  /** ISO 8601 in UTC. */
  ordered_at: string
  email: string
  sku: string
  quantity: number
  /** List price of one unit. */
  unit_price: number
  currency: string
  location: string
  sales_channel: string
  status: "completed" | "canceled"
  /** Money taken off the line. */
  discount: number
}

/** One line of the `events` import format; empty text where the event has no such thing. */
export interface SimulatedEvent {
  event_id: string
  name: EventName
  /** ISO 8601 in UTC. */
  timestamp: string
  visitor_id: string
  session_id: string
  /** Where the visitor was logged in. */
  email: string
  sku: string
  product_handle: string
  quantity: number | ""
  unit_price: number | ""
  currency: string
  search_term: string
}

export type DemandStyle = "regular" | "slow" | "lumpy" | "newcomer"

/** What really drives the shop; models are compared with it, never shown it. */
export interface ShopTruth {
  /** First day of history. */
  firstDay: Day
  /** Days of history. */
  days: number
  /** Days after `asOf` for which expected demand is known; no promotion runs in them. */
  futureDays: number
  /** Expected units asked for, whether in stock or not, of `skus[v]` at `locations[l]` on day `d` (0 = `firstDay`). */
  expectedDemand(variant: number, location: number, day: number): number
  /** Units asked for that found no stock: the same indices, history only. */
  lostUnits(variant: number, location: number, day: number): number
  /** Units that could be sold when the day began: the same indices, history only. */
  unitsAtOpening(variant: number, location: number, day: number): number
  /** Factor of each weekday, Monday first; mean 1. */
  weekday: number[]
  /** Factor of a leaf category on a day, yearly season only; mean about 1 over a year. */
  season(category: string, day: Day): number
  skus: string[]
  styles: DemandStyle[]
  /** Taste of each customer over `leafCategories`; each row sums to 1. */
  tastes: Float64Array[]
  leafCategories: string[]
  /** SKUs that are bought together. */
  groups: string[][]
  /** First and last day (indices) of each price drop, its discount share and the factor on demand. */
  promotions: { sku: string; from: number; to: number; discount: number; uplift: number }[]
}

export interface SimulatedShop {
  currency: string
  asOf: Day
  categories: SimulatedCategory[]
  products: SimulatedProduct[]
  kits: SimulatedKit[]
  locations: SimulatedLocation[]
  salesChannels: string[]
  stock: SimulatedStock[]
  /** Only of those SKUs whose supplier told. */
  supply: SimulatedSupply[]
  customers: SimulatedCustomer[]
  /** By time; lines of one order follow each other. */
  orders(): Iterable<SimulatedOrderLine>
  /** By time within a day. */
  events(): Iterable<SimulatedEvent>
  truth: ShopTruth
}
