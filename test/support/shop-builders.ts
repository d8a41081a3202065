import type { ShopOrder, ShopOrderLine, ShopReader, ShopReturn, ShopStockLevel, ShopVariant } from "../../src/shop/shop-reader"

export const orderLine = (own: Partial<ShopOrderLine> = {}): ShopOrderLine => ({
  lineItemId: "ordli_1",
  variantId: "variant_1",
  productId: "prod_1",
  sku: "CUP",
  quantity: 2,
  unitPrice: 10,
  isGiftCard: false,
  locationId: "sloc_1",
  ...own,
})

export const order = (own: Partial<ShopOrder> = {}): ShopOrder => ({
  id: "order_1",
  isDraft: false,
  isCanceled: false,
  placedAt: new Date("2026-03-01T23:30:00Z"),
  updatedAt: new Date("2026-03-01T23:30:00Z"),
  customerId: "cus_1",
  email: "ada@example.com",
  currencyCode: "eur",
  salesChannelId: "sc_1",
  lines: [orderLine()],
  ...own,
})

export const returned = (own: Partial<ShopReturn> = {}): ShopReturn => ({
  id: "return_1",
  orderId: "order_1",
  isCanceled: false,
  receivedAt: new Date("2026-03-10T12:00:00Z"),
  updatedAt: new Date("2026-03-10T12:00:00Z"),
  locationId: null,
  lines: [{ lineItemId: "ordli_1", receivedQuantity: 1 }],
  ...own,
})

export const level = (own: Partial<ShopStockLevel> = {}): ShopStockLevel => ({
  id: "ilev_1",
  inventoryItemId: "iitem_1",
  locationId: "sloc_1",
  stocked: 50,
  reserved: 2,
  incoming: 3,
  isAssumed: false,
  updatedAt: new Date("2026-03-01T00:00:00Z"),
  ...own,
})

export const variant = (own: Partial<ShopVariant> = {}): ShopVariant => ({
  id: "variant_1",
  productId: "prod_1",
  sku: "CUP",
  title: "Small",
  productTitle: "Cup",
  thumbnail: null,
  isPublished: true,
  isGiftCard: false,
  categoryId: "pcat_1",
  createdAt: new Date("2025-01-01T00:00:00Z"),
  manageInventory: true,
  allowBackorder: false,
  items: [{ inventoryItemId: "iitem_1", variantId: "variant_1", requiredQuantity: 1 }],
  ...own,
})

/** A shop that is empty but for what a test gives. */
export const shopReader = (own: Partial<ShopReader> = {}): ShopReader => ({
  frame: async () => ({ locations: [{ id: "sloc_1", name: "Main" }], salesChannels: [{ id: "sc_1", name: "Web", locationIds: ["sloc_1"] }], defaultLocationId: "sloc_1", defaultSalesChannelId: "sc_1" }),
  order: async () => null,
  ordersChangedSince: async (cursor) => ({ rows: [], cursor, more: false }),
  returnsChangedSince: async (cursor) => ({ rows: [], cursor, more: false }),
  returnsOf: async () => [],
  levelsChangedSince: async (cursor) => ({ rows: [], cursor, more: false }),
  levelsPage: async () => ({ rows: [], next: null }),
  levelsOf: async () => [],
  level: async () => null,
  reservation: async () => null,
  inventoryItemsPage: async () => ({ rows: [], next: null }),
  inventoryItemsOf: async () => [],
  variantsPage: async () => ({ rows: [], next: null }),
  variantsOf: async () => [],
  variantsBySku: async () => [],
  productsByHandle: async () => [],
  customersByRef: async () => [],
  existingCustomers: async (ids) => [...ids],
  ...own,
})
