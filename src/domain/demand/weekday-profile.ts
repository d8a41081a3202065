import type { Day } from "../day"
import { dayNumber } from "../day"

/** Monday is 0. */
export function weekdayOf(day: Day): number {
  return (((dayNumber(day) + 3) % 7) + 7) % 7
}

/** Sales a weekday has before it stands beside the even split: keeps a young shop from saying "never on Sundays". */
const PRIOR_UNITS_SHARE = 0.02

/** Share of a week's units sold on each weekday, Monday first; shape `[7]`, sums to 1. Pooled over the whole shop: single items are too thin.
 * Each row counts by `log(1 + units)`, so that one wholesale order does not make a weekday. Without rows every day gets 1/7.
 */
export function weekdayProfile(rows: Iterable<{ day: Day; units: number }>): number[] {
  const units = new Array<number>(7).fill(0)
  for (const row of rows) {
    if (row.units > 0) units[weekdayOf(row.day)]! += Math.log1p(row.units)
  }
  const total = units.reduce((sum, value) => sum + value, 0)
  if (total === 0) return units.map(() => 1 / 7)
  return units.map((value) => (value / total + PRIOR_UNITS_SHARE) / (1 + 7 * PRIOR_UNITS_SHARE))
}
