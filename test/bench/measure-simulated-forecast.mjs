// `forecast`, set `simulated`: a shop whose demand is known, sold or not. How often does it stay below what was forecast, and how far is the mean from the truth?
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { periodLosses, readActuals, rowsOf } from "./forecast-losses.mjs"
import { runForecasts } from "./run-forecasts.mjs"
import { writeSimulatedSales } from "./simulated-sales.mjs"

/** @type {import("./forecast-sets.mjs").ForecastSet} */
const SET = { name: "simulated", title: "Simulated shop, weekly", frequency: "week", horizon: 4, origins: 4, known: ["promotion"], statics: [], targets: [] }
/** A shop that is forecast in seconds, to see that the bench runs. */
const SMALL = { variants: 40, days: 420, customers: 300, orders: 4_000, events: 0 }

/**
 * @param {import("./run-forecasts.mjs").ForecastTools} tools
 * @param {{ small: boolean }} how
 */
export async function measureSimulatedForecast(tools, { small }) {
  const files = { sales: join(tools.folder, "simulated.csv"), demand: join(tools.folder, "simulated.demand.csv") }
  mkdirSync(join(tools.folder, SET.name), { recursive: true })
  const { weekEnds, expected } = await tools.step("simulated: the shop's sales", () => writeSimulatedSales(tools.server, files, small ? SMALL : undefined))
  const { periods, seconds } = await runForecasts(tools, SET, weekEnds, "auto")
  const actuals = await readActuals(files.demand)
  const { calibration } = await periodLosses(actuals, rowsOf(periods))
  let [off, offByLuck, truth] = [0, 0, 0]
  for await (const { item_id: item = "", date = "", mean } of rowsOf(periods)) {
    const own = expected.get(`${item} ${date}`) ?? NaN
    const { at, units } = /** @type {import("./forecast-losses.mjs").Item} */ (actuals.get(item))
    off += Math.abs(Number(mean) - own)
    offByLuck += Math.abs((units[at.get(date) ?? -1] ?? NaN) - own)
    truth += own
  }
  return { series: actuals.size, seconds, calibration, offTruth: off / truth, offByLuck: offByLuck / truth }
}
