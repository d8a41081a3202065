import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createInventoryLevelsWorkflow } from "@medusajs/medusa/core-flows"
import { inventoryItemIds } from "./products"
import { batches, tellProgress, type ShopFile } from "./shop-file"
import type { Trade } from "./trade"

/** Levels a workflow run. */
const BATCH = 250

/** Stock of every item at every location that has none written down yet. */
export async function setUpStock(container: MedusaContainer, shop: ShopFile, trade: Trade): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const items = await inventoryItemIds(container)
  const { data } = await query.graph({ entity: "inventory_level", fields: ["inventory_item_id", "location_id"] })
  const present = new Set(data.map(({ inventory_item_id, location_id }) => `${inventory_item_id} ${location_id}`))
  const levels = shop.stock.flatMap(({ sku, location, onHand, incoming }) => {
    const inventory_item_id = items.get(sku)
    const location_id = trade.locations[location]
    if (!inventory_item_id || !location_id || present.has(`${inventory_item_id} ${location_id}`)) return []
    const level = { inventory_item_id, location_id, stocked_quantity: onHand, incoming_quantity: incoming }
    return [shop.stockIsAssumed ? { ...level, metadata: { foresight_assumed_stock: true } } : level]
  })
  let made = 0
  for (const batch of batches(levels, BATCH)) {
    await createInventoryLevelsWorkflow(container).run({ input: { inventory_levels: batch } })
    made += batch.length
    tellProgress(`stock levels ${made} of ${levels.length}`)
  }
}
