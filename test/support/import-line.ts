import type { ImportLine } from "../../src/domain/imports/import-line"

/** A sale of two units of A1; tests change what they are about. */
export function importLine(change: Partial<ImportLine>): ImportLine {
  return {
    line: 2,
    kind: "purchase",
    orderId: "o1",
    eventId: null,
    occurredAt: new Date("2026-05-01T10:00:00Z"),
    day: "2026-05-01",
    customerRef: "ann@example.com",
    sku: "A1",
    productHandle: null,
    quantity: 2,
    unitPrice: 5,
    listPrice: 5,
    currency: "eur",
    location: null,
    salesChannel: null,
    status: null,
    description: null,
    visitorId: null,
    sessionId: null,
    searchTerm: null,
    ...change,
  }
}
