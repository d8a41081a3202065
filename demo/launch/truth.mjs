// Forecasts beside what customers of the simulated shop really asked for, in stock or not: the shop knows what it sold, only the simulation knows this.
import { createRequire } from "node:module"
import { join } from "node:path"
import { ROOT } from "./package-build.mjs"

/** Levels of the quantiles that are kept of past forecasts (src/database/stores/forecast-history-store.ts). */
const LEVELS = [0.01, 0.1, 0.5, 0.9, 0.99]

/** @typedef {import("../simulator/coverage.js").Coverage} Coverage */

/**
 * How well the forecasts of weeks that are over covered what was asked for in them; the first night's are forecast afterwards, by models that had not seen those weeks.
 * @param {Pick<import("./house.mjs").House, "postgres" | "database" | "prepared" | "seeded">} house
 * @returns {Promise<Coverage | null>} `null` for a real history, of which nobody knows it, or before forecasts are kept
 */
export async function readCoverage({ postgres, database, prepared, seeded }) {
  if (!prepared.truth) return null
  const { coverage } = createRequire(import.meta.url)(join(ROOT, ".medusa", "server", "demo", "simulator", "index.js"))
  const names = new Map(Object.entries(seeded.locations).map(([name, id]) => [id, name]))
  const kept = await postgres.rows(
    database,
    `select s.sku, h.location_id, h.first_day::text as first_day, h.mean[1] as mean, h.quantiles[1:${LEVELS.length}] as quantiles
      from foresight.forecast_history h join foresight.demand_series s using (variant_id, location_id) where s.sku is not null`
  )
  const said = kept.map(({ sku, location_id, first_day: firstDay, mean, quantiles }) => ({ sku, location: names.get(location_id) ?? "", firstDay, mean, quantiles }))
  return coverage(prepared.truth, said, LEVELS)
}
