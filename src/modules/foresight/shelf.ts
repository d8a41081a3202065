import { randomUUID } from "node:crypto"
import type { RecommendationsAnswer } from "../../api/answers"
import type { RecommendationsBody } from "../../api/store/foresight/validators"
import type { Stores } from "../../database/stores"
import { recommendationCandidates } from "../../domain/recommending/recommend"
import type { Candidate, RecommendationRequest } from "../../domain/recommending/recommend"
import type { ProductCards } from "../../shop/product-cards"
import type { ProductDirectory } from "../../shop/product-directory"
import { readCart } from "../../shop/read-cart"
import type { ShopQuery } from "../../shop/shop-query"
import { Histories } from "./histories"
import { ServingModels } from "./serving-models"

/** Who asks, as Medusa's auth and the publishable key say. */
export interface ShelfSender {
  query: ShopQuery
  customerId: string | null
  salesChannelIds: readonly string[]
}

/** Candidates looked up at once: one query of Medusa at most for a usual shelf. */
const BATCH = 40
/** Candidates looked at before a shelf stays shorter: a bound for a shop in which hardly anything can be bought. */
const MOST_CANDIDATES = 2_000

/** Answers "what do I show this visitor" from rows and models in memory; nothing that cannot be bought is shown, and a list is filled up before it is shortened. */
export class Shelf {
  private readonly models: ServingModels
  private readonly histories: Histories

  constructor(
    stores: Stores,
    private readonly directory: ProductDirectory,
    private readonly cards: ProductCards,
    now: () => Date
  ) {
    this.models = new ServingModels(stores, now)
    this.histories = new Histories(stores, now)
  }

  /** Nothing of an erased customer stays in memory. */
  forgetCustomer(customerId: string): void {
    this.histories.forget(customerId)
  }

  /** Products for one visitor at one moment. */
  async recommend(body: RecommendationsBody, { query, customerId, salesChannelIds }: ShelfSender): Promise<RecommendationsAnswer> {
    const started = performance.now()
    const [models, history, session, cart, newest] = await Promise.all([
      this.models.current(),
      customerId ? this.histories.ofCustomer(customerId) : { signals: [], purchased: [] },
      body.session_id ? this.histories.ofSession(body.session_id) : [],
      body.context.cart_id ? readCart(query, body.context.cart_id) : null,
      this.directory.newest(query, salesChannelIds),
    ])
    const request: RecommendationRequest = {
      scenario: body.scenario,
      history: history.signals,
      session,
      contextProductIds: body.context.product_ids,
      cartProductIds: (cart?.lines ?? []).flatMap(({ productId }) => (productId ? [productId] : [])),
      excludedProductIds: body.filters.exclude_purchased ? history.purchased : [],
      limit: body.limit,
    }
    const candidates = recommendationCandidates(request, { ...models.rankers, newest })
    const chosen = await this.buyable(query, candidates, body, salesChannelIds)
    const cards = body.hydrate ? await this.cards.read(query, chosen.map(({ productId }) => productId), { regionId: body.region_id ?? null, customerId }) : null
    return {
      recommendation_id: `rec_${randomUUID()}`,
      scenario: body.scenario,
      model: models.version ? { version: models.version } : null,
      fallback_depth: chosen.at(-1)?.depth ?? 0,
      items: chosen.map(({ productId, score, source, reason }) => {
        const product = cards?.get(productId)
        return { product_id: productId, score, source, reason: { code: reason.code, product_ids: reason.productIds }, ...(product && { product }) }
      }),
      took_ms: Math.round((performance.now() - started) * 10) / 10,
    }
  }

  private async buyable(query: ShopQuery, candidates: Iterator<Candidate>, { limit, filters }: RecommendationsBody, salesChannelIds: readonly string[]): Promise<Candidate[]> {
    const chosen: Candidate[] = []
    for (let seen = 0; seen < MOST_CANDIDATES && chosen.length < limit; ) {
      const batch: Candidate[] = []
      for (let next = candidates.next(); ; next = candidates.next()) {
        if (!next.done) batch.push(next.value)
        if (next.done || batch.length >= BATCH) break
      }
      if (batch.length === 0) break
      seen += batch.length
      const allowed = await this.directory.buyable(query, batch.map(({ productId }) => productId), salesChannelIds, filters.in_stock)
      chosen.push(...batch.filter(({ productId }) => allowed.has(productId)).slice(0, limit - chosen.length))
    }
    return chosen
  }
}
