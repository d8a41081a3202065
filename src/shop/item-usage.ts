import type { StockPosition } from "../domain/replenishment/types"
import { medusaShopReader } from "./medusa-shop-reader"
import type { ShopQuery } from "./shop-query"
import type { ShopVariant } from "./shop-reader"

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

/** Reads items with their uses and live stock; an id that Medusa does not know is left out. */
export async function itemUsages(query: ShopQuery, inventoryItemIds: readonly string[]): Promise<ItemUsage[]> {
  if (inventoryItemIds.length === 0) return []
  const reader = medusaShopReader(query)
  const [items, levels, locations] = await Promise.all([reader.inventoryItemsOf(inventoryItemIds), reader.levelsOf(inventoryItemIds), reader.locations()])
  const variants = new Map((await reader.variantsOf(items.flatMap(({ uses }) => uses.map(({ variantId }) => variantId)))).map((variant) => [variant.id, variant]))
  const names = new Map(locations.map(({ id, name }) => [id, name]))
  return items.map(({ id, sku, title, uses: links }) => {
    const uses = links.flatMap(({ variantId, requiredQuantity }) => {
      const variant = variants.get(variantId)
      return variant ? [toUse(variant, requiredQuantity)] : []
    })
    return {
      inventoryItemId: id,
      sku,
      title: title ?? sku ?? id,
      uses,
      levels: levels
        .filter(({ inventoryItemId }) => inventoryItemId === id)
        .map(({ locationId, stocked, reserved, incoming }) => ({ locationId, locationName: names.get(locationId) ?? null, stock: { onHand: stocked, reserved, incoming } })),
      notAdvised: uses.length === 0 ? "deleted" : uses.every((use) => use.notAdvised) ? (uses[0]?.notAdvised ?? null) : null,
    }
  })
}

/** A product's variants, each with the ids of the items it is made of. */
export async function variantsOfProduct(
  query: ShopQuery,
  productId: string
): Promise<{ variantId: string; title: string; sku: string | null; notAdvised: NotAdvised | null; items: { inventoryItemId: string; requiredQuantity: number }[] }[]> {
  const variants = await medusaShopReader(query).variantsOfProduct(productId)
  return variants.map((variant) => ({
    variantId: variant.id,
    title: variant.title,
    sku: variant.sku,
    notAdvised: whyNotAdvised(variant),
    items: variant.items.map(({ inventoryItemId, requiredQuantity }) => ({ inventoryItemId, requiredQuantity })),
  }))
}

function toUse(variant: ShopVariant, requiredQuantity: number): ItemUse {
  return { variantId: variant.id, variantTitle: variant.title, variantSku: variant.sku, productId: variant.productId, requiredQuantity, notAdvised: whyNotAdvised(variant) }
}

function whyNotAdvised({ manageInventory, isGiftCard, isPublished }: ShopVariant): NotAdvised | null {
  if (isGiftCard) return "gift_card"
  if (!isPublished) return "unpublished"
  return manageInventory ? null : "not_managed"
}
