import { YEAR_PERIODS } from "../domain/demand/boosted/demand-history"
import type { Frequency } from "../domain/demand/types"

/** What fixes the net's shape; stored with its weights. */
export interface DemandNetSpec {
  frequency: Frequency
  /** Periods ahead it forecasts. */
  horizon: number
  /** Past periods it reads. */
  context: number
  /** Units of the LSTM. */
  units: number
  /** Units of the layer behind it. */
  hidden: number
  /** Whether the time of the year is an input: only where the history covers a year, since a net cannot know months it never saw. */
  calendar: boolean
  /** Categories with a learned vector; others share the first row. */
  categories: string[]
}

/** Inputs per past period: log ratio, sold, known, price, category total, shop total, and the calendar's four. */
export const PERIOD_INPUTS = 10
/** Inputs per period ahead: the calendar's four and last year's category and shop totals. */
export const TARGET_INPUTS = 6
/** Inputs per series: log level, known share of the context, share of periods with a sale, age, whether last year is known, newest and whole
 * context over the level, and how far off the level was. */
export const SERIES_INPUTS = 8
/** Length of a category's learned vector. */
export const EMBEDDING = 4

const CONTEXT: Record<Frequency, number> = { day: 56, week: 26, month: 24 }
/** Most categories that get a vector of their own, the largest first. */
const MOST_CATEGORIES = 500

/** The net's shape for a panel whose first `until` periods may be read. */
export function demandNetSpec(panel: { frequency: Frequency; series: { category: string | null }[] }, until: number, horizon: number): DemandNetSpec {
  const counts = new Map<string, number>()
  for (const { category } of panel.series) if (category !== null) counts.set(category, (counts.get(category) ?? 0) + 1)
  const categories = [...counts].filter(([, count]) => count >= 3).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return {
    frequency: panel.frequency,
    horizon,
    context: CONTEXT[panel.frequency],
    units: 64,
    hidden: 64,
    calendar: until >= 1.15 * YEAR_PERIODS[panel.frequency],
    categories: categories.slice(0, MOST_CATEGORIES).map(([category]) => category),
  }
}
