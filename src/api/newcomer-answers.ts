import type { DemandBandAnswer } from "./demand-answers"

/** Shapes of new items. Types only. */

/** A variant that is new: what others sold when they were new, at one location. It is in no sum and no advice until it sells. */
export interface NewcomerAnswer {
  variant_id: string
  product_id: string
  title: string
  sku: string | null
  thumbnail: string | null
  /** Weeks since its beginning; 0: it has not sold yet. */
  known_weeks: number
  /** Units a week over the first weeks. */
  per_week: DemandBandAnswer
  /** Units of its first days, from an order today to the arrival of the next one. `is_own`: by the item's own settings. */
  first_order: DemandBandAnswer & { days: number; is_own: boolean }
  /** Others that were new before it: of its category (of those without one, where it has none), and of these the ones of a similar price. */
  has_category: boolean
  of_category: number
  of_price: number
  /** Those with the most similar titles, the nearest first; at most three. */
  of_title: { variant_id: string; title: string; sku: string | null }[]
  /** In English. */
  sentence: string
}

/** GET /admin/foresight/demand/newcomers?variant_id&limit&offset */
export interface NewcomerListAnswer {
  newcomers: NewcomerAnswer[]
  count: number
  limit: number
  offset: number
}
