import { createRandom, nextNormal } from "../random"
import { effectInterval, type PriceResponse } from "./price-response"
import { quantileIndex } from "./select-quantile"
import type { Band } from "./sum-of-series"

/** What is asked: another price, or a promotion like those before. */
export type WhatIfQuestion = { priceChange: number } | { promotion: true }

/** Why no number can be given. `never_moved`: its price never changed; `no_promotion`: it was in none; `not_shown`: it was, and sales do not show which way
 * that goes; `not_known`: no forecast run has looked at it yet; `planned`: a promotion is planned for all of that time, the forecast knows it.
 */
type WhatIfRefusal = "never_moved" | "no_promotion" | "not_shown" | "not_known" | "planned"

/** Units and money without and with a change. */
export interface WhatIfAnswer {
  without: Band
  /** `null` with a refusal. */
  with: Band | null
  /** Units with over units without; nine of ten lie between `low` and `high`. `null` with a refusal. */
  factor: Band | null
  /** Money at the usual price, without and with; `change`: nine of ten lie between. `null` with a refusal, where no price is known, and for promotions, whose
   * price nobody has said.
   */
  revenue: { without: number; with: number; change: Band } | null
  refusal: WhatIfRefusal | null
  /** Set where a price is asked for that the variant never had, by more than a little. */
  isBeyondSeen: boolean
}

/** Prices beyond the lowest and highest that were seen by more than this share are beyond what is known. */
const SEEN_MARGIN = 0.02
/** More of the time than this in a planned promotion, and nothing is left to ask. */
const MOST_PLANNED = 0.99
const LOW = 0.1
const HIGH = 0.9

/** What would sell at another price or in a promotion: each future of the units is multiplied by a factor drawn from what is believed of the effect, `e^(β ·
 * cause)` with normal β and `cause = ln(1 + change)`, or 1 for a promotion; so the band holds both: what sales do anyway, and how little is known of the
 * effect. Where nine of ten of the effect's values lie on both sides of 0, no number is given. A promotion changes only what is in none yet: the time that
 * one is planned for is in the forecast as it is, so that its cause is the share of the rest.
 * @param units Futures of the units without the change, shape `[paths]`.
 * @param mean Expected units without the change.
 * @param planned Share of them in promotions that are planned already, 0 … 1.
 */
export function whatIf(
  response: PriceResponse | null,
  question: WhatIfQuestion,
  { units, mean, seed, planned = 0 }: { units: Float64Array; mean: number; seed: number; planned?: number }
): WhatIfAnswer {
  const without = bandOf(Float64Array.from(units), mean)
  const nothing = { without, with: null, factor: null, revenue: null, isBeyondSeen: false }
  const refused = (refusal: WhatIfRefusal): WhatIfAnswer => ({ ...nothing, refusal })
  if (!response) return refused("not_known")
  const isPrice = "priceChange" in question
  const [effect, sd] = isPrice ? [response.elasticity, response.elasticitySd] : [response.promotionEffect, response.promotionSd]
  if (effect === null || sd === null) return refused(isPrice ? "never_moved" : "no_promotion")
  if (!isPrice && planned > MOST_PLANNED) return refused("planned")
  const cause = isPrice ? Math.log1p(question.priceChange) : 1 - planned
  const { low, high, isKnown } = effectInterval({ mean: effect, sd })
  if (!isKnown) return refused("not_shown")
  const edges = [Math.exp(cause * low), Math.exp(cause * high)]
  // the mean of a log-normal factor
  const factor = { mean: Math.exp(cause * effect + (cause * sd) ** 2 / 2), low: Math.min(...edges), high: Math.max(...edges) }
  const random = createRandom(seed)
  const changed = units.map((path) => path * Math.exp(cause * (effect + sd * nextNormal(random))))
  const { lowestPrice, highestPrice, usualPrice } = response
  const price = isPrice ? 1 + question.priceChange : 1
  const revenueAt = (share: number) => (usualPrice ?? 0) * mean * price * share
  const before = revenueAt(1) / price
  const change = { mean: revenueAt(factor.mean) - before, low: revenueAt(factor.low) - before, high: revenueAt(factor.high) - before }
  return {
    without,
    with: bandOf(changed, mean * factor.mean),
    factor,
    revenue: isPrice && usualPrice !== null ? { without: before, with: revenueAt(factor.mean), change } : null,
    refusal: null,
    isBeyondSeen: isPrice && (price < (lowestPrice ?? 1) * (1 - SEEN_MARGIN) || price > (highestPrice ?? 1) * (1 + SEEN_MARGIN)),
  }
}

/** @param paths Sorted in place. */
function bandOf(paths: Float64Array, mean: number): Band {
  paths.sort()
  const at = (level: number) => paths[quantileIndex(paths.length, level)] ?? 0
  return { mean, low: at(LOW), high: at(HIGH) }
}
