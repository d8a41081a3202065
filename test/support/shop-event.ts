import type { ShopEvent } from "../../src/domain/events"

/** A purchase of 2 × 10 eur by nobody in particular; name what matters. */
export function shopEvent(overrides: Partial<ShopEvent> = {}): ShopEvent {
  const day = overrides.day ?? "2026-03-02"
  return {
    eventId: "order_1:line_1",
    day,
    name: "purchase",
    occurredAt: new Date(`${day}T12:00:00Z`),
    source: "medusa",
    customerId: null,
    visitorId: null,
    sessionId: null,
    productId: "prod_1",
    variantId: "variant_1",
    sku: "SKU-1",
    locationId: "sloc_1",
    salesChannelId: "sc_1",
    regionId: null,
    orderId: "order_1",
    cartId: null,
    quantity: 2,
    unitPrice: 10,
    currencyCode: "eur",
    searchTerm: null,
    properties: null,
    ...overrides,
  }
}
