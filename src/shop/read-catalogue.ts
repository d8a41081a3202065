import { type GraphReader, type Instant, toDate } from "./graph-reader"
import { toUse, type UseRow } from "./read-stock"
import type { ShopReader, ShopVariant } from "./shop-reader"

type CatalogueReader = Pick<ShopReader, "frame" | "locations" | "variantsPage" | "variantsCreatedSince" | "variantsOf" | "variantsOfProduct" | "variantsBySku" | "productsByHandle">

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

/** What the shop sells, where, and through which channels. */
export const catalogueReader = (graph: GraphReader): CatalogueReader => {
  const oldestFirst = { order: { created_at: "ASC" } } as const
  const locations = () => graph.read<{ id: string; name: string }>("stock_location", ["id", "name", "created_at"], {}, oldestFirst)
  return {
    async locations() {
      return (await locations()).map(({ id, name }) => ({ id, name }))
    },

    async frame() {
      const [stores, places, channels] = await Promise.all([
        graph.read<{ default_location_id: string | null; default_sales_channel_id: string | null }>("store", ["id", "default_location_id", "default_sales_channel_id"], {}),
        locations(),
        graph.read<{ id: string; name: string; stock_locations?: ({ id: string } | null)[] }>("sales_channel", ["id", "name", "created_at", "stock_locations.id"], {}, oldestFirst),
      ])
      const salesChannels = channels.map(({ id, name, stock_locations }) => ({ id, name, locationIds: (stock_locations ?? []).flatMap((one) => (one ? [one.id] : [])) }))
      return {
        locations: places.map(({ id, name }) => ({ id, name })),
        salesChannels,
        defaultLocationId: stores[0]?.default_location_id ?? places[0]?.id ?? null,
        defaultSalesChannelId: stores[0]?.default_sales_channel_id ?? salesChannels[0]?.id ?? null,
      }
    },

    async variantsPage(after, limit) {
      const { rows, next } = await graph.page<VariantRow>("variant", VARIANT_FIELDS, after, limit)
      return { rows: rows.flatMap(toVariant), next }
    },

    async variantsCreatedSince(since, after, limit) {
      const { rows, next } = await graph.page<VariantRow>("variant", VARIANT_FIELDS, after, limit, { created_at: { $gte: since } })
      return { rows: rows.flatMap(toVariant), next }
    },

    async variantsOf(variantIds) {
      return (await graph.byIds<VariantRow>("variant", VARIANT_FIELDS, "id", variantIds)).flatMap(toVariant)
    },

    async variantsOfProduct(productId) {
      return (await graph.byIds<VariantRow>("variant", VARIANT_FIELDS, "product_id", [productId])).flatMap(toVariant)
    },

    async variantsBySku(skus) {
      const rows = await graph.byIds<{ id: string; sku: string; product_id: string }>("variant", ["id", "sku", "product_id"], "sku", skus)
      return rows.map(({ sku, id, product_id }) => ({ sku, variantId: id, productId: product_id }))
    },

    async productsByHandle(handles) {
      type Row = { id: string; handle: string; external_id: string | null; variants?: ({ id: string } | null)[] }
      const fields = ["id", "handle", "external_id", "variants.id"]
      const [byExternalId, byHandle] = [await graph.byIds<Row>("product", fields, "external_id", handles), await graph.byIds<Row>("product", fields, "handle", handles)]
      const only = ({ variants = [] }: Row) => (variants.length === 1 ? (variants[0]?.id ?? null) : null)
      const found = new Map(byExternalId.map((row) => [row.external_id ?? "", row]))
      for (const row of byHandle) found.set(row.handle, row)
      return [...found].map(([handle, row]) => ({ handle, productId: row.id, variantId: only(row) }))
    },
  }
}

function toVariant(row: VariantRow): ShopVariant[] {
  const { product } = row
  if (!product) return []
  const categoryIds = (product.categories ?? []).map(({ id }) => id).sort()
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
      categoryId: categoryIds[0] ?? null,
      categoryIds,
      createdAt: toDate(row.created_at),
      manageInventory: row.manage_inventory,
      allowBackorder: row.allow_backorder,
      items: (row.inventory_items ?? []).flatMap((use) => (use ? [toUse({ ...use, variant_id: row.id })] : [])),
    },
  ]
}
