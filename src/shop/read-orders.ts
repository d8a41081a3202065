import { type GraphReader, type Instant, toDate, toNumber, type Value } from "./graph-reader"
import type { ShopFrame, ShopOrder, ShopOrderLine, ShopReader, ShopReturn } from "./shop-reader"

type OrderReader = Pick<ShopReader, "orders" | "changesOf" | "ordersSince" | "returnsOf" | "orderOfPayment">

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
  region_id?: string | null
  cart?: { id: string } | null
  items?: (OrderLineRow | null)[]
  fulfillments?: (FulfillmentRow | null)[]
  transactions?: ({ id: string; amount: Value; reference: string | null; created_at: Instant } | null)[]
}
interface OrderLineRow {
  id: string
  variant_id: string | null
  product_id: string | null
  variant_sku: string | null
  quantity?: Value
  detail?: { quantity?: Value; return_received_quantity?: Value; return_dismissed_quantity?: Value }
  unit_price: Value
  is_giftcard: boolean
  adjustments?: { amount: Value }[]
}
interface FulfillmentRow {
  id?: string
  location_id: string | null
  canceled_at: Instant | null
  created_at: Instant
  packed_at?: Instant | null
  shipped_at?: Instant | null
  items?: { line_item_id: string | null }[]
}
interface ReturnRow {
  id: string
  order_id: string
  canceled_at: Instant | null
  received_at: Instant | null
  updated_at: Instant
  status: string
  location_id: string | null
  claim_id?: string | null
  exchange_id?: string | null
  items?: { item_id: string; received_quantity: Value }[]
}
/** A claim or an exchange, with what it sent the customer. */
interface SwapRow {
  id: string
  order_id: string
  created_at: Instant
  canceled_at: Instant | null
  additional_items?: ({ item_id: string; is_additional_item?: boolean } | null)[]
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
  "region_id",
  "cart.id",
  "items.*", // a bare "items.quantity" comes back empty
  "items.detail.*",
  "items.adjustments.amount",
  "transactions.*",
  "fulfillments.id",
  "fulfillments.location_id",
  "fulfillments.created_at",
  "fulfillments.packed_at",
  "fulfillments.shipped_at",
  "fulfillments.canceled_at",
  "fulfillments.items.line_item_id",
]
const RETURN_FIELDS = ["id", "order_id", "status", "canceled_at", "received_at", "updated_at", "location_id", "claim_id", "exchange_id", "items.item_id", "items.received_quantity"]
const SWAP_FIELDS = ["id", "order_id", "created_at", "canceled_at", "additional_items.item_id"]
const ENTITIES = { orders: "order", returns: "return", claims: "order_claim", exchanges: "order_exchange" } as const

const RETURNS_AT_ONCE = 200

