import { addDays, daysBetween } from "../../src/domain/day"
import type { SimulatedShop } from "./types"

/** One variant at one location on one day. */
interface StockDay {
  /** Units that could be sold when the day began. */
  stocked: number
  /** Share of the day's buyers who found it, 0 … 1; of a day without any, whether there was something to find. */
  inStock: number
}

/** What a shop that has been watched from its first day on knows of its shelves, as lines of a CSV file, header first: every day of each variant at each location. */
export function* stockHistoryToCsv({ orders, truth, locations }: Pick<SimulatedShop, "orders" | "truth" | "locations">): Generator<string> {
  const place = (sku: string, location: string) => `${sku}@${location}`
  const sold = new Map(truth.skus.flatMap((sku) => locations.map(({ name }) => [place(sku, name), new Float64Array(truth.days)] as const)))
  for (const { sku, location, quantity, ordered_at: at, status } of orders()) {
    const units = sold.get(place(sku, location))
    const day = daysBetween(truth.firstDay, at.slice(0, 10))
    if (units && status !== "canceled") units[day] = (units[day] ?? 0) + quantity
  }
  yield "sku,location,day,stocked,in_stock\n"
  for (const [variant, sku] of truth.skus.entries()) {
    for (const [index, { name }] of locations.entries()) {
      const units = sold.get(place(sku, name)) as Float64Array
      for (let day = 0; day < truth.days; day++) {
        const { stocked, inStock } = stockDay(truth.unitsAtOpening(variant, index, day), units[day] ?? 0, truth.lostUnits(variant, index, day))
        yield `${sku},${name},${addDays(truth.firstDay, day)},${stocked},${inStock}\n`
      }
    }
  }
}

function stockDay(stocked: number, sold: number, lost: number): StockDay {
  if (lost > 0) return { stocked, inStock: sold / (sold + lost) }
  return { stocked, inStock: stocked > 0 || sold > 0 ? 1 : 0 }
}
