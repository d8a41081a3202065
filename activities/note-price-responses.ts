import type { Stores } from "../src/database/stores"
import type { PromotionPeriod } from "../src/database/stores/promotion-store"
import { addDays, dayInZone, daysBetween, type Day } from "../src/domain/day"
import type { DemandPanel } from "../src/domain/demand"
import { seriesPlace } from "../src/domain/demand/series-place"
import { priceResponses } from "../src/domain/demand/price-response"
import { promotionReaches } from "../src/domain/insight/promotion-reach"
import type { ShopReader } from "../src/shop/shop-reader"

const DAYS_PER_WEEK = 7
const ROWS_AT_ONCE = 500

/** Writes what each variant's sales said about its price and its promotions, so that "what if" is answered from one row. Safe to retry: the variant keys
 * the row.
 * @param note Called before each step. */
export async function notePriceResponses(
  { stores, reader, timeZone }: { stores: Pick<Stores, "priceResponses" | "promotions">; reader: Pick<ShopReader, "variantsOf">; timeZone: string },
  panel: DemandPanel,
  computedAt: Date,
  note: () => void
): Promise<void> {
  note()
  const responses = priceResponses(panel, await promotedWeeks({ stores, reader, timeZone }, panel, note))
  for (let start = 0; start < responses.length; start += ROWS_AT_ONCE) {
    note()
    await stores.priceResponses.upsert(responses.slice(start, start + ROWS_AT_ONCE).map((response) => ({ ...response, computedAt })))
  }
  await stores.priceResponses.removeBefore(computedAt)
}

/** Share of each week in which a promotion with a period reached the product, per series of the panel; `null` where none did. */
async function promotedWeeks(
  { stores, reader, timeZone }: { stores: Pick<Stores, "promotions">; reader: Pick<ShopReader, "variantsOf">; timeZone: string },
  { periods, series }: DemandPanel,
  note: () => void
): Promise<(Float64Array | null)[]> {
  const [first] = periods
  const last = periods.at(-1)
  if (first === undefined || last === undefined) return []
  const end = addDays(last, DAYS_PER_WEEK)
  const found = await stores.promotions.seenBetween(new Date(`${first}T00:00:00Z`), new Date(`${end}T00:00:00Z`))
  const promotions = found.filter(({ startsAt, endsAt }) => startsAt !== null || endsAt !== null)
  if (promotions.length === 0) return series.map(() => null)
  const days = promotions.map((promotion) => promotedDays(promotion, { from: first, to: addDays(end, -1), timeZone }))
  const variantIds = [...new Set(series.map(({ seriesId }) => variantOf(seriesId)))]
  const productOf = new Map<string, string>()
  for (let start = 0; start < variantIds.length; start += ROWS_AT_ONCE) {
    note()
    for (const { id, productId } of await reader.variantsOf(variantIds.slice(start, start + ROWS_AT_ONCE))) productOf.set(id, productId)
  }
  return series.map(({ seriesId, category }) => {
    const productId = productOf.get(variantOf(seriesId))
    if (productId === undefined) return null
    const reaching = days.filter((_, at) => promotions[at] && promotionReaches(promotions[at], { productId, categoryId: category }) === true)
    if (reaching.length === 0) return null
    const shares = new Float64Array(periods.length)
    for (const day of new Set(reaching.flatMap((some) => [...some]))) shares[Math.floor(day / DAYS_PER_WEEK)]! += 1 / DAYS_PER_WEEK
    return shares
  })
}

/** Days of the panel on which a promotion held, counted from its first. */
function promotedDays({ startsAt, endsAt }: PromotionPeriod, { from, to, timeZone }: { from: Day; to: Day; timeZone: string }): Set<number> {
  const start = Math.max(0, startsAt ? daysBetween(from, dayInZone(startsAt, timeZone)) : 0)
  const end = Math.min(daysBetween(from, to), endsAt ? daysBetween(from, dayInZone(endsAt, timeZone)) : Infinity)
  return new Set(Array.from({ length: Math.max(0, end - start + 1) }, (_, day) => start + day))
}

const variantOf = (seriesId: string) => seriesPlace(seriesId)?.variantId ?? seriesId
