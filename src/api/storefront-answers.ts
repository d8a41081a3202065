/** Shapes of what is answered about the storefront. Types only. */

/** POST /store/foresight/events: every event of the batch is accepted, a duplicate or rejected. */
export interface EventsAnswer {
  accepted: number
  duplicates: number
  /** `field`: path inside the event as it was sent. */
  rejected: { index: number; field: string; message: string }[]
  /** Accepted, but their time is not believed: they are kept and do not count. */
  set_aside?: { index: number; reason: string; message: string }[]
}

/** POST and GET /store/foresight/recommendations */
export interface RecommendationsAnswer {
  recommendation_id: string
  scenario: string
  model: { version: string } | null
  fallback_depth: number
  items: {
    product_id: string
    score: number
    source: string
    reason: { code: string; product_ids: string[] }
    /** Present when `hydrate` was asked for. */
    product?: { id: string; title: string; handle: string | null; thumbnail: string | null; price: { amount: number; currency_code: string } | null }
  }[]
  took_ms: number
}
