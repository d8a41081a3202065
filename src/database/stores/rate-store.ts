import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import type { CurrencyRate } from "../../domain/money"
import { columnList, upsertRows } from "../bulk"
import { CurrencyRateEntity } from "../entities/currency-rate.entity"
import { rows } from "../query"

export interface RateStore {
  /** Writes rates; the same day and pair again overwrites. @returns rows written. */
  set(rates: readonly CurrencyRate[]): Promise<number>
  /** Newest day first. */
  list(page: { limit: number; offset: number }): Promise<{ rates: CurrencyRate[]; count: number }>
  /** The newest rate of every pair that holds on `day`. */
  on(day: Day): Promise<CurrencyRate[]>
}

/** Makes the store of currency rates of an opened data source. */
export function createRateStore(dataSource: DataSource): RateStore {
  const columns = () => columnList(dataSource, CurrencyRateEntity, { without: ["recordedAt"] })
  return {
    set: (rates) => upsertRows(dataSource, dataSource, CurrencyRateEntity, rates.map((rate) => ({ ...rate, recordedAt: new Date() }))),

    async list({ limit, offset }) {
      const [rates, counted] = await Promise.all([
        rows<CurrencyRate>(dataSource, `SELECT ${columns()} FROM foresight.currency_rate ORDER BY currency_rate.day DESC, from_currency, to_currency LIMIT $1 OFFSET $2`, [limit, offset]),
        rows<{ count: number }>(dataSource, "SELECT count(*)::int AS count FROM foresight.currency_rate"),
      ])
      return { rates, count: counted[0]?.count ?? 0 }
    },

    on: (day) =>
      rows<CurrencyRate>(
        dataSource,
        `SELECT DISTINCT ON (from_currency, to_currency) ${columns()} FROM foresight.currency_rate WHERE currency_rate.day <= $1::date
          ORDER BY from_currency, to_currency, currency_rate.day DESC`,
        [day]
      ),
  }
}
