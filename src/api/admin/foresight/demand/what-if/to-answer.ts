import type { StoredPriceResponse } from "../../../../../database/stores/price-response-store"
import { effectInterval } from "../../../../../domain/demand/price-response"
import type { WhatIfAnswer } from "../../../../../domain/demand/what-if"
import { describeWhatIf } from "../../../../../domain/insight/describe-what-if"
import type { DemandWhatIfAnswer } from "../../../../answers"

/** An answer to "what if" as the API shows it; the elasticity only where it is known which way it goes. */
export function whatIfAnswer(
  answer: WhatIfAnswer,
  response: (StoredPriceResponse & { currencyCode: string | null }) | null,
  { variantId, locationId, weeks, priceChange }: { variantId: string; locationId: string | null; weeks: number; priceChange: number | null }
): DemandWhatIfAnswer {
  const { without, with: changed, factor, revenue, refusal, isBeyondSeen } = answer
  return {
    variant_id: variantId,
    location_id: locationId,
    weeks,
    price_change: priceChange,
    without,
    with: changed,
    factor,
    revenue,
    refusal,
    is_beyond_seen: isBeyondSeen,
    usual_price: response?.usualPrice ?? null,
    currency_code: response?.currencyCode ?? null,
    elasticity: elasticityOf(response),
    seen: response && {
      weeks: response.weeks,
      price_weeks: response.priceWeeks,
      lowest_price: response.lowestPrice,
      highest_price: response.highestPrice,
      promotion_weeks: response.promotionWeeks,
    },
    sentence: describeWhatIf({ without, with: changed, refusal, isBeyondSeen, priceChange, weeks }),
  }
}

function elasticityOf(response: StoredPriceResponse | null): DemandWhatIfAnswer["elasticity"] {
  if (!response || response.elasticity === null || response.elasticitySd === null) return null
  const { low, high, isKnown } = effectInterval({ mean: response.elasticity, sd: response.elasticitySd })
  return isKnown ? { mean: response.elasticity, low, high } : null
}
