import { refuse, type FieldReaders, type Moment } from "./field-readers"
import { blankLine, type ImportLine } from "./import-line"

type ReadRecord = (record: readonly string[], line: number) => ImportLine

/** What stands only in the first row of a Shopify order. */
interface ShopifyOrder {
  name: string
  moment: Moment
  customerRef: string | null
  currency: string | null
  /** `canceled`, `test`, or the financial status. */
  status: string | null
  refunded: boolean
  location: string | null
  salesChannel: string | null
}

const NEVER_PAID = /^(voided|expired)$/
const LEFT_THE_SHOP = /^(fulfilled|partial)$/

/**
 * Shopify's "Export orders": one row a line item; email, dates, currency and status stand only in an order's first row.
 * Voided, expired and canceled orders do not count; nor does a refunded one of which nothing was sent. A refunded one that was sent stays a sale:
 * the day of its return is not in the file. Orders paid through the test gateway ("bogus") or tagged `test` are test orders.
 */
export function shopifyReader(fields: FieldReaders): ReadRecord {
  const [nameOf, momentOf, createdAt, email] = [fields.id("Name"), fields.moment("Created at"), fields.text("Created at"), fields.name("Email")]
  const [quantityOf, priceOf, discountOf, currencyOf] = [
    fields.number("Lineitem quantity"),
    fields.number("Lineitem price"),
    fields.decimal("Lineitem discount"),
    fields.currency("Currency"),
  ]
  const [sku, title, fulfilment] = [fields.name("Lineitem sku"), fields.text("Lineitem name"), fields.text("Lineitem fulfillment status")]
  const [financial, canceledAt, payment, tags] = [fields.text("Financial Status"), fields.text("Cancelled at"), fields.text("Payment Method"), fields.text("Tags")]
  const [location, source] = [fields.name("Location"), fields.name("Source")]
  let order: ShopifyOrder | null = null

  const open = (record: readonly string[], name: string): ShopifyOrder => {
    const paid = financial(record)?.toLowerCase() ?? null
    const isTest = /\bbogus\b|\btest\b/i.test(payment(record) ?? "") || (tags(record) ?? "").split(",").some((tag) => tag.trim().toLowerCase() === "test")
    const isCanceled = canceledAt(record) !== null || (paid !== null && NEVER_PAID.test(paid))
    return {
      name,
      moment: momentOf(record),
      customerRef: email(record)?.toLowerCase() ?? null,
      currency: currencyOf(record),
      status: isTest ? "test" : isCanceled ? "canceled" : paid,
      refunded: paid === "refunded",
      location: location(record),
      salesChannel: source(record),
    }
  }

  return (record, line) => {
    const name = nameOf(record)
    if (createdAt(record) !== null && order?.name !== name) {
      order = null // a first row that cannot be read must not lend its order to the next
      order = open(record, name)
    }
    if (order?.name !== name) return refuse("Created at", "", "expected a date; the first row of this order is missing or was refused")
    const quantity = quantityOf(record)
    const listPrice = priceOf(record)
    const discount = discountOf(record) ?? 0
    const sent = LEFT_THE_SHOP.test(fulfilment(record)?.toLowerCase() ?? "")
    const one = blankLine(line, "purchase", order.moment)
    one.orderId = name
    one.customerRef = order.customerRef
    one.sku = sku(record) ?? title(record)?.slice(0, 256) ?? refuse("Lineitem sku", "", "expected a SKU or a name of the item")
    one.quantity = quantity
    one.unitPrice = quantity > 0 ? Math.max(0, listPrice - discount / quantity) : listPrice
    one.listPrice = listPrice
    one.currency = order.currency
    one.location = order.location
    one.salesChannel = order.salesChannel
    one.status = order.refunded && !sent && order.status !== "test" ? "canceled" : order.status
    return one
  }
}

/** Payment never came, or the order was called off. */
const WOO_NOT_SOLD = /^(cancelled|canceled|failed|pending|pending payment|draft|checkout-draft|trash)$/

/**
 * WooCommerce's "Customer / Order / Coupon Export", default format with one row an item, and what other exporters with the same columns write.
 * `item_total` is what the line cost after discounts, `item_subtotal` before them; a file with `item_price` has the price of one.
 * A refunded order stays a sale: the day of its return is not in the file. A negative quantity is a refund.
 */
export function wooCommerceReader(fields: FieldReaders): ReadRecord {
  const [orderId, momentOf, statusOf, customer] = [fields.id("order_id"), fields.moment("order_date"), fields.text("status"), fields.customer("customer_id", "billing_email")]
  const emailOf = fields.name("billing_email")
  const [sku, title, quantityOf] = [fields.name("item_sku"), fields.text("item_name"), fields.number("item_quantity")]
  const [totalOf, subtotalOf, priceOf, currencyOf] = [fields.decimal("item_total"), fields.decimal("item_subtotal"), fields.decimal("item_price"), fields.currency("order_currency")]
  return (record, line) => {
    const found = quantityOf(record)
    const quantity = Math.abs(found)
    const each = (total: number | null) => (total === null || quantity === 0 ? null : Math.abs(total) / quantity)
    const unitPrice = each(totalOf(record)) ?? priceOf(record) ?? refuse("item_total", "", "expected the line's total or the price of one")
    const status = statusOf(record)?.toLowerCase().replace(/^wc-/, "") ?? null
    const reference = customer(record)
    const one = blankLine(line, found < 0 ? "refund" : "purchase", momentOf(record))
    one.orderId = orderId(record)
    one.customerRef = reference === "0" ? (emailOf(record)?.toLowerCase() ?? null) : reference // 0 is every guest
    one.sku = sku(record) ?? title(record)?.slice(0, 256) ?? refuse("item_sku", "", "expected a SKU or a name of the item")
    one.quantity = quantity
    one.unitPrice = unitPrice
    one.listPrice = each(subtotalOf(record)) ?? priceOf(record) ?? unitPrice
    one.currency = currencyOf(record)
    one.status = status !== null && WOO_NOT_SOLD.test(status) ? "canceled" : status
    return one
  }
}
