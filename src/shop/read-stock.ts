import { type GraphReader, type Instant, toDate, toNumber, type Value } from "./graph-reader"
import type { ShopInventoryItem, ShopItemUse, ShopReader, ShopStockLevel } from "./shop-reader"

type StockReader = Pick<ShopReader, "levelsChangedSince" | "levelsPage" | "levelsOf" | "level" | "reservation" | "inventoryItemsPage" | "inventoryItemsOf">

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
export interface UseRow {
  variant_id: string
  inventory_item_id: string
  required_quantity: Value
}

const LEVEL_FIELDS = ["id", "inventory_item_id", "location_id", "stocked_quantity", "reserved_quantity", "incoming_quantity", "metadata", "updated_at"]
const ITEM_FIELDS = ["id", "sku", "title", "thumbnail"]
const USE_FIELDS = ["variant_id", "inventory_item_id", "required_quantity"]

/** Inventory items, what is made of them, and how much lies where. */
export const stockReader = (graph: GraphReader): StockReader => {
  const withUses = async (rows: readonly ItemRow[]): Promise<ShopInventoryItem[]> => {
    const links = await graph.byIds<UseRow>("product_variant_inventory_item", USE_FIELDS, "inventory_item_id", rows.map(({ id }) => id))
    const uses = links.map(toUse)
    return rows.map(({ id, sku, title, thumbnail }) => ({ id, sku, title, thumbnail, uses: uses.filter(({ inventoryItemId }) => inventoryItemId === id) }))
  }

  return {
    async levelsChangedSince(cursor, limit) {
      const page = await graph.changes<LevelRow>("inventory_level", LEVEL_FIELDS, cursor, limit)
      return { ...page, rows: page.rows.map(toLevel) }
    },

    async levelsPage(after, limit) {
      const { rows, next } = await graph.page<LevelRow>("inventory_level", LEVEL_FIELDS, after, limit)
      return { rows: rows.map(toLevel), next }
    },

    async levelsOf(inventoryItemIds) {
      return (await graph.byIds<LevelRow>("inventory_level", LEVEL_FIELDS, "inventory_item_id", inventoryItemIds)).map(toLevel)
    },

    async level(id) {
      const [row] = await graph.byIds<LevelRow>("inventory_level", LEVEL_FIELDS, "id", [id])
      return row ? toLevel(row) : null
    },

    async reservation(id) {
      const [row] = await graph.byIds<{ inventory_item_id: string; location_id: string }>("reservation", ["id", "inventory_item_id", "location_id"], "id", [id])
      return row ? { inventoryItemId: row.inventory_item_id, locationId: row.location_id } : null
    },

    async inventoryItemsPage(after, limit) {
      const { rows, next } = await graph.page<ItemRow>("inventory_item", ITEM_FIELDS, after, limit)
      return { rows: await withUses(rows), next }
    },

    async inventoryItemsOf(inventoryItemIds) {
      return withUses(await graph.byIds<ItemRow>("inventory_item", ITEM_FIELDS, "id", inventoryItemIds))
    },
  }
}

/** A variant's use of an item, from a link row. */
export function toUse({ variant_id, inventory_item_id, required_quantity }: UseRow): ShopItemUse {
  return { variantId: variant_id, inventoryItemId: inventory_item_id, requiredQuantity: toNumber(required_quantity) }
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
