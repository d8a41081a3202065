// `foresight forecast` with one model from every origin of a set, each in a process of its own.
import { rmSync } from "node:fs"
import { join } from "node:path"
import { CALIBRATION } from "./forecast-losses.mjs"
import { addOrigin, cutFile, originsOf } from "./forecast-sets.mjs"

/** What the scorer calls us. */
export const FORESIGHT = "Foresight"
/** Numbers of first periods whose sums are forecast too. */
export const SUMS = [1, 2, 4]
const QUANTILES = [...CALIBRATION, 0.975].join(",")

/**
 * @typedef {object} ForecastTools
 * @property {import("../../demo/launch/processes.mjs").Processes} processes
 * @property {ReturnType<typeof import("../../demo/launch/steps.mjs").createSteps>["step"]} step
 * @property {(line: string) => void} note
 * @property {string} folder
 * @property {string} server the compiled plugin
 */

/**
 * Our forecasts from every origin, as the scorer's files.
 * @param {ForecastTools} tools
 * @param {import("./forecast-sets.mjs").ForecastSet} set
 * @param {readonly string[]} dates all that have a period, ascending
 * @param {string} model
 */
export async function runForecasts({ processes, step, folder, server }, set, dates, model) {
  const base = join(folder, set.name, model === "auto" ? FORESIGHT : `${FORESIGHT}-${model}`)
  const [periods, sums] = [`${base}.csv`, `${base}.sums.csv`]
  /** @type {number[]} */
  const seconds = []
  /** @type {unknown} */
  let choice = null
  for (const [index, origin] of originsOf(dates, set).entries()) {
    const [cut, out, sumOut] = ["cut", "out", "sums"].map((kind) => join(folder, `${set.name}.${kind}.csv`))
    if (!cut || !out || !sumOut) continue
    await cutFile(join(folder, `${set.name}.csv`), cut, set, origin, dates[dates.indexOf(origin) + set.horizon] ?? "")
    const columns = [...(set.known.length > 0 ? ["--known", set.known.join(",")] : []), ...(set.statics.length > 0 ? ["--static", set.statics.join(",")] : [])]
    const asked = ["--frequency", set.frequency, "--horizon", String(set.horizon), "--quantiles", QUANTILES, "--model", model, "--sum", SUMS.join(","), "--sum-out", sumOut, "--out", out, "--json", ...columns]
    /** @type {string[]} */
    const lines = []
    const started = performance.now()
    await step(`${set.name}: foresight forecast from ${origin}, ${model}`, () =>
      processes.run({ name: `forecast-${set.name}-${model}`, command: process.execPath, args: [join(server, "src", "cli", "main.js"), "forecast", cut, ...asked], onLine: (line) => void lines.push(line) })
    )
    seconds.push((performance.now() - started) / 1000)
    choice = JSON.parse(lines.join("\n")).choice
    await addOrigin(out, periods, origin, index === 0)
    await addOrigin(sumOut, sums, origin, index === 0)
    for (const file of [cut, out, sumOut]) rmSync(file)
  }
  return { periods, sums, seconds, choice }
}
