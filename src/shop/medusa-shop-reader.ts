import type { ChangeQuery } from "./read-changes"
import { readChanges } from "./read-changes"
import type { ShopFrame, ShopInventoryItem, ShopItemUse, ShopOrder, ShopOrderLine, ShopReader, ShopReturn, ShopStockLevel, ShopVariant } from "./shop-reader"

/** The part of Medusa's `query` that is used. */
export interface GraphQuery {
  graph(
    request: { entity: string; fields: string[]; filters?: Record<string, unknown>; pagination?: { take?: number; skip?: number; order?: Record<string, "ASC" | "DESC"> } },
    options?: { throwIfKeyNotFound?: boolean }
  ): Promise<{ data: unknown[] }>
}

type Value = number | string | { numeric?: number; value?: string | number } | null | undefined
type Instant = Date | string

interface OrderRow {
  id: string
  status: string
  is_draft_order: boolean
  created_at: Instant
  updated_at: Instant
  canceled_at: Instant | null
  customer_id: string | null
  email: string | null
  currency_code: string
  sales_channel_id: string | null
  items?: (OrderLineRow | null)[]
  fulfillments?: ({ location_id: string | null; canceled_at: Instant | null; items?: { line_item_id: string | null }[] } | null)[]
}
interface OrderLineRow {
  id: string
  variant_id: string | null
  product_id: string | null
  variant_sku: string | null
  quantity?: Value
  detail?: { quantity?: Value }
  unit_price: Value
  is_giftcard: boolean
  adjustments?: { amount: Value }[]
}
interface ReturnRow {
  id: string
  order_id: string
  canceled_at: Instant | null
  received_at: Instant | null
  updated_at: Instant
  status: string
  location_id: string | null
  items?: { item_id: string; received_quantity: Value }[]
}
interface LevelRow {
  id: string
  inventory_item_id: string
  location_id: string
  stocked_quantity: Value
  reserved_quantity: Value
  incoming_quantity: Value
  metadata: Record<string, unknown> | null
  updated_at: Instant
}
interface ItemRow {
  id: string
  sku: string | null
  title: string | null
  thumbnail: string | null
}
interface UseRow {
  variant_id: string
  inventory_item_id: string
  required_quantity: Value
}
interface VariantRow {
  id: string
  title: string | null
  sku: string | null
  created_at: Instant
  manage_inventory: boolean
  allow_backorder: boolean
  inventory_items?: (UseRow | null)[]
  product?: { id: string; title: string; thumbnail: string | null; status: string; is_giftcard: boolean; categories?: { id: string }[] } | null
}

const ORDER_FIELDS = [
  "id",
  "status",
  "is_draft_order",
  "created_at",
  "updated_at",
  "canceled_at",
  "customer_id",
  "email",
  "currency_code",
  "sales_channel_id",
  "items.*", // a bare "items.quantity" comes back empty
  "items.adjustments.amount",
  "fulfillments.location_id",
  "fulfillments.canceled_at",
  "fulfillments.items.line_item_id",
]
const RETURN_FIELDS = ["id", "order_id", "status", "canceled_at", "received_at", "updated_at", "location_id", "items.item_id", "items.received_quantity"]
const LEVEL_FIELDS = ["id", "inventory_item_id", "location_id", "stocked_quantity", "reserved_quantity", "incoming_quantity", "metadata", "updated_at"]
const ITEM_FIELDS = ["id", "sku", "title", "thumbnail"]
const VARIANT_FIELDS = [
  "id",
  "title",
  "sku",
  "created_at",
  "manage_inventory",
  "allow_backorder",
  "inventory_items.inventory_item_id",
  "inventory_items.required_quantity",
  "product.id",
  "product.title",
  "product.thumbnail",
  "product.status",
  "product.is_giftcard",
  "product.categories.id",
]

const RETURNS_AT_ONCE = 200

/** Medusa's big numbers come as numbers, strings or objects. */
function toNumber(value: Value): number {
  if (typeof value === "object" && value !== null) return Number(value.numeric ?? value.value ?? 0)
  return Number(value ?? 0)
}

const toDate = (instant: Instant) => new Date(instant)

/** Reads the shop by Medusa's `query.graph`, never by SQL on its tables. Works in the web process and in the worker alike. */
export class MedusaShopReader implements ShopReader {
  constructor(private readonly query: GraphQuery) {}

