import { EVENT_WEIGHTS } from "../events"
import type { RankedProduct, Ranker, Signal } from "./ranker"
import type { RecommendationReason, ScoredProduct } from "./types"

export const SCENARIOS = ["personal", "session", "product-related", "cart-related"] as const
export type Scenario = (typeof SCENARIOS)[number]

/** What is known when products are asked for; every list may be empty. */
export interface RecommendationRequest {
  scenario: Scenario
  /** What the logged-in customer did and bought, any order. */
  history: readonly Signal[]
  /** What the visitor did in this session, any order. */
  session: readonly Signal[]
  /** Products of the page looked at; never recommended. */
  contextProductIds: readonly string[]
  /** Products in the cart; never recommended. */
  cartProductIds: readonly string[]
  /** Products not to be recommended, e.g. those already bought. */
  excludedProductIds: readonly string[]
  limit: number
}

/** Where products come from. A model not yet trained is `null`. */
export interface RecommendationSources {
  taste: Ranker | null
  session: Ranker | null
  /** What sells lately, any order. */
  popular: readonly { productId: string; score: number }[]
  /** The catalogue, newest product first. */
  newest: readonly string[]
}

/** A product on its way into the answer; `depth` counts the fallbacks before its stage. */
export type Candidate = ScoredProduct & { depth: number }

type Stage = "personal" | "session" | "cart" | "product" | "popular" | "newest"

const FALLBACK: readonly Stage[] = ["personal", "session", "cart", "product", "popular", "newest"]
const OWN_STAGE: Record<Scenario, Stage> = { personal: "personal", session: "session", "product-related": "product", "cart-related": "cart" }
/** Products one ranker proposes to a stage. */
const PROPOSALS = 300

/**
 * Products for one moment, best first; each says which source and which products put it there.
 * The scenario's own stage comes first, then personal → session → cart → product → popular → newest. A product that is not `allowed` is replaced, never missing:
 * the list is shorter than `limit` only when all of the sources are exhausted.
 * @param allowed Whether a product can be bought here and now.
 * @returns `fallbackDepth`: 0 when the scenario's own stage filled the list, else how many stages further the last product was found.
 */
export function recommend(
  request: RecommendationRequest,
  sources: RecommendationSources,
  allowed: (productId: string) => boolean
): { items: ScoredProduct[]; fallbackDepth: number } {
  const items: ScoredProduct[] = []
  let fallbackDepth = 0
  if (request.limit > 0) {
    for (const { depth, ...product } of recommendationCandidates(request, sources)) {
      if (!allowed(product.productId)) continue
      items.push(product)
      fallbackDepth = depth
      if (items.length >= request.limit) break
    }
  }
  return { items, fallbackDepth }
}

/** All candidates in the order of `recommend()`, none twice; for callers that filter in batches. Scores lie in (0, 1] and never rise. */
export function* recommendationCandidates(request: RecommendationRequest, sources: RecommendationSources): Generator<Candidate> {
  const own = OWN_STAGE[request.scenario]
  const gone = new Set([...request.contextProductIds, ...request.cartProductIds, ...request.excludedProductIds])
  const viewed = newestProduct(request.session)
  if (request.scenario === "session" && viewed !== null) gone.add(viewed)
  let floor = 1
  for (const [depth, stage] of [own, ...FALLBACK.filter((other) => other !== own)].entries()) {
    // Stages follow each other in one falling scale: a stage's best product stands no higher than the last one of the stage before.
    const ceiling = floor
    for (const product of proposals(stage, request, sources)) {
      if (gone.has(product.productId)) continue
      gone.add(product.productId)
      floor = ceiling * product.score
      yield { ...product, score: floor, depth }
    }
  }
}

function proposals(stage: Stage, request: RecommendationRequest, { taste, session, popular, newest }: RecommendationSources): ScoredProduct[] {
  const bought = new Set(request.history.filter(({ weight }) => weight >= EVENT_WEIGHTS.purchase).map(({ productId }) => productId))
  switch (stage) {
    // The long memory leads; what the visitor looks at now may lift it.
    case "personal":
      return request.history.length === 0
        ? []
        : blend([
            { ranked: propose(taste, request.history), weight: 1, code: (id) => (bought.has(id) ? "because_bought" : "because_viewed") },
            { ranked: propose(session, request.session), weight: 0.5, code: () => "because_viewed" },
          ])
    case "session":
      return blend([
        { ranked: propose(session, request.session), weight: 1, code: () => "because_viewed" },
        { ranked: propose(taste, request.session), weight: 0.5, code: () => "because_viewed" },
      ])
    case "cart":
      return together(request.cartProductIds, taste, session, "because_in_cart")
    case "product":
      return together(request.contextProductIds, taste, session, "similar_product")
    case "popular":
      return scaled(
        popular
          .filter(({ score }) => score > 0)
          .map(({ productId, score }) => ({ productId, score, source: "popular", reason: { code: "popular_now", productIds: [] } }))
      )
    case "newest":
      return newest.map((productId, rank) => ({ productId, score: 1 / (rank + 1), source: "newest", reason: { code: "new_in_store", productIds: [] } }))
  }
}

/** What goes with the given products: item-item weights lead, sessions that held them add. */
function together(productIds: readonly string[], taste: Ranker | null, session: Ranker | null, code: RecommendationReason["code"]): ScoredProduct[] {
  const signals = productIds.map((productId) => ({ productId, weight: 1, at: 0 }))
  return blend([
    { ranked: propose(taste, signals), weight: 1, code: () => code },
    { ranked: propose(session, signals), weight: 0.5, code: () => code },
  ])
}

function propose(ranker: Ranker | null, signals: readonly Signal[]): RankedProduct[] {
  return ranker && signals.length > 0 ? ranker(signals, PROPOSALS) : []
}

interface Voice {
  ranked: RankedProduct[]
  weight: number
  /** Reason for a product that follows from `id`. */
  code: (id: string) => RecommendationReason["code"]
}

/** Weighted sum of the voices' scores, each voice's best being 1; source and reason are those of the louder voice. */
function blend(voices: readonly Voice[]): ScoredProduct[] {
  const products = new Map<string, ScoredProduct & { loudest: number }>()
  for (const { ranked, weight, code } of voices) {
    const best = ranked[0]?.score ?? 1
    for (const { productId, score, source, because } of ranked) {
      const share = (weight * score) / best
      const before = products.get(productId)
      if (before && before.loudest >= share) before.score += share
      else {
        // a product to come back to needs no other reason than the act; it does not follow from itself
        const reason = { code: code(because[0] ?? productId), productIds: because.filter((id) => id !== productId) }
        products.set(productId, { productId, score: (before?.score ?? 0) + share, source, reason, loudest: share })
      }
    }
  }
  return scaled([...products.values()].map(({ productId, score, source, reason }) => ({ productId, score, source, reason })))
}

/** Best first, equal scores by product id, the best one at 1. */
function scaled(products: ScoredProduct[]): ScoredProduct[] {
  const sorted = [...products].sort((one, two) => two.score - one.score || (one.productId < two.productId ? -1 : 1))
  const best = sorted[0]?.score ?? 1
  return sorted.map((product) => ({ ...product, score: product.score / best }))
}

function newestProduct(signals: readonly Signal[]): string | null {
  return signals.reduce<Signal | null>((newest, signal) => (newest === null || signal.at >= newest.at ? signal : newest), null)?.productId ?? null
}
