import { addDays, type Day } from "../domain/day"
import { SALES_PATTERN_DAYS, salesPattern, type SalesPattern } from "../domain/replenishment/assemble-outlook"
import type { DemandStore } from "./stores/demand-store"
import type { StockStore } from "./stores/stock-store"

/** A pattern is read anew after so long, ms: an import may have brought years of sales meanwhile. */
const KEPT_MS = 10 * 60_000

interface PatternStores {
  demand: Pick<DemandStore, "rowsForPanel">
  stock: Pick<StockStore, "inStockByWeekday">
}

/** Reads the shop's sales pattern before a day, once for many items. A failed reading is not kept. */
export function createSalesPatterns({ demand, stock }: PatternStores, now: () => Date): (day: Day) => Promise<SalesPattern> {
  let known: { day: Day; readAt: number; pattern: Promise<SalesPattern> } | undefined
  return (day) => {
    if (known?.day === day && now().getTime() - known.readAt < KEPT_MS) return known.pattern
    const range = { fromDay: addDays(day, -SALES_PATTERN_DAYS), toDay: addDays(day, -1) }
    const pattern = Promise.all([demand.rowsForPanel(range), stock.inStockByWeekday(range)]).then(([rows, inStock]) => salesPattern(rows, inStock))
    const reading = { day, readAt: now().getTime(), pattern }
    known = reading
    pattern.catch(() => {
      if (known === reading) known = undefined
    })
    return pattern
  }
}
