import { detectImportFormat } from "../../../../src/domain/imports/import-formats"
import type { ImportContext } from "../../../../src/domain/imports/field-readers"
import { createLineParser } from "../../../../src/domain/imports/parse-line"
import { createZoneClock } from "../../../../src/domain/imports/zone-clock"

const contextOf = (header: string): ImportContext => ({ header: detectImportFormat(header.split(",")), clock: createZoneClock("Europe/Berlin"), notAfter: Date.UTC(2026, 10, 22) })
const orders = contextOf("order_id,ordered_at,email,sku,quantity,unit_price,currency,discount,status")
const retail = contextOf("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country")
const events = contextOf("event_id,name,timestamp,visitor_id,email,sku,product_handle,quantity,search_term")
const parseLine = (record: readonly string[], line: number, context: ImportContext) => createLineParser(context)(record, line)
const good = ["o1", "2026-05-31 23:30:00", "Ann@Example.com", "SKU-1", "4", "2.50", "EUR", "1", "Completed"]
const bad = (index: number, value: string) => parseLine(good.with(index, value), 7, orders)

describe("parseLine() on orders", () => {
  it("reads a line: day in the shop's zone, price after discount, email and codes in lower case", () => {
    expect(parseLine(good, 7, orders)).toEqual({
      ok: expect.objectContaining({
        line: 7,
        kind: "purchase",
        orderId: "o1",
        occurredAt: new Date("2026-05-31T21:30:00Z"),
        day: "2026-05-31",
        customerRef: "ann@example.com",
        sku: "SKU-1",
        quantity: 4,
        unitPrice: 2.25, // 2.50 − 1 / 4
        listPrice: 2.5,
        currency: "eur",
        status: "completed",
      }),
    })
  })
  it("takes a negative quantity as a refund of so many units", () => {
    expect(bad(4, "-4")).toEqual({ ok: expect.objectContaining({ kind: "refund", quantity: 4 }) })
  })
  it.each([
    [0, "order_id", "", "expected an id"],
    [1, "ordered_at", "2026-02-30", "expected a real date"],
    [1, "ordered_at", "", "expected a date"],
    [1, "ordered_at", "2026-11-23", "not in the future"],
    [3, "sku", "  ", "expected an id"],
    [3, "sku", "x".repeat(257), "at most 256"],
    [4, "quantity", "four", "expected a number"],
    [5, "unit_price", "2,50", "decimal dot"],
    [6, "currency", "euro", "ISO 4217"],
    [7, "discount", "10.5", "between 0 and quantity × unit_price = 10"],
    [3, "sku", "caf\ufffd", "save the file as UTF-8"],
    [3, "sku", "a\0b", "save the file as UTF-8"],
  ])("refuses column %d (%s) %j", (index, column, value, message) => {
    expect(bad(index, value)).toEqual({ refused: { line: 7, column, value: value.trim().slice(0, 100), message: expect.stringContaining(message) } })
  })
  it("refuses a line with too few columns", () => {
    expect(parseLine(["o1", "x"], 9, orders)).toEqual({ refused: { line: 9, column: null, value: "o1,x", message: "expected 9 columns, found 2" } })
  })
  it("keeps a line without a customer", () => expect(bad(2, "")).toEqual({ ok: expect.objectContaining({ customerRef: null }) }))
})

describe("parseLine() on Online Retail", () => {
  const row = (invoice: string, quantity: string, price: string) => parseLine([invoice, "85123A", "HOLDER", quantity, "2010-12-01 08:26:00", price, "17850", "United Kingdom"], 2, retail)
  it("reads a sale", () =>
    expect(row("536365", "6", "2.55")).toEqual({
      ok: expect.objectContaining({ kind: "purchase", quantity: 6, unitPrice: 2.55, currency: "gbp", customerRef: "17850", day: "2010-12-01", description: "HOLDER" }),
    }))
  it("takes 85123a and 85123A for one product", () => {
    const read = parseLine(["536365", "85123a", "HOLDER", "6", "2010-12-01 08:26:00", "2.55", "17850", "United Kingdom"], 2, retail)
    expect(read).toEqual({ ok: expect.objectContaining({ sku: "85123A" }) })
  })
  it("reads a C invoice as a refund, and a stock correction at price 0 as no sale", () => {
    expect(row("C536379", "-1", "2.55")).toEqual({ ok: expect.objectContaining({ kind: "refund", quantity: 1 }) })
    expect(row("536589", "-10", "0")).toEqual({ ok: expect.objectContaining({ kind: "purchase", quantity: -10 }) })
  })
})

describe("parseLine() on events", () => {
  const view = ["e1", "view_item", "2026-05-01T10:00:00Z", "v1", "", "", "harbour-mug", "", ""]
  it("reads a view by handle", () =>
    expect(parseLine(view, 2, events)).toEqual({ ok: expect.objectContaining({ kind: "view_item", eventId: "e1", visitorId: "v1", productHandle: "harbour-mug", orderId: null }) }))
  it.each([
    [1, "purchase", "name"],
    [1, "looked", "name"],
    [1, "search", "search_term"],
    [3, "", "visitor_id"],
    [6, "", "sku"],
    [7, "0", "quantity"],
  ])("refuses field %d as %j", (index, value, column) => expect(parseLine(view.with(index, value), 2, events)).toEqual({ refused: expect.objectContaining({ column }) }))
})
