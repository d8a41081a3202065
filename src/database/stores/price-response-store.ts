import type { DataSource } from "typeorm"
import type { PriceResponse } from "../../domain/demand/price-response"
import { columnList, upsertRows } from "../bulk"
import { PriceResponseEntity } from "../entities/price-response.entity"
import { countChanged, rows } from "../query"

/** A response as a forecast run found it. */
export interface StoredPriceResponse extends PriceResponse {
  computedAt: Date
}

export interface PriceResponseStore {
  /** Overwrites by variant; an older `computedAt` never replaces a newer one. @returns rows written. */
  upsert(responses: readonly StoredPriceResponse[]): Promise<number>
  /** Removes those that a full run, begun at `before`, did not write again. @returns rows removed. */
  removeBefore(before: Date): Promise<number>
  /** With the currency in which the variant sells most; `null` while no run has looked at it. */
  of(variantId: string): Promise<(StoredPriceResponse & { currencyCode: string | null }) | null>
}

/** Makes the store of price responses of an opened data source. */
export function createPriceResponseStore(dataSource: DataSource): PriceResponseStore {
  return {
    upsert: (responses) => upsertRows(dataSource, dataSource, PriceResponseEntity, responses, { newerBy: "computedAt" }),

    removeBefore: (before) => countChanged(dataSource, "DELETE FROM foresight.price_response WHERE computed_at < $1", [before]),

    async of(variantId) {
      const [found] = await rows<StoredPriceResponse & { currencyCode: string | null }>(
        dataSource,
        `SELECT ${columnList(dataSource, PriceResponseEntity)}, (SELECT nullif(currency_code, '') FROM foresight.demand_day WHERE variant_id = $1
            GROUP BY currency_code ORDER BY sum(units) DESC, currency_code LIMIT 1) AS "currencyCode"
          FROM foresight.price_response WHERE variant_id = $1`,
        [variantId]
      )
      return found ?? null
    },
  }
}
