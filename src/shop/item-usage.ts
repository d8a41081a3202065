import type { ShopQuery } from "./shop-query"
import type { StockPosition } from "../domain/replenishment/types"

/** Why the plugin gives no reorder advice for an item. */
export type NotAdvised = "not_managed" | "gift_card" | "unpublished" | "deleted"

/** A variant that takes `requiredQuantity` units of the item for one unit sold. */
export interface ItemUse {
  variantId: string
  variantTitle: string
  variantSku: string | null
  productId: string
  requiredQuantity: number
  notAdvised: NotAdvised | null
}

/** One inventory item with the variants that use it and its stock, read live. */
export interface ItemUsage {
  inventoryItemId: string
  sku: string | null
  title: string
  uses: ItemUse[]
  levels: { locationId: string; locationName: string | null; stock: StockPosition }[]
  /** Set when no use of the item can be advised on. */
  notAdvised: NotAdvised | null
}

interface GraphVariant {
  id: string
  title: string | null
  sku: string | null
  product_id: string
  manage_inventory: boolean
  product?: { status: string; is_giftcard: boolean } | null
}
interface GraphItem {
  id: string
  sku: string | null
  title: string | null
  location_levels?: ({ location_id: string; stocked_quantity: unknown; reserved_quantity: unknown; incoming_quantity: unknown } | null)[] | null
}
interface GraphLink {
  inventory_item_id: string
  variant_id: string
  required_quantity: unknown
  variant?: GraphVariant | null
  inventory?: GraphItem | null
}

const LINK_FIELDS = [
  "inventory_item_id",
  "variant_id",
  "required_quantity",
  "variant.id",
  "variant.title",
  "variant.sku",
  "variant.product_id",
  "variant.manage_inventory",
  "variant.product.status",
  "variant.product.is_giftcard",
]
const ITEM_FIELDS = [
  "id",
  "sku",
  "title",
  "location_levels.location_id",
  "location_levels.stocked_quantity",
  "location_levels.reserved_quantity",
  "location_levels.incoming_quantity",
]

/** Reads items with their uses and live stock; an id that Medusa does not know is left out. */
export async function itemUsages(query: ShopQuery, inventoryItemIds: readonly string[]): Promise<ItemUsage[]> {
  if (inventoryItemIds.length === 0) return []
  const [items, links, locations] = await Promise.all([
    query.graph({ entity: "inventory_item", fields: ITEM_FIELDS, filters: { id: [...inventoryItemIds] } }),
    query.graph({ entity: "product_variant_inventory_item", fields: LINK_FIELDS, filters: { inventory_item_id: [...inventoryItemIds] } }),
    query.graph({ entity: "stock_location", fields: ["id", "name"] }),
  ])
  const names = new Map((locations.data as unknown as { id: string; name: string }[]).map(({ id, name }) => [id, name]))
  return (items.data as unknown as GraphItem[]).map((item) => {
    const uses = (links.data as unknown as GraphLink[]).filter((link) => link.inventory_item_id === item.id).flatMap(toUse)
    return {
      inventoryItemId: item.id,
      sku: item.sku,
      title: item.title ?? item.sku ?? item.id,
      uses,
      levels: (item.location_levels ?? []).flatMap((level) => {
        if (!level) return []
        const stock = { onHand: Number(level.stocked_quantity), reserved: Number(level.reserved_quantity), incoming: Number(level.incoming_quantity) }
        return [{ locationId: level.location_id, locationName: names.get(level.location_id) ?? null, stock }]
      }),
      notAdvised: uses.length === 0 ? "deleted" : uses.every((use) => use.notAdvised) ? (uses[0]?.notAdvised ?? null) : null,
    }
  })
}

/** A product's variants, each with the ids of the items it is made of. */
export async function variantsOfProduct(
  query: ShopQuery,
  productId: string
): Promise<{ variantId: string; title: string; sku: string | null; notAdvised: NotAdvised | null; items: { inventoryItemId: string; requiredQuantity: number }[] }[]> {
  const { data } = await query.graph({
    entity: "variant",
    fields: ["id", "title", "sku", "product_id", "manage_inventory", "product.status", "product.is_giftcard", "inventory_items.inventory_item_id", "inventory_items.required_quantity"],
    filters: { product_id: productId },
  })
  return (data as unknown as (GraphVariant & { inventory_items?: { inventory_item_id: string; required_quantity: unknown }[] | null })[]).map((variant) => ({
    variantId: variant.id,
    title: variant.title ?? variant.sku ?? variant.id,
    sku: variant.sku,
    notAdvised: whyNotAdvised(variant),
    items: (variant.inventory_items ?? []).map((link) => ({ inventoryItemId: link.inventory_item_id, requiredQuantity: Number(link.required_quantity) })),
  }))
}

function toUse({ variant, variant_id, required_quantity }: GraphLink): ItemUse[] {
  if (!variant) return []
  return [
    {
      variantId: variant_id,
      variantTitle: variant.title ?? variant.sku ?? variant_id,
      variantSku: variant.sku,
      productId: variant.product_id,
      requiredQuantity: Number(required_quantity),
      notAdvised: whyNotAdvised(variant),
    },
  ]
}

function whyNotAdvised({ manage_inventory: managed, product }: GraphVariant): NotAdvised | null {
  if (!product) return "deleted"
  if (product.is_giftcard) return "gift_card"
  if (product.status !== "published") return "unpublished"
  return managed ? null : "not_managed"
}
