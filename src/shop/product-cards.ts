import { QueryContext } from "@medusajs/framework/utils"
import { LRUCache } from "lru-cache"
import type { ShopQuery } from "./shop-query"

/** What a shelf shows of a product. `price`: of its cheapest variant for the buyer, `null` without a region or a price there. */
export interface ProductCard {
  id: string
  title: string
  handle: string | null
  thumbnail: string | null
  price: { amount: number; currency_code: string } | null
}

/** On what a price depends. */
export interface CardBuyer {
  regionId: string | null
  /** The logged-in customer, whose groups may have prices of their own. */
  customerId: string | null
}

/** A buyer as Medusa's price calculation sees one; buyers with the same key see the same prices. */
interface Pricing {
  key: string
  context: { region_id: string; currency_code: string; customer?: { groups: { id: string }[] } } | null
}
interface GraphProduct {
  id: string
  title: string
  handle: string | null
  thumbnail: string | null
  variants?: ({ calculated_price?: { calculated_amount: number | null; currency_code: string | null } | null } | null)[] | null
}
/** Cards asked for together; `null` for an id that Medusa does not know. */
type Cards = ReadonlyMap<string, ProductCard | null>
interface Batch {
  ids: Set<string>
  cards: Promise<Cards>
}

const FIELDS = ["id", "title", "handle", "thumbnail"]
/** A card is shown so long without another look, ms: prices of other servers' changes and of lists that begin or end are right by then. */
const CARD_TTL_MS = 5_000
const REGION_TTL_MS = 60_000
const GROUPS_TTL_MS = 5_000
/** Products one query of Medusa reads. */
const BATCH = 200

/** Products as shelves show them, with the buyer's own price. Remembers cards for seconds and asks Medusa for those it lacks in one query at a time per kind of buyer,
 * whatever the number of requests. */
export class ProductCards {
  private cards: LRUCache<string, { card: ProductCard | null }>
  private readonly currencies = new LRUCache<string, { code: string | null }>({ max: 1_000, ttl: REGION_TTL_MS })
  private readonly groups = new LRUCache<string, string[]>({ max: 10_000, ttl: GROUPS_TTL_MS })
  /** By pricing: the batch that still takes ids, and the one Medusa was asked for last. */
  private readonly open = new Map<string, Batch>()
  private readonly asked = new Map<string, Batch>()

  /** @param clock Monotonic, ms. */
  constructor(private readonly clock: { now(): number } = performance) {
    this.cards = this.noCards()
  }

  /** Cards by id; unknown ids are left out. */
  async read(query: ShopQuery, productIds: readonly string[], buyer: CardBuyer): Promise<Map<string, ProductCard>> {
    if (productIds.length === 0) return new Map()
    const pricing = await this.pricingOf(query, buyer)
    const found = new Map<string, ProductCard>()
    const lacking: string[] = []
    for (const id of productIds) {
      const known = this.cards.get(keyOf(pricing, id))
      if (!known) lacking.push(id)
      else if (known.card) found.set(id, known.card)
    }
    if (lacking.length === 0) return found
    const batches = lacking.map((id) => ({ id, batch: this.batchFor(query, pricing, id) }))
    await Promise.all(
      batches.map(async ({ id, batch }) => {
        const card = (await batch.cards).get(id)
        if (card) found.set(id, card)
      })
    )
    return found
  }

  /** Products or prices changed: every card is read anew. What is being read just now is not kept. */
  forget(): void {
    this.cards = this.noCards()
    this.open.clear()
    this.asked.clear()
  }

  private noCards(): LRUCache<string, { card: ProductCard | null }> {
    return new LRUCache({ max: 50_000, ttl: CARD_TTL_MS, ttlResolution: 0, perf: this.clock })
  }

  private async pricingOf(query: ShopQuery, { regionId, customerId }: CardBuyer): Promise<Pricing> {
    const currency = regionId ? await this.currencyOf(query, regionId) : null
    if (!regionId || !currency) return { key: "", context: null }
    const groups = customerId ? await this.groupsOf(query, customerId) : []
    return {
      key: JSON.stringify([regionId, currency, ...groups]),
      context: { region_id: regionId, currency_code: currency, ...(groups.length > 0 && { customer: { groups: groups.map((id) => ({ id })) } }) },
    }
  }

  private async currencyOf(query: ShopQuery, regionId: string): Promise<string | null> {
    const known = this.currencies.get(regionId)
    if (known) return known.code
    const { data } = await query.graph({ entity: "region", fields: ["currency_code"], filters: { id: regionId } })
    const code = (data as unknown as { currency_code: string }[])[0]?.currency_code ?? null
    this.currencies.set(regionId, { code })
    return code
  }

  private async groupsOf(query: ShopQuery, customerId: string): Promise<string[]> {
    const known = this.groups.get(customerId)
    if (known) return known
    const { data } = await query.graph({ entity: "customer", fields: ["groups.id"], filters: { id: customerId } })
    const groups = ((data as unknown as { groups?: ({ id: string } | null)[] | null }[])[0]?.groups ?? []).flatMap((group) => (group ? [group.id] : [])).sort()
    this.groups.set(customerId, groups)
    return groups
  }

  /** The batch that brings this card: one under way, else the next, which is asked for as soon as the one before it is there. */
  private batchFor(query: ShopQuery, pricing: Pricing, productId: string): Batch {
    const before = this.asked.get(pricing.key)
    if (before?.ids.has(productId)) return before
    const open = this.open.get(pricing.key)
    if (open && (open.ids.size < BATCH || open.ids.has(productId))) {
      open.ids.add(productId)
      return open
    }
    // an open batch that is full goes before the new one
    const previous = open ?? before
    const batch: Batch = { ids: new Set([productId]), cards: Promise.resolve().then(() => this.ask(query, pricing, batch, previous)) }
    this.open.set(pricing.key, batch)
    return batch
  }

  private async ask(query: ShopQuery, pricing: Pricing, batch: Batch, previous: Batch | undefined): Promise<Cards> {
    await previous?.cards.catch(() => undefined) // its own callers hear of it
    if (this.open.get(pricing.key) === batch) this.open.delete(pricing.key)
    this.asked.set(pricing.key, batch)
    const { cards } = this
    try {
      const { data } = await query.graph({
        entity: "product",
        fields: pricing.context ? [...FIELDS, "variants.calculated_price.*"] : FIELDS,
        filters: { id: [...batch.ids] },
        ...(pricing.context && { context: { variants: { calculated_price: QueryContext(pricing.context) } } }),
      })
      const found = new Map((data as unknown as GraphProduct[]).map((product) => [product.id, toCard(product)]))
      const answer = new Map([...batch.ids].map((id) => [id, found.get(id) ?? null]))
      for (const [id, card] of answer) cards.set(keyOf(pricing, id), { card })
      return answer
    } finally {
      if (this.asked.get(pricing.key) === batch) this.asked.delete(pricing.key)
    }
  }
}

const keyOf = ({ key }: Pricing, productId: string) => `${key}/${productId}`

const toCard = ({ id, title, handle, thumbnail, variants }: GraphProduct): ProductCard => ({ id, title, handle, thumbnail, price: cheapest(variants ?? []) })

function cheapest(variants: NonNullable<GraphProduct["variants"]>): ProductCard["price"] {
  const prices = variants.flatMap((variant) => {
    const price = variant?.calculated_price
    return price?.currency_code && price.calculated_amount !== null ? [{ amount: Number(price.calculated_amount), currency_code: price.currency_code }] : []
  })
  return prices.sort((a, b) => a.amount - b.amount)[0] ?? null
}
