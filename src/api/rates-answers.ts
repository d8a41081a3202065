/** Shapes of what is answered about currency rates. Types only. */

/** GET /admin/foresight/settings/rates ; POST { rates } → 201 { written } */
export interface RatesAnswer {
  rates: CurrencyRateAnswer[]
  count: number
  limit: number
  offset: number
}
/** What one unit of `from` is worth in `to` from `day` on, and who says so. */
export interface CurrencyRateAnswer {
  day: string
  from: string
  to: string
  rate: number
  source: string
}
/** GET /admin/foresight/settings/rates/conversion?amount&from&to&day ; 404 where no rate leads there */
export interface ConversionAnswer {
  amount: number
  currency: string
  rates: CurrencyRateAnswer[]
}
