import { writeFileSync } from "node:fs"
import type { ExecArgs } from "@medusajs/framework/types"
import { setUpPeople } from "../seed/people"
import { setUpProducts } from "../seed/products"
import { readShopFile, type SeedResult } from "../seed/shop-file"
import { setUpStock } from "../seed/stock"
import { setUpTrade } from "../seed/trade"

/**
 * Fills the store through Medusa's own workflows: `medusa exec ./src/scripts/seed.ts SHOP_FILE RESULT_FILE`.
 * Run again, it makes only what is missing.
 */
export default async function seed({ container, args }: ExecArgs): Promise<void> {
  const [shopFile, resultFile] = args
  if (!shopFile || !resultFile) throw new Error("usage: medusa exec ./src/scripts/seed.ts SHOP_FILE RESULT_FILE")
  const shop = readShopFile(shopFile)
  const trade = await setUpTrade(container, shop)
  await setUpProducts(container, shop, trade)
  await setUpStock(container, shop, trade)
  await setUpPeople(container, shop)
  const result: SeedResult = {
    publishableKey: trade.publishableKey,
    regionId: trade.regionId,
    shippingOptionId: trade.shippingOptionId,
    salesChannels: trade.salesChannels,
    locations: trade.locations,
    products: shop.products.length,
    variants: shop.products.reduce((sum, { variants }) => sum + variants.length, 0),
    customers: shop.customers.length,
  }
  writeFileSync(resultFile, JSON.stringify(result, null, 2))
}
