import type { Day } from "./day"

/** What one unit of `from` was worth in `to` from `day` on, until a later rate of the pair. */
export interface CurrencyRate {
  day: Day
  /** Lower-case ISO 4217. */
  from: string
  to: string
  /** > 0. */
  rate: number
  /** Who says so, e.g. `ECB`. */
  source: string
}

/** An amount in another currency, with the rates it came by; `known: false` where no rate leads there: never taken for 1. */
export type Converted = { known: true; amount: number; rates: CurrencyRate[] } | { known: false; missing: string }

/**
 * Converts money by the newest rates of or before `day`: the pair itself, else its inverse, else over one third currency (EUR → USD → GBP).
 * @param amount In `from`; any sign.
 * @param rates In any order; later days and other pairs are passed over.
 */
export function convert({ amount, from, to, day }: { amount: number; from: string; to: string; day: Day }, rates: readonly CurrencyRate[]): Converted {
  if (from === to) return { known: true, amount, rates: [] }
  const direct = newest(rates, from, to, day)
  if (direct) return { known: true, amount: amount * factor(direct, from), rates: [direct] }
  const bridges = [...new Set(rates.flatMap((rate) => [rate.from, rate.to]))].sort()
  for (const bridge of bridges) {
    const first = newest(rates, from, bridge, day)
    const second = newest(rates, bridge, to, day)
    if (bridge !== from && bridge !== to && first && second) return { known: true, amount: amount * factor(first, from) * factor(second, bridge), rates: [first, second] }
  }
  return { known: false, missing: `${from} → ${to} on ${day}` }
}

const factor = ({ from, rate }: CurrencyRate, source: string) => (from === source ? rate : 1 / rate)

/** The newest rate between two currencies in either direction; on one day the direct one. */
function newest(rates: readonly CurrencyRate[], from: string, to: string, day: Day): CurrencyRate | null {
  let best: CurrencyRate | null = null
  for (const rate of rates) {
    const fits = (rate.from === from && rate.to === to) || (rate.from === to && rate.to === from)
    if (fits && rate.day <= day && (!best || rate.day > best.day || (rate.day === best.day && rate.from === from))) best = rate
  }
  return best
}
