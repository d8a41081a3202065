import type { InteractionTable } from "./types"

const SECONDS_PER_DAY = 86_400
/** Half-life of the baseline every learned recommender has to beat, and of the list behind it, days. */
export const POPULAR_HALF_LIFE_DAYS = 7

/**
 * What sells lately: Σ weight · 0.5^(age / half-life) per item.
 * @param rows The first `rows` interactions count (the table is in time order).
 * @param at Moment looked from, seconds since 1970; later interactions count as if they happened then.
 * @param halfLifeDays After how many days an interaction counts half; > 0.
 * @returns One score an item of the table; 0 where nothing happened.
 */
export function popularLately(
  table: InteractionTable,
  { rows = table.item.length, at, halfLifeDays }: { rows?: number; at: number; halfLifeDays: number }
): Float64Array {
  const scores = new Float64Array(table.items.length)
  for (let row = 0; row < rows; row++) {
    const age = Math.max(0, at - table.at[row]!) / SECONDS_PER_DAY
    scores[table.item[row]!]! += table.weight[row]! * 0.5 ** (age / halfLifeDays)
  }
  return scores
}
