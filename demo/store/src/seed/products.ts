import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, ProductStatus } from "@medusajs/framework/utils"
import { createProductCategoriesWorkflow, createProductsWorkflow } from "@medusajs/medusa/core-flows"
import { batches, tellProgress, type ShopFile } from "./shop-file"
import type { Trade } from "./trade"

/** Products a workflow run: larger runs are faster, up to the memory a run's log takes. */
const BATCH = 50

/** Ids by handle. Parents first: a child names its parent's id. */
async function setUpCategories(container: MedusaContainer, shop: ShopFile): Promise<Map<string, string>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "product_category", fields: ["id", "handle"] })
  const ids = new Map((data as { id: string; handle: string }[]).map(({ handle, id }) => [handle, id]))
  for (const level of [shop.categories.filter(({ parent }) => parent === null), shop.categories.filter(({ parent }) => parent !== null)]) {
    const missing = level.filter(({ handle }) => !ids.has(handle))
    if (missing.length === 0) continue
    const product_categories = missing.map(({ handle, title, parent }) => ({
      name: title,
      handle,
      is_active: true,
      ...(parent !== null && { parent_category_id: ids.get(parent) }),
    }))
    const { result } = await createProductCategoriesWorkflow(container).run({ input: { product_categories } })
    for (const { handle, id } of result) ids.set(handle, id)
  }
  return ids
}

/** Inventory item ids by SKU, as far as they are there. */
export async function inventoryItemIds(container: MedusaContainer): Promise<Map<string, string>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const ids = new Map<string, string>()
  const take = 5000
  for (let skip = 0; ; skip += take) {
    const { data } = await query.graph({ entity: "inventory_item", fields: ["id", "sku"], pagination: { skip, take, order: { id: "ASC" } } })
    for (const { id, sku } of data as { id: string; sku: string | null }[]) if (sku) ids.set(sku, id)
    if (data.length < take) return ids
  }
}

async function presentHandles(container: MedusaContainer): Promise<Set<string>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const handles = new Set<string>()
  const take = 5000
  for (let skip = 0; ; skip += take) {
    const { data } = await query.graph({ entity: "product", fields: ["handle"], pagination: { skip, take, order: { id: "ASC" } } })
    for (const { handle } of data as { handle: string }[]) handles.add(handle)
    if (data.length < take) return handles
  }
}

/** Categories and products that are not there yet; kits last, since their parts must be there. */
export async function setUpProducts(container: MedusaContainer, shop: ShopFile, trade: Trade): Promise<void> {
  const categories = await setUpCategories(container, shop)
  const present = await presentHandles(container)
  const kits = new Map(shop.kits.map(({ sku, components }) => [sku, components]))
  const isKit = (product: ShopFile["products"][number]) => product.variants.some(({ sku }) => kits.has(sku))
  const missing = shop.products.filter(({ handle }) => !present.has(handle))
  const salesChannels = shop.salesChannels.map((name) => ({ id: trade.salesChannels[name] as string }))

  let made = shop.products.length - missing.length
  for (const group of [missing.filter((product) => !isKit(product)), missing.filter(isKit)]) {
    const items = group.some(isKit) ? await inventoryItemIds(container) : new Map<string, string>()
    for (const batch of batches(group, BATCH)) {
      const products = batch.map((product) => ({
        title: product.title,
        handle: product.handle,
        description: product.description,
        status: ProductStatus.PUBLISHED,
        category_ids: product.categories.flatMap((handle) => categories.get(handle) ?? []),
        shipping_profile_id: trade.shippingProfileId,
        sales_channels: salesChannels,
        options: product.options,
        variants: product.variants.map((variant) => ({
          title: variant.title,
          sku: variant.sku,
          options: variant.options,
          weight: variant.weight,
          manage_inventory: true,
          prices: [{ currency_code: shop.currency, amount: variant.price }],
          ...(kits.has(variant.sku) && {
            inventory_items: (kits.get(variant.sku) ?? []).map(({ sku, quantity }) => ({ inventory_item_id: items.get(sku) as string, required_quantity: quantity })),
          }),
        })),
      }))
      await createProductsWorkflow(container).run({ input: { products } })
      made += batch.length
      tellProgress(`products ${made} of ${shop.products.length}`)
    }
  }
}
