import type { Price } from "../domain/price"

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
  /** Units that came back, damaged ones too, as the order counts them; 0 where only the returns do. */
  returnedQuantity: number
  /** When its first part left; `null` while nothing has. */
  fulfilledAt: Date | null
  /** The claim or exchange that put it into the order, and when. */
  addedBy: { kind: "claim" | "exchange"; id: string; at: Date } | null
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
  regionId: string | null
  /** The cart it was placed from. */
  cartId: string | null
  lines: ShopOrderLine[]
  /** Money given back, in the order's currency, > 0. */
  refunds: { id: string; amount: number; at: Date }[]
}

export interface ShopReturn {
  id: string
  orderId: string
  isCanceled: boolean
  /** When goods last came back; `null` while they are on their way. */
  receivedAt: Date | null
  updatedAt: Date
  locationId: string | null
  /** Set where goods come back because of a claim or for an exchange. */
  claimId: string | null
  exchangeId: string | null
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
  /** The first of `categoryIds`, by which items are grouped; `null` where the product has none. */
  categoryId: string | null
  /** All categories, by id: a promotion may be for any of them. */
  categoryIds: string[]
  createdAt: Date
  manageInventory: boolean
  allowBackorder: boolean
  items: ShopItemUse[]
}

/** One price of a variant as the shop has it now. */
export interface ShopPrice extends Price {
  id: string
}

/** A promotion with the period of its campaign. */
export interface ShopPromotion {
  id: string
  code: string
  /** `draft`, `active` or `inactive`. */
  status: string
  isAutomatic: boolean
  /** `standard` or `buyget`. */
  type: string
  campaignId: string | null
  campaignName: string | null
  startsAt: Date | null
  endsAt: Date | null
  createdAt: Date
  /** `fixed` (in `currencyCode`) or `percentage`. */
  valueType: string | null
  value: number | null
  currencyCode: string | null
  /** `items`, `order` or `shipping_methods`. */
  targetType: string | null
  /** Which products, categories, collections …; empty: everything. */
  targets: { attribute: string; operator: string; values: string[] }[]
}

export interface ShopCustomer {
  id: string
  email: string | null
  /** False for guests. */
  hasAccount: boolean
}

/** What can change about an order, each with its own `updated_at`. */
export type OrderChangeKind = "orders" | "returns" | "claims" | "exchanges"

export interface ShopLocation {
  id: string
  name: string
}

export interface ShopSalesChannel {
  id: string
  name: string
  locationIds: string[]
}

export interface ShopFrame {
  locations: ShopLocation[]
  salesChannels: ShopSalesChannel[]
  defaultLocationId: string | null
  defaultSalesChannelId: string | null
}

/** What Foresight asks of the shop. Reads only; every answer is plain data. */
export interface ShopReader {
  frame(): Promise<ShopFrame>
  locations(): Promise<ShopLocation[]>
  /** Whole orders; ids that the shop does not know are left out. */
  orders(ids: readonly string[]): Promise<ShopOrder[]>
  /** Which orders changed, or had a return, claim or exchange that changed: ids only, so that one order nobody can read does not hide the others. */
  changesOf(kind: OrderChangeKind, cursor: ChangeCursor | null, limit: number): Promise<ChangePage<{ id: string; orderId: string }>>
  /** How many orders were changed at `since` or later. */
  ordersSince(since: Date): Promise<number>
  /** All returns of these orders, whatever their state. */
  returnsOf(orderIds: readonly string[]): Promise<ShopReturn[]>
  /** The order a payment belongs to; `null` where there is none. */
  orderOfPayment(paymentId: string): Promise<string | null>
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
  /** Variants that were created at `since` or later, by id. */
  variantsCreatedSince(since: Date, after: string | null, limit: number): Promise<IdPage<ShopVariant>>
  variantsOf(variantIds: readonly string[]): Promise<ShopVariant[]>
  variantsOfProduct(productId: string): Promise<ShopVariant[]>
  variantsBySku(skus: readonly string[]): Promise<{ sku: string; variantId: string; productId: string }[]>
  /** By handle, else by the external id of another system; `variantId` where the product has only one. */
  productsByHandle(handles: readonly string[]): Promise<{ handle: string; productId: string; variantId: string | null }[]>
  /** Prices of variants; a change of a price list's period or state alone is not among them. */
  pricesChangedSince(cursor: ChangeCursor | null, limit: number): Promise<ChangePage<ShopPrice>>
  /** Price lists that changed themselves: their period, their state. */
  priceListsChangedSince(cursor: ChangeCursor | null, limit: number): Promise<ChangePage<{ id: string; updatedAt: Date }>>
  /** Prices of variants in these lists by id, as `pricesPage`. */
  pricesOfLists(priceListIds: readonly string[], after: string | null, limit: number): Promise<IdPage<ShopPrice>>
  /** All prices of variants by id. A page may hold fewer rows than `limit` and still have a next one. */
  pricesPage(after: string | null, limit: number): Promise<IdPage<ShopPrice>>
  /** Those of the prices that the shop still has. */
  existingPrices(ids: readonly string[]): Promise<string[]>
  /** Promotions; a change of their campaign alone is not among them. */
  promotionsChangedSince(cursor: ChangeCursor | null, limit: number): Promise<ChangePage<ShopPromotion>>
  /** Campaigns that changed themselves. */
  campaignsChangedSince(cursor: ChangeCursor | null, limit: number): Promise<ChangePage<{ id: string; updatedAt: Date }>>
  /** Promotions of these campaigns by id. */
  promotionsOfCampaigns(campaignIds: readonly string[], after: string | null, limit: number): Promise<IdPage<ShopPromotion>>
  /** All promotions by id. */
  promotionsPage(after: string | null, limit: number): Promise<IdPage<ShopPromotion>>
  existingPromotions(ids: readonly string[]): Promise<string[]>
  /** By customer id or, without regard to case, by email; of several customers with one email the registered one. */
  customersByRef(refs: readonly string[]): Promise<{ ref: string; customerId: string }[]>
  /** Those of the customers that the shop still has; deleted ones are gone. */
  existingCustomers(ids: readonly string[]): Promise<string[]>
  /** Customers with or without an account. */
  customers(ids: readonly string[]): Promise<ShopCustomer[]>
  /** Emails of customers, deleted ones too, as long as the shop keeps their rows. */
  emailsOf(customerIds: readonly string[]): Promise<{ id: string; email: string }[]>
  customersChangedSince(cursor: ChangeCursor | null, limit: number): Promise<ChangePage<ShopCustomer>>
  /** Customers without an account who gave one of these emails, whatever its case. */
  guestsByEmail(emails: readonly string[]): Promise<{ id: string; email: string }[]>
}

/** What is asked of prices and promotions. */
export type OfferReader = Pick<
  ShopReader,
  | "pricesChangedSince"
  | "priceListsChangedSince"
  | "pricesOfLists"
  | "pricesPage"
  | "existingPrices"
  | "promotionsChangedSince"
  | "campaignsChangedSince"
  | "promotionsOfCampaigns"
  | "promotionsPage"
  | "existingPromotions"
>
