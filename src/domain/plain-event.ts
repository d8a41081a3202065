import { ABOUT_PRODUCTS, MAX_ITEMS, STORABLE, STOREFRONT_EVENT_NAMES } from "./events"
import type { StorefrontEvent } from "./events"

type Item = StorefrontEvent["items"][number]

const NAMES = new Map<unknown, StorefrontEvent["name"]>(STOREFRONT_EVENT_NAMES.map((name) => [name, name]))
/** Ids as they are everywhere: printable, without spaces. */
const PLAIN = /^[\x21-\x7e]+$/
const CURRENCY = /^[A-Za-z]{3}$/
/** What `Date.toISOString` writes, on a day that every month has. */
const INSTANT = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
const ISO_LENGTH = 24

/**
 * Reads an event that is written as our kit writes it, eight times as fast as `StorefrontEvent`, which decides about all others.
 * @returns What `StorefrontEvent` makes of it; `null` where this cannot be told at a glance, whether the event is good or not.
 */
export function readPlainEvent(raw: unknown): StorefrontEvent | null {
  if (!isObject(raw)) return null
  const { event_id, timestamp, visitor_id, session_id, cart_id, currency, search_term, items, recommendation_id, consent } = raw
  const name = NAMES.get(raw.name)
  if (name === undefined || !isId(event_id) || !isInstant(timestamp)) return null
  if (!isIdOrAbsent(visitor_id) || !isIdOrAbsent(session_id) || !isIdOrAbsent(cart_id) || !isIdOrAbsent(recommendation_id)) return null
  if (currency !== undefined && !(typeof currency === "string" && CURRENCY.test(currency))) return null
  if (search_term !== undefined && !isSearchTerm(search_term)) return null
  if (name === "search" && search_term === undefined) return null
  if (consent !== undefined && consent !== "granted" && consent !== "anonymous") return null
  const read = items === undefined ? [] : readItems(items)
  if (read === null || (read.length === 0 && ABOUT_PRODUCTS.has(name))) return null
  // counted rather than looked up: a field that no event has makes them more
  const fields = 3 + there(visitor_id) + there(session_id) + there(cart_id) + there(currency) + there(search_term) + there(items) + there(recommendation_id) + there(consent)
  if (fieldsOf(raw) !== fields) return null
  return { event_id, name, timestamp, visitor_id, session_id, cart_id, currency: currency?.toLowerCase(), search_term, items: read, recommendation_id, consent }
}

function readItems(items: unknown): Item[] | null {
  if (!Array.isArray(items) || items.length > MAX_ITEMS) return null
  const read: Item[] = []
  for (const raw of items as unknown[]) {
    const item = readItem(raw)
    if (item === null) return null
    read.push(item)
  }
  return read
}

function readItem(raw: unknown): Item | null {
  if (!isObject(raw)) return null
  const { item_id, item_variant, price, quantity, index, item_list_id } = raw
  if (!isId(item_id) || !isIdOrAbsent(item_variant) || !isIdOrAbsent(item_list_id)) return null
  if (price !== undefined && !(isNumber(price) && price >= 0 && price <= 1e9)) return null
  if (quantity !== undefined && !(isNumber(quantity) && quantity > 0 && quantity <= 1e6)) return null
  if (index !== undefined && !(isNumber(index) && Number.isInteger(index) && index >= 0 && index <= 10_000)) return null
  if (fieldsOf(raw) !== 1 + there(item_variant) + there(price) + there(quantity) + there(index) + there(item_list_id)) return null
  return { item_id, item_variant, price, quantity: quantity ?? 1, index, item_list_id }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value)
const isNumber = (value: unknown): value is number => typeof value === "number"
const isId = (value: unknown): value is string => typeof value === "string" && value.length <= 128 && PLAIN.test(value)
const isIdOrAbsent = (value: unknown): value is string | undefined => value === undefined || isId(value)
const isSearchTerm = (value: unknown): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= 256 && value.trim() === value && STORABLE.test(value)
const isInstant = (value: unknown): value is string => {
  if (typeof value !== "string" || value.length !== ISO_LENGTH) return false
  if (INSTANT.test(value)) return true
  const at = Date.parse(value)
  return !Number.isNaN(at) && new Date(at).toISOString() === value
}
/** Counted without a list of them, which each event would leave to be cleared away. */
function fieldsOf(raw: Record<string, unknown>): number {
  let fields = 0
  for (const name in raw) if (Object.hasOwn(raw, name)) fields += 1
  return fields
}
const there = (value: unknown) => (value === undefined ? 0 : 1)