/** Orders, what became of them, and what changed since a walk. */
export const orderReader = (graph: GraphReader, frame: () => Promise<ShopFrame>): OrderReader => ({
  async orders(ids) {
    const rows = await graph.byIds<OrderRow>("order", ORDER_FIELDS, "id", ids)
    if (rows.length === 0) return []
    const [shop, reservations, claims, exchanges] = await Promise.all([
      frame(),
      graph.byIds<{ id: string; line_item_id: string | null; location_id: string }>("reservation", ["id", "line_item_id", "location_id"], "line_item_id", rows.flatMap((row) => lines(row).map(({ id }) => id))),
      graph.byIds<SwapRow>("order_claim", [...SWAP_FIELDS, "additional_items.is_additional_item"], "order_id", ids),
      graph.byIds<SwapRow>("order_exchange", SWAP_FIELDS, "order_id", ids),
    ])
    // of several reservations of a line always the same one
    const reserved = new Map(reservations.sort((one, two) => (one.id < two.id ? 1 : -1)).map(({ line_item_id, location_id }) => [line_item_id, location_id]))
    const ofChannel = new Map(shop.salesChannels.map(({ id, locationIds }) => [id, locationIds[0]]))
    const added = new Map([...sentBy("claim", claims), ...sentBy("exchange", exchanges)])
    return rows.map((row) => toOrder(row, { reserved, added, fallback: (row.sales_channel_id ? ofChannel.get(row.sales_channel_id) : null) ?? shop.defaultLocationId }))
  },

  async changesOf(kind, cursor, limit) {
    const page = await graph.changes<{ id: string; order_id?: string; updated_at: Instant }>(ENTITIES[kind], kind === "orders" ? ["id", "updated_at"] : ["id", "order_id", "updated_at"], cursor, limit)
    return { ...page, rows: page.rows.map(({ id, order_id }) => ({ id, orderId: order_id ?? id })) }
  },

  ordersSince: (since) => graph.countSince("order", since),

  async returnsOf(orderIds) {
    const found: ReturnRow[] = []
    // in pages: without a limit Medusa joins each return with all lines and shipping methods of its order
    for (let page: ReturnRow[] | null = null; orderIds.length > 0 && (!page || page.length === RETURNS_AT_ONCE); found.push(...page)) {
      page = await graph.read<ReturnRow>("return", RETURN_FIELDS, { order_id: [...orderIds], id: { $gt: found.at(-1)?.id ?? "" } }, { take: RETURNS_AT_ONCE, order: { id: "ASC" } })
    }
    return found.map(toReturn)
  },

  async orderOfPayment(paymentId) {
    const [payment] = await graph.byIds<{ payment_collection?: { order?: { id: string } | null } | null }>("payment", ["id", "payment_collection.order.id"], "id", [paymentId])
    return payment?.payment_collection?.order?.id ?? null
  },
})

const lines = (row: OrderRow) => (row.items ?? []).flatMap((line) => (line ? [line] : []))

/** Line items that a claim or an exchange put into its order. */
const sentBy = (kind: "claim" | "exchange", swaps: readonly SwapRow[]) =>
  swaps.flatMap(({ id, created_at, additional_items }) =>
    (additional_items ?? []).flatMap((item) => (item && item.is_additional_item !== false ? [[item.item_id, { kind, id, at: toDate(created_at) }] as const] : []))
  )

interface LinePlaces {
  reserved: ReadonlyMap<string | null, string>
  added: ReadonlyMap<string, NonNullable<ShopOrderLine["addedBy"]>>
  fallback: string | null
}

function toOrder(row: OrderRow, { reserved, added, fallback }: LinePlaces): ShopOrder {
  const fulfilled = fulfilments(row)
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
    regionId: row.region_id ?? null,
    cartId: row.cart?.id ?? null,
    lines: lines(row).map((line) => {
      const from = fulfilled.get(line.id)
      return toLine(line, { locationId: reserved.get(line.id) ?? from?.locationId ?? fallback, fulfilledAt: from?.at ?? null, addedBy: added.get(line.id) ?? null })
    }),
    refunds: (row.transactions ?? []).flatMap((one) => (one && one.reference === "refund" ? [{ id: one.id, amount: Math.abs(toNumber(one.amount)), at: toDate(one.created_at) }] : [])),
  }
}

/** When and from where each line first left, by line item. */
function fulfilments({ fulfillments }: OrderRow): Map<string, { at: Date; locationId: string | null }> {
  const found = new Map<string, { at: Date; locationId: string | null }>()
  for (const one of fulfillments ?? []) {
    if (!one || one.canceled_at) continue
    const at = toDate(one.shipped_at ?? one.packed_at ?? one.created_at)
    for (const { line_item_id: id } of one.items ?? []) {
      const known = id ? found.get(id) : undefined
      if (id && (!known || at < known.at)) found.set(id, { at, locationId: one.location_id })
    }
  }
  return found
}

function toLine(line: OrderLineRow, place: Pick<ShopOrderLine, "locationId" | "fulfilledAt" | "addedBy">): ShopOrderLine {
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
    returnedQuantity: toNumber(line.detail?.return_received_quantity) + toNumber(line.detail?.return_dismissed_quantity),
    ...place,
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
    claimId: row.claim_id ?? null,
    exchangeId: row.exchange_id ?? null,
    lines,
  }
}
