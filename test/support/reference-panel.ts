import type { DemandPanel } from "../../src/domain/demand/types"
import { aPanel, aSeries } from "./demand-builders"

const WEEKS = 60
const MONTHS = 42

/** `(7i² + 37i + 11) mod 101`: numbers that look as if by chance and are the same in every language. */
const numberAt = (i: number) => (7 * i * i + 37 * i + 11) % 101

/** Twelve items over 60 weeks as `test/support/member-references.py` makes them, too: every second one sells seldom, every week of a promotion sells twice as much, the
 * later ones begin late, some weeks are unknown, prices of two thirds fall in week 40.
 */
export function referencePanel(): DemandPanel {
  const promoted = Array.from({ length: 12 }, (_, item) => Float64Array.from({ length: WEEKS + 4 }, (__, week) => ((week + item) % 7 === 0 ? 1 : 0)))
  const series = promoted.map((flags, item) => {
    const units = Array.from({ length: WEEKS }, (_, week) => {
      const number = numberAt(WEEKS * item + week)
      if ((item >= 4 && week < 4 * (item - 3)) || (week + 3 * item) % 23 === 5) return NaN
      if (item % 2 === 1 && number < 45) return 0
      return Math.floor(((2 + 3 * item) * (40 + number) * (1 + (flags[week] ?? 0))) / 101)
    })
    const price = Float64Array.from(units, (_, week) => 10 + 6 * (item % 3) - (item % 3 > 0 && week >= 40 ? 2 : 0))
    const title = `${["Red", "Blue", "Small red", "Old"][item % 4]} ${["mug", "hat", "lamp"][item % 3]}`
    return aSeries(units, { price, category: item < 6 && item % 2 === 1 ? "b" : "a", title })
  })
  return { ...aPanel(series), known: [{ name: "promotion", values: promoted }] }
}

/** Three items over 42 months with one and the same season, growing a little from year to year: whichever share of an item's own season is chosen, the factors are the same. */
export function seasonalReferencePanel(): DemandPanel {
  const shape = [4, 6, 8, 12, 16, 20, 24, 20, 14, 10, 8, 6]
  const months = Array.from({ length: MONTHS }, (_, month) => (shape[month % 12] ?? 0) * 10 + Math.floor(month / 3) + (numberAt(month) % 7))
  return aPanel(
    [1, 2, 5].map((times) => aSeries(months.map((units) => times * units))),
    "month"
  )
}
