import { daysBetween, type Day } from "../../src/domain/day"
import type { AskedFor } from "./asked-for"

const DAYS_PER_WEEK = 7

/** What had been said of one week of one item. */
export interface SaidOfWeek {
  sku: string
  location: string
  firstDay: Day
  mean: number
  /** Units at `levels`. */
  quantiles: readonly number[]
}

/** How often as little as said was asked for. */
export interface Coverage {
  weeks: number
  /** Items × weeks compared. */
  count: number
  /** Expected and asked for, units together. */
  said: number
  asked: number
  /** Shares below, and at or below, the quantile; `off`: how far they miss `below ≤ level ≤ atOrBelow`, 0 where they hold it. Demand is counted in units, so that both are needed. */
  levels: { level: number; below: number; atOrBelow: number; off: number }[]
}

/** Compares forecasts of weeks with what was really asked for in them; weeks that the truth does not cover are left out. `null` where none is left. */
export function coverage(truth: AskedFor, said: readonly SaidOfWeek[], levels: readonly number[]): Coverage | null {
  const byPlace = new Map(truth.items.map((item) => [`${item.sku}@${item.location}`, item.units]))
  const weeks = new Set<Day>()
  const sums = { count: 0, said: 0, asked: 0 }
  const counts = levels.map(() => ({ below: 0, atOrBelow: 0 }))
  for (const { sku, location, firstDay, mean, quantiles } of said) {
    const units = byPlace.get(`${sku}@${location}`)
    const from = daysBetween(truth.firstDay, firstDay)
    if (!units || from < 0 || from + DAYS_PER_WEEK > units.length) continue
    const asked = units.slice(from, from + DAYS_PER_WEEK).reduce((sum, value) => sum + value, 0)
    weeks.add(firstDay)
    sums.count++
    sums.said += mean
    sums.asked += asked
    counts.forEach((count, at) => {
      const quantile = quantiles[at] as number
      if (asked < quantile) count.below++
      if (asked <= quantile) count.atOrBelow++
    })
  }
  const { count } = sums
  if (count === 0) return null
  const shares = levels.map((level, at) => {
    const [below, atOrBelow] = [counts[at]!.below / count, counts[at]!.atOrBelow / count]
    return { level, below, atOrBelow, off: Math.max(0, below - level, level - atOrBelow) }
  })
  return { weeks: weeks.size, ...sums, levels: shares }
}
