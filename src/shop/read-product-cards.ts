import { QueryContext } from "@medusajs/framework/utils"
import type { ShopQuery } from "./shop-query"

/** What a shelf shows of a product. `price`: of its cheapest variant in the region, `null` without a region or a price there. */
export interface ProductCard {
  id: string
  title: string
  handle: string | null
  thumbnail: string | null
  price: { amount: number; currency_code: string } | null
}
interface GraphProduct {
  id: string
  title: string
  handle: string | null
  thumbnail: string | null
  variants?: ({ calculated_price?: { calculated_amount: number | null; currency_code: string | null } | null } | null)[] | null
}

const FIELDS = ["id", "title", "handle", "thumbnail"]

/** Reads products for a shelf, by id; unknown ids are left out. */
export async function readProductCards(query: ShopQuery, productIds: readonly string[], regionId: string | null): Promise<Map<string, ProductCard>> {
  if (productIds.length === 0) return new Map()
  const currency = regionId ? await currencyOf(query, regionId) : null
  const { data } = await query.graph({
    entity: "product",
    fields: currency ? [...FIELDS, "variants.calculated_price.*"] : FIELDS,
    filters: { id: [...productIds] },
    ...(currency && { context: { variants: { calculated_price: QueryContext({ region_id: regionId, currency_code: currency }) } } }),
  })
  return new Map((data as unknown as GraphProduct[]).map(({ id, title, handle, thumbnail, variants }) => [id, { id, title, handle, thumbnail, price: cheapest(variants ?? []) }]))
}

async function currencyOf(query: ShopQuery, regionId: string): Promise<string | null> {
  const { data } = await query.graph({ entity: "region", fields: ["currency_code"], filters: { id: regionId } })
  return (data as unknown as { currency_code: string }[])[0]?.currency_code ?? null
}

function cheapest(variants: NonNullable<GraphProduct["variants"]>): ProductCard["price"] {
  const prices = variants.flatMap((variant) => {
    const price = variant?.calculated_price
    return price?.currency_code && price.calculated_amount !== null ? [{ amount: Number(price.calculated_amount), currency_code: price.currency_code }] : []
  })
  return prices.sort((a, b) => a.amount - b.amount)[0] ?? null
}