  private async read<Row>(entity: string, fields: string[], filters: Record<string, unknown>, pagination?: { take?: number; order?: Record<string, "ASC" | "DESC"> }): Promise<Row[]> {
    const { data } = await this.query.graph({ entity, fields, filters, ...(pagination && { pagination }) })
    return data as Row[]
  }

  private byIds<Row>(entity: string, fields: string[], name: string, values: readonly string[]): Promise<Row[]> {
    return values.length === 0 ? Promise.resolve([]) : this.read<Row>(entity, fields, { [name]: [...new Set(values)] })
  }

  async frame(): Promise<ShopFrame> {
    const [stores, locations, channels] = await Promise.all([
      this.read<{ default_location_id: string | null; default_sales_channel_id: string | null }>("store", ["id", "default_location_id", "default_sales_channel_id"], {}),
      this.read<{ id: string; name: string }>("stock_location", ["id", "name", "created_at"], {}, { order: { created_at: "ASC" } }),
      this.read<{ id: string; name: string; stock_locations?: ({ id: string } | null)[] }>("sales_channel", ["id", "name", "created_at", "stock_locations.id"], {}, { order: { created_at: "ASC" } }),
    ])
    const salesChannels = channels.map(({ id, name, stock_locations }) => ({ id, name, locationIds: (stock_locations ?? []).flatMap((one) => (one ? [one.id] : [])) }))
    return {
      locations: locations.map(({ id, name }) => ({ id, name })),
      salesChannels,
      defaultLocationId: stores[0]?.default_location_id ?? locations[0]?.id ?? null,
      defaultSalesChannelId: stores[0]?.default_sales_channel_id ?? salesChannels[0]?.id ?? null,
    }
  }

  async order(id: string): Promise<ShopOrder | null> {
    return (await this.toOrders(await this.read<OrderRow>("order", ORDER_FIELDS, { id })))[0] ?? null
  }

  async ordersChangedSince(...[cursor, limit]: Parameters<ShopReader["ordersChangedSince"]>) {
    const page = await readChanges((query) => this.changes<OrderRow>("order", ORDER_FIELDS, query), cursor, limit)
    return { ...page, rows: await this.toOrders(page.rows) }
  }

  async returnsChangedSince(...[cursor, limit]: Parameters<ShopReader["returnsChangedSince"]>) {
    const page = await readChanges((query) => this.changes<ReturnRow>("return", RETURN_FIELDS, query), cursor, limit)
    return { ...page, rows: page.rows.map(toReturn) }
  }

  async returnsOf(orderIds: readonly string[]): Promise<ShopReturn[]> {
    const found: ReturnRow[] = []
    // in pages: without a limit Medusa joins each return with all lines and shipping methods of its order
    for (let page: ReturnRow[] | null = null; orderIds.length > 0 && (!page || page.length === RETURNS_AT_ONCE); found.push(...page)) {
      page = await this.read<ReturnRow>("return", RETURN_FIELDS, { order_id: [...orderIds], id: { $gt: found.at(-1)?.id ?? "" } }, { take: RETURNS_AT_ONCE, order: { id: "ASC" } })
    }
    return found.map(toReturn)
  }

  async levelsChangedSince(...[cursor, limit]: Parameters<ShopReader["levelsChangedSince"]>) {
    const page = await readChanges((query) => this.changes<LevelRow>("inventory_level", LEVEL_FIELDS, query), cursor, limit)
    return { ...page, rows: page.rows.map(toLevel) }
  }

  private async changes<Row extends { updated_at: Instant }>(entity: string, fields: string[], { filters, order, take }: ChangeQuery) {
    const rows = await this.read<Row>(entity, fields, { ...filters }, { take, order })
    return rows.map((row) => ({ ...row, updatedAt: toDate(row.updated_at) })) as (Row & { id: string; updatedAt: Date })[]
  }

  async levelsPage(after: string | null, limit: number) {
    const rows = await this.read<LevelRow>("inventory_level", LEVEL_FIELDS, after ? { id: { $gt: after } } : {}, { take: limit, order: { id: "ASC" } })
    return { rows: rows.map(toLevel), next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null }
  }

  async levelsOf(inventoryItemIds: readonly string[]): Promise<ShopStockLevel[]> {
    return (await this.byIds<LevelRow>("inventory_level", LEVEL_FIELDS, "inventory_item_id", inventoryItemIds)).map(toLevel)
  }

