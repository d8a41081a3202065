import { addDays, daysBetween, type Day } from "../../src/domain/day"
import type { SimulatedShop } from "./types"

/** What was really asked for, whether it was in stock or not: what only a simulated shop can tell. */
export interface AskedFor {
  /** The day of the first of `units`. */
  firstDay: Day
  /** Units a day of each variant at each location. */
  items: { sku: string; location: string; units: number[] }[]
}

/** What was asked for in the last days of a simulated history: what was sold, canceled orders left out, and what found no stock. */
export function askedFor({ orders, truth, locations }: Pick<SimulatedShop, "orders" | "truth" | "locations">, days: number): AskedFor {
  const skipped = Math.max(0, truth.days - days)
  const items = truth.skus.flatMap((sku, variant) =>
    locations.map(({ name }, location) => ({ sku, location: name, units: Array.from({ length: truth.days - skipped }, (_, day) => truth.lostUnits(variant, location, skipped + day)) }))
  )
  const byPlace = new Map(items.map((item) => [`${item.sku}@${item.location}`, item]))
  for (const { sku, location, quantity, ordered_at: at, status } of orders()) {
    const day = daysBetween(truth.firstDay, at.slice(0, 10)) - skipped
    const units = byPlace.get(`${sku}@${location}`)?.units
    if (units && day >= 0 && status !== "canceled") units[day]! += quantity
  }
  return { firstDay: addDays(truth.firstDay, skipped), items }
}
