/** What to ask for; session and customer are added where the visitor's consent allows it. */
export interface RecommendationsRequest {
  /** `personal` unless given. */
  scenario?: "personal" | "session" | "product-related" | "cart-related"
  /** 1–50; 12 unless given. */
  limit?: number
  context?: { product_ids?: string[]; cart_id?: string }
  filters?: { in_stock?: boolean; exclude_purchased?: boolean }
  /** Also title, handle, thumbnail and price of each product. */
  hydrate?: boolean
  /** Whose prices a hydrated product shows. */
  region_id?: string
}

/** One recommended product and why it is here. */
export interface Recommendation {
  product_id: string
  score: number
  /** The model or fallback that chose it, e.g. `session_knn`. */
  source: string
  /** `because_viewed`, `popular_now` …, and the products it refers to. */
  reason: { code: string; product_ids: string[] }
  /** Present when `hydrate` was asked for. */
  product?: { id: string; title: string; handle: string | null; thumbnail: string | null; price: { amount: number; currency_code: string } | null }
}

/** Products for one visitor at one moment, best first. */
export interface Recommendations {
  /** Send it with the events that these products lead to. */
  recommendation_id: string
  scenario: string
  model: { version: string } | null
  /** 0: the scenario's own model filled the list. */
  fallback_depth: number
  items: Recommendation[]
  took_ms: number
}
