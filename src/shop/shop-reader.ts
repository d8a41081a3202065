/** How far a walk over changed rows has come: everything before `updatedAt` is done, and of its millisecond everything up to `lastId`. */
export interface ChangeCursor {
  updatedAt: Date
  lastId: string
}

/** Rows changed since a cursor, oldest change first. */
export interface ChangePage<Row> {
  rows: Row[]
  /** Where the next page begins; the cursor given when there was nothing. */
  cursor: ChangeCursor | null
  more: boolean
}

/** Rows of a walk by id. */
export interface IdPage<Row> {
  rows: Row[]
  /** `null` after the last page. */
  next: string | null
}

export interface ShopOrderLine {
  lineItemId: string
  /** `null` for lines that were typed in by hand. */
  variantId: string | null
  productId: string | null
  sku: string | null
  quantity: number
  /** Paid per unit after the line's discounts, in the order's currency; `null` where the shop has none. */
  unitPrice: number | null
  isGiftCard: boolean
  /** Reservation's, else fulfilment's, else the sales channel's, else the store's default. */
  locationId: string | null
}

export interface ShopOrder {
  id: string
  /** Not placed yet: says nothing about demand. */
  isDraft: boolean
  isCanceled: boolean
  placedAt: Date
  updatedAt: Date
  customerId: string | null
  email: string | null
  /** Lower-case ISO 4217. */
  currencyCode: string
  salesChannelId: string | null
  lines: ShopOrderLine[]
}

export interface ShopReturn {
  id: string
  orderId: string
  isCanceled: boolean
  /** When goods last came back; `null` while they are on their way. */
  receivedAt: Date | null
  updatedAt: Date
  locationId: string | null
  lines: { lineItemId: string; receivedQuantity: number }[]
}

/** Stock of an inventory item at a location, units. */
export interface ShopStockLevel {
  id: string
  inventoryItemId: string
  locationId: string
  stocked: number
  reserved: number
  /** Kept by hand in Medusa, without a date. */
  incoming: number
  /** The level's metadata says `foresight_assumed_stock: true`: nobody counted it, as with the opening stock of an imported history. */
  isAssumed: boolean
  updatedAt: Date
}

/** A way in which a variant uses an inventory item. */
export interface ShopItemUse {
  inventoryItemId: string
  variantId: string
  /** Units of the item in one unit of the variant; several items, or more than one unit, make a kit. */
  requiredQuantity: number
}

export interface ShopInventoryItem {
  id: string
  sku: string | null
  title: string | null
  thumbnail: string | null
  /** Variants made of it, deleted ones left out. */
  uses: ShopItemUse[]
}

export interface ShopVariant {
  id: string
  productId: string
  sku: string | null
  title: string
  productTitle: string
  thumbnail: string | null
  isPublished: boolean
  isGiftCard: boolean
  /** The first category by id; `null` where the product has none. */
  categoryId: string | null
  createdAt: Date
  manageInventory: boolean
  allowBackorder: boolean
  items: ShopItemUse[]
}

export interface ShopLocation {
  id: string
  name: string
}

export interface ShopSalesChannel {
  id: string
  name: string
  locationIds: string[]
}

/** What the whole shop shares. */
export interface ShopFrame {
  locations: ShopLocation[]
  salesChannels: ShopSalesChannel[]
  defaultLocationId: string | null
  defaultSalesChannelId: string | null
}

/** What Foresight asks of the shop. Reads only; every answer is plain data. */
export interface ShopReader {
  frame(): Promise<ShopFrame>
  /** `null` when there is no such order. */
  order(id: string): Promise<ShopOrder | null>
  ordersChangedSince(cursor: ChangeCursor | null, limit: number): Promise<ChangePage<ShopOrder>>
  returnsChangedSince(cursor: ChangeCursor | null, limit: number): Promise<ChangePage<ShopReturn>>
  /** All returns of these orders, whatever their state. */
  returnsOf(orderIds: readonly string[]): Promise<ShopReturn[]>
  levelsChangedSince(cursor: ChangeCursor | null, limit: number): Promise<ChangePage<ShopStockLevel>>
  /** All stock levels by id. */
  levelsPage(after: string | null, limit: number): Promise<IdPage<ShopStockLevel>>
  levelsOf(inventoryItemIds: readonly string[]): Promise<ShopStockLevel[]>
  /** The level behind an `inventory-level.*` event; `null` when it is gone. */
  level(id: string): Promise<ShopStockLevel | null>
  /** Item and location of a reservation; `null` when it is gone. */
  reservation(id: string): Promise<{ inventoryItemId: string; locationId: string } | null>
  /** All inventory items by id. */
  inventoryItemsPage(after: string | null, limit: number): Promise<IdPage<ShopInventoryItem>>
  inventoryItemsOf(inventoryItemIds: readonly string[]): Promise<ShopInventoryItem[]>
  /** All variants that are not deleted, by id. */
  variantsPage(after: string | null, limit: number): Promise<IdPage<ShopVariant>>
  variantsOf(variantIds: readonly string[]): Promise<ShopVariant[]>
  variantsBySku(skus: readonly string[]): Promise<{ sku: string; variantId: string; productId: string }[]>
  productsByHandle(handles: readonly string[]): Promise<{ handle: string; productId: string }[]>
  /** By customer id or, without regard to case, by email; of several customers with one email the registered one. */
  customersByRef(refs: readonly string[]): Promise<{ ref: string; customerId: string }[]>
  /** Those of the customers that the shop still has; deleted ones are gone. */
  existingCustomers(ids: readonly string[]): Promise<string[]>
}
