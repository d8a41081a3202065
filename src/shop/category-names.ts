import type { ShopQuery } from "./shop-query"

/** Names of product categories by id; ids that Medusa does not know are left out. */
export async function categoryNames(query: ShopQuery, categoryIds: readonly string[]): Promise<Map<string, string>> {
  if (categoryIds.length === 0) return new Map()
  const { data } = await query.graph({ entity: "product_category", fields: ["id", "name"], filters: { id: [...categoryIds] } })
  return new Map((data as unknown as { id: string; name: string }[]).map(({ id, name }) => [id, name]))
}
