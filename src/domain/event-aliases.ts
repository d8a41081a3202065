import { MAX_ITEMS } from "./events"

/** An event of another tracker in our words. */
export interface TranslatedEvent {
  /** Not yet checked: what was found is carried over as it is. */
  event: Record<string, unknown>
  /** Where the sender wrote the field at a path of `event`, e.g. `properties.product_id` for `items.0.item_id`. */
  fieldOf: (path: readonly PropertyKey[]) => string
}

/** Segment's and PostHog's names, which differ in case, spaces and underscores only. */
const NAMES = new Map([
  ["product_viewed", "view_item"],
  ["product_list_viewed", "view_item_list"],
  ["product_clicked", "select_item"],
  ["products_searched", "search"],
  ["product_added", "add_to_cart"],
  ["product_removed", "remove_from_cart"],
  ["product_added_to_wishlist", "add_to_wishlist"],
  ["product_removed_from_wishlist", "remove_from_wishlist"],
  ["wishlist_product_added_to_cart", "add_to_cart"],
  ["cart_viewed", "view_cart"],
  ["checkout_started", "begin_checkout"],
  ["payment_info_entered", "add_payment_info"],
  ["order_completed", "purchase"],
  ["order_refunded", "refund"],
])

/** Our field, and where the trackers keep it; the first that is there counts. */
type Sources = readonly (readonly [ours: string, theirs: readonly string[]])[]
const FIELDS: Sources = [
  ["event_id", ["messageId", "uuid", "event_id", "properties.$insert_id", "properties.event_id"]],
  ["timestamp", ["timestamp", "originalTimestamp", "properties.timestamp"]],
  ["visitor_id", ["anonymousId", "distinct_id", "visitor_id", "properties.distinct_id", "properties.visitor_id"]],
  ["session_id", ["properties.$session_id", "session_id", "properties.session_id"]],
  ["consent", ["consent", "properties.consent"]],
  ["cart_id", ["properties.cart_id"]],
  ["currency", ["properties.currency"]],
  ["search_term", ["properties.query", "properties.search_term"]],
  ["recommendation_id", ["properties.recommendation_id"]],
]
const ITEM_FIELDS: Sources = [
  ["item_id", ["product_id", "item_id"]],
  ["item_variant", ["variant_id", "item_variant", "variant"]],
  ["price", ["price"]],
  ["quantity", ["quantity"]],
  ["index", ["position", "index"]],
  ["item_list_id", ["list_id", "item_list_id"]],
]
const LISTS = ["products", "items"]

/**
 * Turns an event in the shape of Segment's `track` or PostHog's `capture` into ours.
 * Their many other fields are left behind; who the customer is comes from Medusa's login alone, so `userId` is left behind too.
 * @returns `null` for anything in our own shape, or in none.
 */
export function translateEvent(raw: unknown): TranslatedEvent | null {
  if (!isObject(raw) || raw.event === undefined || raw.name !== undefined) return null
  const origins = new Map([["name", "event"]])
  const event: Record<string, unknown> = { name: nameOf(raw.event), ...carried(raw, FIELDS, origins, "", "") }
  const properties = isObject(raw.properties) ? raw.properties : {}
  const list = LISTS.find((name) => properties[name] !== undefined && properties[name] !== null)
  if (list) {
    const listed = properties[list]
    origins.set("items", `properties.${list}`)
    const read = (item: unknown, index: number) => itemOf(item, origins, index, `properties.${list}.${index}.`, properties)
    // a list that will be refused is not worth a word
    event.items = Array.isArray(listed) && listed.length <= MAX_ITEMS ? listed.map(read) : listed
  } else {
    origins.set("items", "properties.product_id")
    const item = itemOf(properties, origins, 0, "properties.", properties)
    if (isObject(item) && item.item_id !== undefined) event.items = [item]
  }
  return { event, fieldOf: (path) => origins.get(path.join(".")) ?? path.join(".") }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value)

function nameOf(event: unknown): unknown {
  if (typeof event !== "string" || event.length > 64) return event
  const plain = event.trim().toLowerCase().replaceAll(/[\s_-]+/g, "_")
  return NAMES.get(plain) ?? plain
}

function itemOf(item: unknown, origins: Map<string, string>, index: number, at: string, properties: Record<string, unknown>): unknown {
  if (!isObject(item)) return item
  const found = carried(item, ITEM_FIELDS, origins, `items.${index}.`, at)
  // Segment names the list once, beside its products
  const list = properties.list_id
  if (found.item_list_id === undefined && list !== undefined && list !== null) {
    origins.set(`items.${index}.item_list_id`, "properties.list_id")
    found.item_list_id = list
  }
  return found
}

/** Fields found at their first place; trackers write `null` for what they do not know. Notes the place, the usual one where there is none. */
function carried(from: Record<string, unknown>, sources: Sources, origins: Map<string, string>, to: string, at: string): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [ours, theirs] of sources) {
    const place = theirs.find((name) => isThere(valueAt(from, name)))
    if (place !== undefined) found[ours] = valueAt(from, place)
    origins.set(`${to}${ours}`, `${at}${place ?? theirs[0]}`)
  }
  return found
}

const isThere = (value: unknown) => value !== undefined && value !== null

function valueAt(from: Record<string, unknown>, path: string): unknown {
  if (!path.startsWith("properties.")) return from[path]
  return isObject(from.properties) ? from.properties[path.slice("properties.".length)] : undefined
}
