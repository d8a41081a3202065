import type { DataSource } from "typeorm"
import type { ListedPrice } from "../../domain/demand/promoted-spans"
import type { Price } from "../../domain/price"
import { bulkSource, columnList } from "../bulk"
import { PriceChangeEntity } from "../entities/price-change.entity"
import { rows } from "../query"

/** What a price said from `recordedAt` on; `amount` `null`: it is gone or its list a draft. */
export interface PriceChange extends Price {
  priceId: string
  recordedAt: Date
}

/** Prices over time: a row where a price differs from what it said last, from the first walk on. */
export interface PriceStore {
  /** Notes prices as they are now; what says the same as before adds nothing. @returns rows added. */
  note(prices: readonly Omit<PriceChange, "recordedAt">[], recordedAt: Date): Promise<number>
  /** Prices that held when last seen: the next ids behind `after`, in the order of the database. */
  currentIds(page: { after: string | null; limit: number }): Promise<string[]>
  /** Ends prices that the shop has no more. @returns rows added. */
  end(priceIds: readonly string[], recordedAt: Date): Promise<number>
  /** All rows of these variants, oldest first. */
  history(variantIds: readonly string[]): Promise<PriceChange[]>
  /** What a unit of each of these variants costs by its own price now, in the currency in which the shop sold most lately; none where there is no such price. */
  asked(variantIds: readonly string[]): Promise<{ variantId: string; amount: number }[]>
  /** All rows of these variants' prices on price lists, those of each price oldest first. */
  listed(variantIds: readonly string[]): Promise<(ListedPrice & { variantId: string })[]>
}

/** What is compared. `valid_from` moves with every save in the admin and says nothing alone, unless it lies ahead: a price list that begins later, or now does not. */
const COMPARED = ["variant_id", "currency_code", "region_id", "price_list_id", "price_list_type", "min_quantity", "rules", "amount", "valid_to"]
/** Days whose sales say in which currency the shop sells. */
const LATELY_DAYS = 90
const NEWEST = "SELECT DISTINCT ON (price_id) * FROM foresight.price_change ORDER BY price_id, recorded_at DESC"

/** Makes the price store of an opened data source. */
export function createPriceStore(dataSource: DataSource): PriceStore {
  const added = async (sql: string, parameters: readonly unknown[]) => {
    const [answer] = await rows<{ added: number }>(dataSource, `WITH added AS (${sql} RETURNING 1) SELECT count(*)::int AS added FROM added`, parameters)
    return answer?.added ?? 0
  }
  return {
    async note(prices, recordedAt) {
      if (prices.length === 0) return 0
      const distinct = [...new Map(prices.map((price) => [price.priceId, price])).values()]
      const { table, names, select, parameters } = bulkSource<PriceChangeEntity>(dataSource, PriceChangeEntity, distinct.map((price) => ({ ...price, recordedAt })))
      const columns = (alias: string) => [...COMPARED.map((name) => `${alias}.${name}`), `greatest(${alias}.valid_from, s.recorded_at)`].join(", ")
      return added(
        `INSERT INTO ${table} (${names.join(", ")}) SELECT ${names.map((name) => `s.${name}`).join(", ")} FROM (${select}) AS s
          LEFT JOIN LATERAL (SELECT * FROM foresight.price_change c WHERE c.price_id = s.price_id ORDER BY c.recorded_at DESC LIMIT 1) AS known ON true
          WHERE known.price_id IS NULL OR (${columns("s")}) IS DISTINCT FROM (${columns("known")})
          ON CONFLICT (price_id, recorded_at) DO NOTHING`,
        parameters
      )
    },

    async currentIds({ after, limit }) {
      const found = await rows<{ id: string }>(
        dataSource,
        `SELECT price_id AS id FROM (${NEWEST}) AS newest WHERE amount IS NOT NULL AND ($1::text IS NULL OR price_id > $1) ORDER BY price_id LIMIT $2`,
        [after, limit]
      )
      return found.map(({ id }) => id)
    },

    end: (priceIds, recordedAt) =>
      added(
        `INSERT INTO foresight.price_change (price_id, recorded_at, variant_id, currency_code, region_id, price_list_id, price_list_type, min_quantity, rules, amount, valid_from, valid_to)
          SELECT price_id, $2::timestamptz, variant_id, currency_code, region_id, price_list_id, price_list_type, min_quantity, rules, NULL, $2::timestamptz, NULL
          FROM (${NEWEST}) AS newest WHERE price_id = ANY($1::text[]) AND amount IS NOT NULL ON CONFLICT (price_id, recorded_at) DO NOTHING`,
        [priceIds, recordedAt]
      ),

    history: (variantIds) =>
      rows<PriceChange>(dataSource, `SELECT ${columnList(dataSource, PriceChangeEntity)} FROM foresight.price_change WHERE variant_id = ANY($1::text[]) ORDER BY price_change.recorded_at, price_id`, [
        variantIds,
      ]),

    asked: (variantIds) =>
      rows<{ variantId: string; amount: number }>(
        dataSource,
        `SELECT DISTINCT ON (variant_id) variant_id AS "variantId", amount::float8 AS amount
        FROM (SELECT DISTINCT ON (price_id) * FROM foresight.price_change WHERE variant_id = ANY($1::text[]) ORDER BY price_id, recorded_at DESC) AS newest
        WHERE price_list_id IS NULL AND amount IS NOT NULL AND coalesce(min_quantity, 1) <= 1 AND rules = '{}'
          AND currency_code = (SELECT currency_code FROM foresight.demand_day WHERE currency_code <> '' AND day > (SELECT max(day) FROM foresight.demand_day) - $2::int
            GROUP BY currency_code ORDER BY sum(units) DESC, currency_code LIMIT 1)
        ORDER BY variant_id, region_id NULLS FIRST, recorded_at DESC`,
        [variantIds, LATELY_DAYS]
      ),

    listed: (variantIds) =>
      rows<ListedPrice & { variantId: string }>(
        dataSource,
        `SELECT variant_id AS "variantId", price_id AS "priceId", recorded_at AS "recordedAt", valid_from AS "validFrom", valid_to AS "validTo",
          (price_list_type = 'sale') IS TRUE AND amount IS NOT NULL AND coalesce(min_quantity, 1) <= 1 AND rules = '{}' AS "isOffer"
        FROM foresight.price_change WHERE variant_id = ANY($1::text[]) AND price_list_id IS NOT NULL ORDER BY price_id, recorded_at`,
        [variantIds]
      ),
  }
}
