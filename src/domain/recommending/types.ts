/** One thing a person did with a product; times in ms since 1970. Users are customers or, unknown, visitors. */
export interface Interaction {
  userId: string
  productId: string
  /** Weight of the event kind: purchase 1, add_to_cart 0.5, view_item 0.15 … (`EVENT_WEIGHTS`). */
  weight: number
  at: number
  sessionId: string | null
}

/** Columns of interactions, sorted by time; plain data that crosses process borders by structured clone. */
export interface InteractionTable {
  users: string[]
  items: string[]
  sessions: string[]
  /** Index into `users`, `items`, `sessions` (−1: none), one entry an interaction. */
  user: Int32Array
  item: Int32Array
  session: Int32Array
  weight: Float32Array
  /** Seconds since 1970. */
  at: Float64Array
  /** 1 where the interaction is a purchase. */
  purchase: Uint8Array
}

export type RecommendationSource = "ease" | "item_knn" | "session_knn" | "popular" | "newest"

/** Why an item stands where it does. `productIds` name what it follows from (viewed, in the cart, bought). */
export interface RecommendationReason {
  code: "because_bought" | "because_viewed" | "because_in_cart" | "similar_product" | "popular_now" | "new_in_store"
  productIds: string[]
}

export interface ScoredProduct {
  productId: string
  score: number
  source: RecommendationSource
  reason: RecommendationReason
}

/** Accuracy of one recommender on the held-out time, all items ranked, ties last. */
export interface RankingMetrics {
  ndcg10: number
  hr10: number
  hr20: number
  mrr20: number
  /** Share of the catalogue that reached somebody's top 20. */
  coverage20: number
  users: number
  seconds: number
}

/** What the time-split gate found; kept with the model version. */
export interface RankingBacktest {
  /** ISO instants of the 0.8 and 0.9 time quantiles. */
  validationFrom: string
  testFrom: string
  models: Record<string, RankingMetrics>
  /** Figures of the model that would serve. */
  served: RankingMetrics
  choice: string
}
