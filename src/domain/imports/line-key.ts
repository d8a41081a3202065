import { sha256Hex } from "./sha256"

/** What makes an order line the same line in a longer export of the same shop. */
export interface LineIdentity {
  /** Where the file comes from: the same for every export of one shop. */
  source: string
  orderId: string
  sku: string
  /** 1 for the SKU's first line in its order, 2 for the second …, in the file's order: exact duplicates stay visible. */
  occurrence: number
}

/** Key of an order line: 128 bits of SHA-256 in hexadecimal (32 characters); at 10⁷ lines two share one with a chance below 10⁻²⁴. */
export function lineKey({ source, orderId, sku, occurrence }: LineIdentity): string {
  // JSON separates the parts, so that no text inside one can pass for another.
  return sha256Hex(JSON.stringify([source, orderId, sku, occurrence]), 16)
}
