import type { ExclusionReason } from "../events"
import type { ImportFormat } from "./import-formats"
import type { ImportLine } from "./import-line"

/** What the rules have to know beside the line. */
export interface ExclusionContext {
  format: ImportFormat
  /** Whether the shop has a variant with this SKU; `null` leaves the question to a later step. */
  knowsSku: ((sku: string) => boolean) | null
}

/** Charges, fees, samples and vouchers that Online Retail books like goods; every one seen in the file, in both of its editions. */
const ONLINE_RETAIL_NON_PRODUCT =
  /^(POST|DOT|D|M|S|B|C2|C3|PADS|CRUK|AMAZONFEE|BANK CHARGES|ADJUST2?|GIFT|GIFT_0001_\d+|SP1002)$/i
const TEST_SKU = /^test[-_ ]?\d*$/i
const TEST_ORDER = /^test([-_ ]?\d+|[-_ ].*)?$/i
const CANCELED = /^cancel(l)?ed$/

/**
 * Why a line does not count in demand and tastes, or `null` where it does. The line is kept either way.
 * Cancellations are judged with their sales (`matchCancellations`), not here.
 */
export function exclusionReason(line: ImportLine, { format, knowsSku }: ExclusionContext): ExclusionReason | null {
  if (line.status && CANCELED.test(line.status)) return "canceled_order"
  if (line.sku && format === "online_retail" && ONLINE_RETAIL_NON_PRODUCT.test(line.sku)) return "non_product"
  if (line.status === "test" || (line.sku && TEST_SKU.test(line.sku)) || (line.orderId && TEST_ORDER.test(line.orderId))) return "test_order"
  if (line.kind === "purchase" || line.kind === "refund") {
    if (line.quantity === null || line.quantity <= 0) return "non_positive_quantity"
    // The price before discount: a sale that a voucher paid in full is a sale.
    if (line.listPrice === null || line.listPrice <= 0) return "non_positive_price"
  }
  if (line.sku && knowsSku && !knowsSku(line.sku)) return "unknown_sku"
  return null
}
