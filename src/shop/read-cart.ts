import type { ShopQuery } from "./shop-query"

/** A cart as far as we care: one line a variant. */
export interface ShopCart {
  customerId: string | null
  regionId: string | null
  salesChannelId: string | null
  currencyCode: string | null
  completed: boolean
  lines: { variantId: string; productId: string | null; quantity: number; unitPrice: number | null }[]
}
interface GraphCart {
  customer_id: string | null
  region_id?: string | null
  sales_channel_id: string | null
  currency_code: string | null
  completed_at: string | null
  items?: ({ variant_id: string | null; product_id: string | null; quantity: unknown; unit_price: unknown } | null)[] | null
}

/** Reads a cart; `null` when Medusa does not know the id. Lines without a variant (custom items) are left out. */
export async function readCart(query: ShopQuery, cartId: string): Promise<ShopCart | null> {
  const { data } = await query.graph({
    entity: "cart",
    fields: ["customer_id", "region_id", "sales_channel_id", "currency_code", "completed_at", "items.variant_id", "items.product_id", "items.quantity", "items.unit_price"],
    filters: { id: cartId },
  })
  const cart = (data as unknown as GraphCart[])[0]
  if (!cart) return null
  const lines = new Map<string, ShopCart["lines"][number]>()
  for (const item of cart.items ?? []) {
    if (!item?.variant_id) continue
    const known = lines.get(item.variant_id)
    if (known) known.quantity += Number(item.quantity)
    else lines.set(item.variant_id, { variantId: item.variant_id, productId: item.product_id, quantity: Number(item.quantity), unitPrice: item.unit_price === null ? null : Number(item.unit_price) })
  }
  return {
    customerId: cart.customer_id,
    regionId: cart.region_id ?? null,
    salesChannelId: cart.sales_channel_id,
    currencyCode: cart.currency_code,
    completed: cart.completed_at !== null,
    lines: [...lines.values()],
  }
}
