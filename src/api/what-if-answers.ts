import type { DemandBandAnswer } from "./demand-answers"

/** Shape of the answer to "what if". Type only. */

/** GET /admin/foresight/demand/what-if?variant_id&location_id&price_change&promotion&weeks */
export interface DemandWhatIfAnswer {
  variant_id: string
  /** `null`: all of them together. */
  location_id: string | null
  weeks: number
  /** Relative; `null`: the question was about a promotion. */
  price_change: number | null
  /** Units in these weeks as things are. */
  without: DemandBandAnswer
  /** Units with the change, what is uncertain about its effect among it; `null` with a refusal. */
  with: DemandBandAnswer | null
  /** Units with over units without; nine of ten lie between. `null` with a refusal: where the history fits both directions, no number is shown. */
  factor: DemandBandAnswer | null
  /** At the usual price and at the changed one; of `change` nine of ten lie between. `null` with a refusal and for promotions. */
  revenue: { without: number; with: number; change: DemandBandAnswer } | null
  /** Why there is no number: the price never moved, there was no promotion, sales do not show which way it goes, no forecast run has looked yet, or a promotion is
   * planned for all of the time. */
  refusal: "never_moved" | "no_promotion" | "not_shown" | "not_known" | "planned" | null
  /** Asked for a price that it never had. */
  is_beyond_seen: boolean
  /** Per unit, lately, in the currency in which it sells most. */
  usual_price: number | null
  currency_code: string | null
  /** Percent of units a percent of price; nine of ten lie between. `null` where these lie on both sides of 0. */
  elasticity: DemandBandAnswer | null
  /** What was looked at: known weeks over all locations, those at another price, lowest and highest price as a share of the usual one, weeks in promotions. */
  seen: { weeks: number; price_weeks: number; lowest_price: number | null; highest_price: number | null; promotion_weeks: number } | null
  /** In English. */
  sentence: string
}
