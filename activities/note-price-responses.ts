import type { Stores } from "../src/database/stores"
import type { PriceResponse } from "../src/domain/demand/price-response"

const ROWS_AT_ONCE = 500

/** Writes what each variant's sales said about its price and its promotions, so that "what if" is answered from one row. Safe to retry: the variant keys
 * the row.
 * @param note Called before each write. */
export async function notePriceResponses(
  stores: Pick<Stores, "priceResponses">,
  responses: readonly PriceResponse[],
  computedAt: Date,
  note: () => void
): Promise<void> {
  for (let start = 0; start < responses.length; start += ROWS_AT_ONCE) {
    note()
    await stores.priceResponses.upsert(responses.slice(start, start + ROWS_AT_ONCE).map((response) => ({ ...response, computedAt })))
  }
  await stores.priceResponses.removeBefore(computedAt)
}
