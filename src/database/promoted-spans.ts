import { addDays, dayInZone, type Day } from "../domain/day"
import { offerSpans, promotionSpan, type ListedPrice } from "../domain/demand/promoted-spans"
import type { PromotedSpan } from "../domain/demand/promotion-column"
import { promotionReaches, type PromotedProduct } from "../domain/insight/promotion-reach"
import type { PriceStore } from "./stores/price-store"
import type { PromotionStore } from "./stores/promotion-store"

/** Price lists are read of so many variants at once. */
const VARIANTS_AT_ONCE = 500

/** When promotions and sale price lists lower, lowered or will lower the price of variants, of those that hold between two days; whether a promotion is for
 * a variant, its product and categories tell.
 * @param pulse Called after each page of variants.
 * @returns By variant id; variants without any are left out. */
export async function promotedSpansOf(
  { promotions, prices }: { promotions: Pick<PromotionStore, "seenBetween">; prices: Pick<PriceStore, "listed"> },
  variants: readonly (PromotedProduct & { variantId: string })[],
  days: { from: Day; to: Day; timeZone: string },
  pulse: () => void = () => undefined
): Promise<Map<string, readonly PromotedSpan[]>> {
  const { timeZone } = days
  // moments between which the days lie in any time zone
  const [from, to] = [new Date(`${addDays(days.from, -1)}T00:00:00Z`), new Date(`${addDays(days.to, 2)}T00:00:00Z`)]
  const planned = (await promotions.seenBetween(from, to)).flatMap((promotion) => {
    const span = promotionSpan(promotion, timeZone)
    return span ? [{ promotion, span }] : []
  })
  const spans = new Map<string, readonly PromotedSpan[]>()
  const firstDay = dayInZone(from, timeZone)
  for (let start = 0; start < variants.length; start += VARIANTS_AT_ONCE) {
    const page = variants.slice(start, start + VARIANTS_AT_ONCE)
    const listed = new Map<string, ListedPrice[]>()
    for (const { variantId, ...price } of await prices.listed(page.map(({ variantId }) => variantId))) {
      const known = listed.get(variantId) ?? []
      known.push(price)
      listed.set(variantId, known)
    }
    for (const { variantId, productId, categoryIds } of page) {
      const reaching = planned.flatMap(({ promotion, span }) => (promotionReaches(promotion, { productId, categoryIds }) === true ? [span] : []))
      const offers = offerSpans(listed.get(variantId) ?? [], timeZone).filter(({ toDay }) => toDay === null || toDay >= firstDay)
      if (reaching.length + offers.length > 0) spans.set(variantId, [...reaching, ...offers])
    }
    pulse()
  }
  return spans
}