  async level(id: string): Promise<ShopStockLevel | null> {
    const [row] = await this.byIds<LevelRow>("inventory_level", LEVEL_FIELDS, "id", [id])
    return row ? toLevel(row) : null
  }

  async reservation(id: string) {
    const [row] = await this.byIds<{ inventory_item_id: string; location_id: string }>("reservation", ["id", "inventory_item_id", "location_id"], "id", [id])
    return row ? { inventoryItemId: row.inventory_item_id, locationId: row.location_id } : null
  }

  async inventoryItemsPage(after: string | null, limit: number) {
    const rows = await this.read<ItemRow>("inventory_item", ITEM_FIELDS, after ? { id: { $gt: after } } : {}, { take: limit, order: { id: "ASC" } })
    return { rows: await this.withUses(rows), next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null }
  }

  async inventoryItemsOf(inventoryItemIds: readonly string[]): Promise<ShopInventoryItem[]> {
    return this.withUses(await this.byIds<ItemRow>("inventory_item", ITEM_FIELDS, "id", inventoryItemIds))
  }

  private async withUses(rows: readonly ItemRow[]): Promise<ShopInventoryItem[]> {
    const fields = ["variant_id", "inventory_item_id", "required_quantity"]
    const links = await this.byIds<UseRow>("product_variant_inventory_item", fields, "inventory_item_id", rows.map(({ id }) => id))
    const uses = links.map(toUse)
    return rows.map(({ id, sku, title, thumbnail }) => ({ id, sku, title, thumbnail, uses: uses.filter(({ inventoryItemId }) => inventoryItemId === id) }))
  }

  async variantsPage(after: string | null, limit: number) {
    const rows = await this.read<VariantRow>("variant", VARIANT_FIELDS, after ? { id: { $gt: after } } : {}, { take: limit, order: { id: "ASC" } })
    return { rows: rows.flatMap(toVariant), next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null }
  }

  async variantsOf(variantIds: readonly string[]): Promise<ShopVariant[]> {
    return (await this.byIds<VariantRow>("variant", VARIANT_FIELDS, "id", variantIds)).flatMap(toVariant)
  }

  async variantsBySku(skus: readonly string[]) {
    const rows = await this.byIds<{ id: string; sku: string; product_id: string }>("variant", ["id", "sku", "product_id"], "sku", skus)
    return rows.map(({ sku, id, product_id }) => ({ sku, variantId: id, productId: product_id }))
  }

  async productsByHandle(handles: readonly string[]) {
    const rows = await this.byIds<{ id: string; handle: string }>("product", ["id", "handle"], "handle", handles)
    return rows.map(({ id, handle }) => ({ handle, productId: id }))
  }

  async customersByRef(refs: readonly string[]) {
    const fields = ["id", "email", "has_account"]
    type Row = { id: string; email: string | null; has_account: boolean }
    const emails = new Map<string, string[]>()
    for (const ref of refs) if (ref.includes("@")) emails.set(ref.toLowerCase(), [...(emails.get(ref.toLowerCase()) ?? []), ref])
    const byId = await this.byIds<Row>("customer", fields, "id", refs.filter((ref) => !ref.includes("@")))
    const byEmail = await this.byIds<Row>("customer", fields, "email", [...emails.keys(), ...[...emails.values()].flat()])
    const found = new Map(byId.map(({ id }) => [id, { ref: id, customerId: id }]))
    for (const row of byEmail.sort((one, two) => Number(one.has_account) - Number(two.has_account))) {
      // registered customers come last and win
      for (const ref of emails.get(row.email?.toLowerCase() ?? "") ?? []) found.set(ref, { ref, customerId: row.id })
    }
    return [...found.values()]
  }

  async existingCustomers(ids: readonly string[]) {
    if (ids.length === 0) return []
    // named, so that no default of a page can ever make a customer look deleted
    const rows = await this.read<{ id: string }>("customer", ["id"], { id: [...ids] }, { take: ids.length })
    return rows.map(({ id }) => id)
  }

