import { hash } from "node:crypto"
import { LRUCache } from "lru-cache"
import type { ImportFormat } from "../domain/imports/import-formats"
import type { ImportLine } from "../domain/imports/import-line"
import { OccurrenceCounter } from "../domain/imports/occurrence-counter"

/** What makes an order line the same line in a longer export of the same shop. */
export interface LineIdentity {
  /** Where the file comes from: the same for every export of one shop. */
  source: string
  orderId: string
  sku: string
  /** 1 for the SKU's first line in its order, 2 for the second …, in the file's order: exact duplicates stay visible. */
  occurrence: number
}

/** Events whose products are remembered: the lines of one event about several products stand together. */
const EVENTS_REMEMBERED = 100_000

/** Key of an order line: 128 bits of SHA-256 in hexadecimal (32 characters); at 10⁷ lines two share one with a chance below 10⁻²⁴. */
export function lineKey({ source, orderId, sku, occurrence }: LineIdentity): string {
  // JSON separates the parts, so that no text inside one can pass for another.
  return hash("sha256", JSON.stringify([source, orderId, sku, occurrence]), "hex").slice(0, 32)
}

/** Keys of lines, asked for in the file's order. Order lines: hash of source, order, SKU and its n-th occurrence there. Browse events: the file's own id; an event
 * about several products is one line a product. A clickstream has no ids: what happened, when, to what and by whom, and the n-th occurrence of all that. */
export function createLineKeys(source: string, format: ImportFormat): (line: ImportLine) => string {
  const occurrences = new OccurrenceCounter()
  if (format === "events") return eventKeys()
  if (format === "clickstream") {
    return ({ kind, occurredAt, sku, sessionId, customerRef }) => {
      const orderId = `${kind} ${occurredAt.getTime()} ${sessionId ?? ""} ${customerRef ?? ""}`
      return lineKey({ source, orderId, sku: sku ?? "", occurrence: occurrences.next(`${orderId}\0${sku ?? ""}`) })
    }
  }
  return ({ orderId, sku }) => lineKey({ source, orderId: orderId ?? "", sku: sku ?? "", occurrence: occurrences.next(`${orderId ?? ""}\0${sku ?? ""}`) })
}

function eventKeys(): (line: ImportLine) => string {
  const products = new LRUCache<string, string[]>({ max: EVENTS_REMEMBERED })
  return ({ eventId, sku, productHandle }) => {
    const id = eventId ?? ""
    const product = sku ?? productHandle ?? ""
    const seen = products.get(id) ?? []
    if (!seen.includes(product)) seen.push(product)
    products.set(id, seen)
    const at = seen.indexOf(product)
    return at === 0 ? id : `${id}#${at + 1}`
  }
}
