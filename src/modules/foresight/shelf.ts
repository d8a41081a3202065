import { randomUUID } from "node:crypto"
import type { RecommendationsAnswer } from "../../api/answers"
import type { RecommendationsBody } from "../../api/store/foresight/validators"
import type { Stores } from "../../database/stores"
import { EVENT_WEIGHTS } from "../../domain/events"
import type { ShopEvent } from "../../domain/events"
import type { Signal } from "../../domain/recommending/ranker"
import { recommendationCandidates } from "../../domain/recommending/recommend"
import type { Candidate, RecommendationRequest } from "../../domain/recommending/recommend"
import type { ProductDirectory } from "../../shop/product-directory"
import { readCart } from "../../shop/read-cart"
import { readProductCards } from "../../shop/read-product-cards"
import type { ShopQuery } from "../../shop/shop-query"
import { ServingModels } from "./serving-models"

/** Who asks, as Medusa's auth and the publishable key say. */
export interface ShelfSender {
  query: ShopQuery
  customerId: string | null
  salesChannelIds: readonly string[]
}

const RECENT_EVENTS = 200
/** Candidates looked up at once: one query of Medusa at most for a usual shelf. */
const BATCH = 40
/** Candidates looked at before a shelf stays shorter: a bound for a shop in which hardly anything can be bought. */
const MOST_CANDIDATES = 2_000

/** Answers "what do I show this visitor" from rows and models in memory; nothing that cannot be bought is shown, and a list is filled up before it is shortened. */
export class Shelf {
  private readonly models: ServingModels

  constructor(
    private readonly stores: Stores,
    private readonly directory: ProductDirectory,
    private readonly now: () => Date
  ) {
    this.models = new ServingModels(stores, now)
  }

  /** Products for one visitor at one moment. */
  async recommend(body: RecommendationsBody, { query, customerId, salesChannelIds }: ShelfSender): Promise<RecommendationsAnswer> {
    const started = performance.now()
    const [models, history, session, cart, newest] = await Promise.all([
      this.models.current(),
      this.historyOf(customerId),
      body.session_id ? this.stores.events.recentOfSession(body.session_id, RECENT_EVENTS).then(signalsOf) : [],
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
    const cards = body.hydrate ? await readProductCards(query, chosen.map(({ productId }) => productId), body.region_id ?? null) : null
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

  /** Fresh events, and what the night knows of older ones. */
  private async historyOf(customerId: string | null): Promise<{ signals: Signal[]; purchased: string[] }> {
    if (!customerId) return { signals: [], purchased: [] }
    const [events, vector] = await Promise.all([this.stores.events.recentOfCustomer(customerId, RECENT_EVENTS), this.stores.recommendations.vector(customerId)])
    const signals = signalsOf(events)
    const fresh = new Set(signals.map(({ productId }) => productId))
    const older = (vector?.productIds ?? []).flatMap((productId, index) => (fresh.has(productId) ? [] : [{ productId, weight: vector?.weights[index] ?? 0, at: 0 }]))
    const bought = events.flatMap(({ name, productId }) => (name === "purchase" && productId ? [productId] : []))
    return { signals: [...older, ...signals], purchased: [...new Set([...(vector?.purchasedIds ?? []), ...bought])] }
  }
}

const signalsOf = (events: readonly ShopEvent[]): Signal[] =>
  events.flatMap(({ name, productId, occurredAt }) => (productId && EVENT_WEIGHTS[name] > 0 ? [{ productId, weight: EVENT_WEIGHTS[name], at: occurredAt.getTime() }] : []))
