// The simulated shop as a sales file, and what its customers really wanted: what was sold and what found no stock.
import { createWriteStream } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"

const SEED = 42
const AS_OF = "2026-10-31"
const WEEK = 7
const DAY_MS = 86_400_000

/**
 * @typedef {object} SimulatedSales
 * @property {string[]} weekEnds last day of each week of the history, oldest first
 * @property {Map<string, number>} expected mean demand by `item date`, the week's first day
 */

/** @param {string} day @param {number} days */
const addDays = (day, days) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

/**
 * Writes the daily sales of each variant at each location as the shop knows them (with days out of stock and promotions), and the weekly demand as it was.
 * @param {string} server the compiled plugin
 * @param {{ sales: string, demand: string }} files
 * @param {object} [scale] of the shop; the demo's unless given
 * @returns {Promise<SimulatedSales>}
 */
export async function writeSimulatedSales(server, files, scale) {
  const { simulateShop } = createRequire(import.meta.url)(join(server, "demo", "simulator", "index.js"))
  /** @type {import("../../demo/simulator/types.js").SimulatedShop} */
  const { orders, truth, products, locations } = simulateShop({ seed: SEED, asOf: AS_OF, ...(scale && { scale }) })
  const categoryOf = new Map(products.flatMap(({ variants, categories }) => variants.map(({ sku }) => [sku, categories[0] ?? ""])))
  const names = locations.map(({ name }) => name)
  const places = truth.skus.flatMap((sku, variant) => names.map((name, location) => ({ sku, variant, location, item: `${sku} at ${name}` })))
  const sold = new Map(places.map(({ item }) => [item, new Float64Array(truth.days)]))
  for (const { sku, location, ordered_at: at, quantity, status } of orders()) {
    const day = (Date.parse(at.slice(0, 10)) - Date.parse(truth.firstDay)) / DAY_MS
    const units = sold.get(`${sku} at ${location}`)
    if (status === "completed" && units) units[day] = (units[day] ?? 0) + quantity
  }
  const promoted = new Map(truth.skus.map((sku) => [sku, new Uint8Array(truth.days)]))
  for (const { sku, from, to } of truth.promotions) promoted.get(sku)?.fill(1, from, to + 1)
  const weeks = Math.floor(truth.days / WEEK)
  const first = truth.days - weeks * WEEK // weeks end with the history
  /** @param {number} week @param {number} [day] of the week, from 0 */
  const dayOf = (week, day = 0) => addDays(truth.firstDay, first + week * WEEK + day)
  /** @param {{ item: string, variant: number, location: number }} place @param {number} day */
  const wanted = ({ item, variant, location }, day) => (sold.get(item)?.[day] ?? 0) + truth.lostUnits(variant, location, day)
  /** @param {number} week @param {(day: number) => number} of */
  const sum = (week, of) => Array.from({ length: WEEK }, (_, day) => of(first + week * WEEK + day)).reduce((total, value) => total + value, 0)

  function* sales() {
    yield "item_id,date,quantity,in_stock,promotion,category\n"
    for (const place of places) {
      const units = sold.get(place.item) ?? new Float64Array(0)
      const launched = units.findIndex((value) => value > 0)
      for (let day = Math.max(first, launched); launched >= 0 && day < truth.days; day += 1) {
        const inStock = truth.unitsAtOpening(place.variant, place.location, day) > 0 || (units[day] ?? 0) > 0
        yield `${place.item},${addDays(truth.firstDay, day)},${units[day]},${inStock ? 1 : 0},${promoted.get(place.sku)?.[day]},${categoryOf.get(place.sku)}\n`
      }
    }
  }
  function* demand() {
    yield "item_id,date,quantity\n"
    for (const place of places) {
      for (let week = 0; week < weeks; week += 1) yield `${place.item},${dayOf(week)},${sum(week, (day) => wanted(place, day))}\n`
    }
  }
  await pipeline(Readable.from(sales()), createWriteStream(files.sales))
  await pipeline(Readable.from(demand()), createWriteStream(files.demand))
  const expected = new Map(
    places.flatMap(({ item, variant, location }) =>
      Array.from({ length: weeks }, (_, week) => /** @type {[string, number]} */ ([`${item} ${dayOf(week)}`, sum(week, (day) => truth.expectedDemand(variant, location, day))]))
    )
  )
  return { weekEnds: Array.from({ length: weeks }, (_, week) => dayOf(week, WEEK - 1)), expected }
}
