import type { ShopQuery } from "./shop-query"
import { getVariantAvailability } from "@medusajs/framework/utils"
import { LRUCache } from "lru-cache"

/** What the storefront has to know of a product before it shows it. */
interface ProductFacts {
  published: boolean
  salesChannelIds: string[]
  variants: { id: string; alwaysBuyable: boolean }[]
}
interface GraphProduct {
  id: string
  status: string
  sales_channels?: ({ id: string } | null)[] | null
  variants?: { id: string; manage_inventory: boolean; allow_backorder: boolean }[] | null
}

const FIELDS = ["id", "status", "sales_channels.id", "variants.id", "variants.manage_inventory", "variants.allow_backorder"]
const FACTS_TTL_MS = 60_000
const STOCK_TTL_MS = 5_000
const NEWEST_TTL_MS = 60_000
/** Products of the channels that are kept as "newest": the last fallback, so enough of them that a shelf finds some in stock. */
const NEWEST_COUNT = 400
/** Products of all channels that are looked through for them. */
const NEWEST_SEEN = 4_000
/** Products one query of Medusa reads. */
const LOOK_UP = 200

/** Answers "does it exist" and "can it be bought here" for many products at once, remembering each answer for seconds, so that a shelf costs no query. */
export class ProductDirectory {
  private readonly facts = new LRUCache<string, ProductFacts>({ max: 50_000, ttl: FACTS_TTL_MS })
  /** Ids that Medusa does not know; apart, so that made-up ones cannot push out what is known. */
  private readonly strangers = new LRUCache<string, true>({ max: 5_000, ttl: FACTS_TTL_MS })
  private readonly stock = new LRUCache<string, boolean>({ max: 100_000, ttl: STOCK_TTL_MS })
  private readonly underWay = new Map<string, ReturnType<typeof getVariantAvailability>>()
  private readonly newestIds = new LRUCache<string, string[]>({ max: 100, ttl: NEWEST_TTL_MS })

  /** Those of `productIds` that Medusa knows, published or not. */
  async known(query: ShopQuery, productIds: readonly string[]): Promise<Set<string>> {
    return new Set((await this.load(query, productIds)).keys())
  }

  /** Those of `productIds` that are published in one of the channels and, with `inStock`, can be bought there now. */
  async buyable(query: ShopQuery, productIds: readonly string[], salesChannelIds: readonly string[], inStock: boolean): Promise<Set<string>> {
    const facts = await this.load(query, productIds)
    const inChannels = productIds.filter((id) => {
      const found = facts.get(id)
      return found?.published && found.salesChannelIds.some((channel) => salesChannelIds.includes(channel))
    })
    if (!inStock) return new Set(inChannels)
    const buyable = new Set<string>()
    for (const channel of salesChannelIds) {
      const left = inChannels.filter((id) => !buyable.has(id))
      for (const id of await this.inStock(query, left, facts, channel)) buyable.add(id)
    }
    return buyable
  }

  /** Newest published products of the channels, newest first. */
  async newest(query: ShopQuery, salesChannelIds: readonly string[]): Promise<string[]> {
    const key = [...salesChannelIds].sort().join()
    const remembered = this.newestIds.get(key)
    if (remembered) return remembered
    const ids: string[] = []
    for (let skip = 0, more = true; more && ids.length < NEWEST_COUNT && skip < NEWEST_SEEN; skip += LOOK_UP) {
      const { data } = await query.graph({
        entity: "product",
        fields: FIELDS,
        filters: { status: "published" },
        pagination: { take: LOOK_UP, skip, order: { created_at: "DESC", id: "ASC" } },
      })
      const page = (data as unknown as GraphProduct[]).map((product) => this.remember(product))
      ids.push(...page.filter(({ found }) => found.salesChannelIds.some((channel) => salesChannelIds.includes(channel))).map(({ id }) => id))
      more = page.length === LOOK_UP
    }
    this.newestIds.set(key, ids)
    return ids
  }

  /** A product was created, changed or deleted: look again. */
  forget(productId: string): void {
    this.facts.delete(productId)
    this.strangers.delete(productId)
    this.newestIds.clear()
  }

  /** The facts of those of `productIds` that Medusa knows. Whoever asked goes by this answer: what is remembered may be forgotten while Medusa is asked. */
  private async load(query: ShopQuery, productIds: readonly string[]): Promise<ReadonlyMap<string, ProductFacts>> {
    const facts = new Map<string, ProductFacts>()
    const unknown: string[] = []
    for (const id of new Set(productIds)) {
      const remembered = this.facts.get(id)
      if (remembered) facts.set(id, remembered)
      else if (!this.strangers.has(id)) unknown.push(id)
    }
    for (let from = 0; from < unknown.length; from += LOOK_UP) {
      const ids = unknown.slice(from, from + LOOK_UP)
      const { data } = await query.graph({ entity: "product", fields: FIELDS, filters: { id: ids } })
      for (const product of data as unknown as GraphProduct[]) facts.set(product.id, this.remember(product).found)
      for (const id of ids) if (!facts.has(id)) this.strangers.set(id, true)
    }
    return facts
  }

  /** Requests that need the same answer at the same moment wait for one look-up. */
  private availability(query: ShopQuery, variantIds: string[], salesChannelId: string): ReturnType<typeof getVariantAvailability> {
    if (variantIds.length === 0) return Promise.resolve({})
    const key = [salesChannelId, ...variantIds].join()
    const underWay = this.underWay.get(key)
    if (underWay) return underWay
    const asked = getVariantAvailability(query, { variant_ids: variantIds, sales_channel_id: salesChannelId }).finally(() => this.underWay.delete(key))
    this.underWay.set(key, asked)
    return asked
  }

  private remember(product: GraphProduct): { id: string; found: ProductFacts } {
    const found = {
      published: product.status === "published",
      salesChannelIds: (product.sales_channels ?? []).flatMap((channel) => (channel ? [channel.id] : [])),
      variants: (product.variants ?? []).map((variant) => ({ id: variant.id, alwaysBuyable: !variant.manage_inventory || variant.allow_backorder })),
    }
    this.facts.set(product.id, found)
    return { id: product.id, found }
  }

  private async inStock(query: ShopQuery, productIds: readonly string[], facts: ReadonlyMap<string, ProductFacts>, salesChannelId: string): Promise<string[]> {
    const key = (productId: string) => `${salesChannelId}/${productId}`
    const variantsOf = (productId: string) => facts.get(productId)?.variants ?? []
    const answers = new Map(productIds.map((id) => [id, this.stock.get(key(id))]))
    const unknown = productIds.filter((id) => answers.get(id) === undefined)
    const counted = unknown.flatMap((id) => (variantsOf(id).some((variant) => variant.alwaysBuyable) ? [] : variantsOf(id).map((variant) => variant.id)))
    const availability = await this.availability(query, counted, salesChannelId)
    for (const id of unknown) {
      const answer = variantsOf(id).some((variant) => variant.alwaysBuyable || (availability[variant.id]?.availability ?? 0) > 0)
      this.stock.set(key(id), answer)
      answers.set(id, answer)
    }
    return productIds.filter((id) => answers.get(id))
  }
}