  private async toOrders(rows: readonly OrderRow[]): Promise<ShopOrder[]> {
    if (rows.length === 0) return []
    const lineIds = rows.flatMap((row) => lines(row).map(({ id }) => id))
    const [frame, reservations] = await Promise.all([
      this.frame(),
      this.byIds<{ line_item_id: string | null; location_id: string }>("reservation", ["id", "line_item_id", "location_id"], "line_item_id", lineIds),
    ])
    const reserved = new Map(reservations.map(({ line_item_id, location_id }) => [line_item_id, location_id]))
    const ofChannel = new Map(frame.salesChannels.map(({ id, locationIds }) => [id, locationIds[0]]))
    return rows.map((row) => {
      const fulfilled = new Map(
        (row.fulfillments ?? []).flatMap((one) => (one && !one.canceled_at && one.location_id ? (one.items ?? []).map(({ line_item_id }) => [line_item_id, one.location_id] as const) : []))
      )
      const fallback = (row.sales_channel_id ? ofChannel.get(row.sales_channel_id) : null) ?? frame.defaultLocationId
      return {
        id: row.id,
        isDraft: row.is_draft_order || row.status === "draft",
        isCanceled: row.status === "canceled" || Boolean(row.canceled_at),
        placedAt: toDate(row.created_at),
        updatedAt: toDate(row.updated_at),
        customerId: row.customer_id,
        email: row.email,
        currencyCode: row.currency_code.toLowerCase(),
        salesChannelId: row.sales_channel_id,
        lines: lines(row).map((line) => toLine(line, reserved.get(line.id) ?? fulfilled.get(line.id) ?? fallback)),
      }
    })
  }
}

const lines = (row: OrderRow) => (row.items ?? []).flatMap((line) => (line ? [line] : []))

function toLine(line: OrderLineRow, locationId: string | null): ShopOrderLine {
  const quantity = toNumber(line.quantity ?? line.detail?.quantity)
  const discount = (line.adjustments ?? []).reduce((sum, { amount }) => sum + toNumber(amount), 0)
  const listed = line.unit_price === null || line.unit_price === undefined ? null : toNumber(line.unit_price)
  return {
    lineItemId: line.id,
    variantId: line.variant_id,
    productId: line.product_id,
    sku: line.variant_sku,
    quantity,
    unitPrice: listed === null || quantity <= 0 ? listed : Math.max(0, listed - discount / quantity),
    isGiftCard: Boolean(line.is_giftcard),
    locationId,
  }
}

function toReturn(row: ReturnRow): ShopReturn {
  const lines = (row.items ?? []).map(({ item_id, received_quantity }) => ({ lineItemId: item_id, receivedQuantity: toNumber(received_quantity) }))
  const received = lines.some(({ receivedQuantity }) => receivedQuantity > 0)
  return {
    id: row.id,
    orderId: row.order_id,
    isCanceled: row.status === "canceled" || Boolean(row.canceled_at),
    receivedAt: row.received_at ? toDate(row.received_at) : received ? toDate(row.updated_at) : null,
    updatedAt: toDate(row.updated_at),
    locationId: row.location_id,
    lines,
  }
}

function toLevel(row: LevelRow): ShopStockLevel {
  return {
    id: row.id,
    inventoryItemId: row.inventory_item_id,
    locationId: row.location_id,
    stocked: toNumber(row.stocked_quantity),
    reserved: toNumber(row.reserved_quantity),
    incoming: toNumber(row.incoming_quantity),
    isAssumed: row.metadata?.foresight_assumed_stock === true,
    updatedAt: toDate(row.updated_at),
  }
}

function toUse({ variant_id, inventory_item_id, required_quantity }: UseRow): ShopItemUse {
  return { variantId: variant_id, inventoryItemId: inventory_item_id, requiredQuantity: toNumber(required_quantity) }
}

function toVariant(row: VariantRow): ShopVariant[] {
  const { product } = row
  if (!product) return []
  return [
    {
      id: row.id,
      productId: product.id,
      sku: row.sku,
      title: row.title ?? product.title,
      productTitle: product.title,
      thumbnail: product.thumbnail,
      isPublished: product.status === "published",
      isGiftCard: product.is_giftcard,
      categoryId: (product.categories ?? []).map(({ id }) => id).sort()[0] ?? null,
      createdAt: toDate(row.created_at),
      manageInventory: row.manage_inventory,
      allowBackorder: row.allow_backorder,
      items: (row.inventory_items ?? []).flatMap((use) => (use ? [toUse({ ...use, variant_id: row.id })] : [])),
    },
  ]
}
