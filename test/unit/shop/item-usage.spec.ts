import { itemUsages, variantsOfProduct } from "../../../src/shop/item-usage"
import type { ShopQuery } from "../../../src/shop/shop-query"

const product = (own: object = {}) => ({ id: "p", title: "Cup", thumbnail: null, status: "published", is_giftcard: false, categories: [], ...own })
const variant = (id: string, own: object = {}) => ({ id, title: null, sku: id.toUpperCase(), created_at: "2026-01-01T00:00:00Z", manage_inventory: true, allow_backorder: false, product: product(), inventory_items: [{ inventory_item_id: "i", required_quantity: 2 }], ...own })
const link = (variantId: string, item = "i") => ({ variant_id: variantId, inventory_item_id: item, required_quantity: 2 })
const item = (id: string) => ({ id, sku: id.toUpperCase(), title: null, thumbnail: null })

const shopOf = (rows: Record<string, unknown[]>) => ({ graph: async ({ entity }: { entity: string }) => ({ data: rows[entity] ?? [] }) }) as unknown as ShopQuery
const shop = {
  inventory_item: [item("i")],
  product_variant_inventory_item: [link("v1"), link("v2")],
  variant: [variant("v1"), variant("v2", { product: product({ is_giftcard: true }) })],
  inventory_level: [{ id: "l", inventory_item_id: "i", location_id: "sloc", stocked_quantity: "5", reserved_quantity: 1, incoming_quantity: 0, metadata: null, updated_at: "2026-01-01T00:00:00Z" }],
  stock_location: [{ id: "sloc", name: "Main" }],
}

describe("itemUsages()", () => {
  it("reads an item with its uses and its live stock, and says of each use why it is not advised on", async () => {
    expect(await itemUsages(shopOf(shop), ["i"])).toEqual([
      {
        inventoryItemId: "i",
        sku: "I",
        title: "I",
        uses: [
          { variantId: "v1", variantTitle: "Cup", variantSku: "V1", productId: "p", requiredQuantity: 2, notAdvised: null },
          { variantId: "v2", variantTitle: "Cup", variantSku: "V2", productId: "p", requiredQuantity: 2, notAdvised: "gift_card" },
        ],
        levels: [{ locationId: "sloc", locationName: "Main", stock: { onHand: 5, reserved: 1, incoming: 0 } }],
        notAdvised: null,
      },
    ])
  })

  it.each([
    ["deleted", []],
    ["unpublished", [variant("v1", { product: product({ status: "draft" }) })]],
    ["not_managed", [variant("v1", { manage_inventory: false })]],
    ["deleted", [variant("v1", { product: null })]],
  ])("says %s of an item that nothing sold is made of", async (why, variants) => {
    expect((await itemUsages(shopOf({ ...shop, variant: variants }), ["i"]))[0]?.notAdvised).toBe(why)
  })

  it("leaves an unknown item out", async () => expect(await itemUsages(shopOf({}), ["x"])).toEqual([]))
})

describe("variantsOfProduct()", () => {
  it("names the items each variant is made of", async () =>
    expect(await variantsOfProduct(shopOf(shop), "p")).toMatchObject([
      { variantId: "v1", title: "Cup", notAdvised: null, items: [{ inventoryItemId: "i", requiredQuantity: 2 }] },
      { variantId: "v2", notAdvised: "gift_card" },
    ]))
})
