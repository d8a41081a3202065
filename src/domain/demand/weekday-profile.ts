import type { Day } from "../day"
import { dayNumber } from "../day"

/** Monday is 0. */
export function weekdayOf(day: Day): number {
  return (((dayNumber(day) + 3) % 7) + 7) % 7
}

/** Sales a weekday has before it stands beside the even split: keeps a young shop from saying "never on Sundays". */
const PRIOR_UNITS_SHARE = 0.02
/** A weekday is not scaled up further than from this share in stock. */
const LEAST_IN_STOCK = 0.25
const ALWAYS: readonly number[] = new Array<number>(7).fill(1)

/** Share of a week's units sold on each weekday, Monday first; shape `[7]`, sums to 1. Pooled over the whole shop: single items are too thin.
 * Each row counts by `log(1 + units)`, so that one wholesale order does not make a weekday. Without rows every day gets 1/7.
 * @param inStock Mean share of each weekday on which things could be sold, Monday first, shape `[7]`, in [0, 1]: a weekday on which shelves are often empty is no weaker for it.
 */
export function weekdayProfile(rows: Iterable<{ day: Day; units: number }>, inStock: readonly number[] = ALWAYS): number[] {
  const units = new Array<number>(7).fill(0)
  for (const row of rows) {
    if (row.units > 0) units[weekdayOf(row.day)]! += Math.log1p(row.units)
  }
  return sharesOf(units.map((value, weekday) => value / Math.max(LEAST_IN_STOCK, inStock[weekday] ?? 1)))
}

/** The profile as it was known at the end of each week, from sales up to there and none of later ones: what a backtest may know.
 * @param asOf Last day of the last week. @returns The profile of the week that ended so many weeks before. */
export function weekdayProfilesUntil(rows: Iterable<{ day: Day; units: number }>, asOf: Day): (weeksBack: number) => readonly number[] {
  const last = dayNumber(asOf)
  const byWeek: number[][] = []
  for (const { day, units } of rows) {
    const back = Math.floor((last - dayNumber(day)) / 7)
    if (units > 0 && back >= 0) (byWeek[back] ??= new Array<number>(7).fill(0))[weekdayOf(day)]! += Math.log1p(units)
  }
  const units = new Array<number>(7).fill(0)
  const profiles: number[][] = []
  for (let back = byWeek.length - 1; back >= 0; back--) {
    byWeek[back]?.forEach((value, weekday) => (units[weekday]! += value))
    profiles[back] = sharesOf(units)
  }
  const even = sharesOf(new Array<number>(7).fill(0))
  return (weeksBack) => profiles[weeksBack] ?? even
}

function sharesOf(units: readonly number[]): number[] {
  const total = units.reduce((sum, value) => sum + value, 0)
  if (total === 0) return units.map(() => 1 / 7)
  return units.map((value) => (value / total + PRIOR_UNITS_SHARE) / (1 + 7 * PRIOR_UNITS_SHARE))
}
