import { refuse, type FieldReaders } from "./field-readers"
import { blankLine, type ImportLine } from "./import-line"

type ReadRecord = (record: readonly string[], line: number) => ImportLine

/** Our own orders format: one row an order line. */
export function ordersReader(fields: FieldReaders): ReadRecord {
  const [orderId, sku, moment, customer] = [fields.id("order_id"), fields.id("sku"), fields.moment("ordered_at"), fields.customer("customer_id", "email")]
  const [quantityOf, priceOf, discountOf, currencyOf] = [fields.number("quantity"), fields.number("unit_price"), fields.decimal("discount"), fields.currency("currency")]
  const [location, salesChannel, status] = [fields.name("location"), fields.name("sales_channel"), fields.name("status")]
  return (record, line) => {
    const quantity = quantityOf(record)
    const listPrice = priceOf(record)
    const discount = discountOf(record) ?? 0
    const full = Math.abs(quantity) * listPrice
    // Half a cent of grace for totals that were rounded.
    if (discount < 0 || (discount > 0 && discount > full + 0.005)) {
      refuse("discount", String(discount), `expected the line's discount, between 0 and quantity × unit_price = ${full}`)
    }
    const refund = quantity < 0 && listPrice > 0
    const one = blankLine(line, refund ? "refund" : "purchase", moment(record))
    one.orderId = orderId(record)
    one.customerRef = customer(record)
    one.sku = sku(record)
    one.quantity = refund ? -quantity : quantity
    one.unitPrice = quantity === 0 ? listPrice : Math.max(0, listPrice - discount / Math.abs(quantity))
    one.listPrice = listPrice
    one.currency = currencyOf(record) ?? refuse("currency", "", "expected an ISO 4217 code such as EUR")
    one.location = location(record)
    one.salesChannel = salesChannel(record)
    one.status = status(record)?.toLowerCase() ?? null
    return one
  }
}

/** UCI Online Retail, both editions; it has no currency column: the shop sold in pounds. */
export function onlineRetailReader(fields: FieldReaders): ReadRecord {
  const [invoice, code, moment, customer] = [fields.id("InvoiceNo"), fields.id("StockCode"), fields.moment("InvoiceDate"), fields.name("CustomerID")]
  const [quantityOf, priceOf, description] = [fields.number("Quantity"), fields.number("UnitPrice"), fields.text("Description")]
  return (record, line) => {
    const orderId = invoice(record)
    const quantity = quantityOf(record)
    const unitPrice = priceOf(record)
    // Negative lines at price 0 are stock corrections, not returns: they stay purchases and are excluded by their quantity.
    const refund = /^C/i.test(orderId) || (quantity < 0 && unitPrice > 0)
    const one = blankLine(line, refund ? "refund" : "purchase", moment(record))
    one.orderId = orderId
    one.customerRef = customer(record)
    // The file writes some codes both ways (85123A, 85123a) for one product.
    one.sku = code(record).toUpperCase()
    one.quantity = refund ? Math.abs(quantity) : quantity
    one.unitPrice = unitPrice
    one.listPrice = unitPrice
    one.currency = "gbp"
    one.description = description(record)
    return one
  }
}
