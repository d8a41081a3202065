import { GraphReader, type GraphQuery } from "./graph-reader"
import { catalogueReader } from "./read-catalogue"
import { offerReader } from "./read-offers"
import { orderReader } from "./read-orders"
import { peopleReader } from "./read-people"
import { stockReader } from "./read-stock"
import type { ShopReader } from "./shop-reader"

/** Reads the shop by Medusa's `query.graph`, never by SQL on its tables. Works in the web process and in the worker alike. */
export function medusaShopReader(query: GraphQuery): ShopReader {
  const graph = new GraphReader(query)
  const catalogue = catalogueReader(graph)
  return { ...catalogue, ...orderReader(graph, catalogue.frame), ...stockReader(graph), ...offerReader(graph), ...peopleReader(graph) }
}
