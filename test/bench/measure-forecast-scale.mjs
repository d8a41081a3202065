// Many daily series through `foresight forecast`: time and memory must grow with their number and not faster.
import { once } from "node:events"
import { createWriteStream, existsSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { watchMemory } from "./memory-watch.mjs"

const DAYS = 200
const HORIZON = 28
const FIRST = Date.UTC(2025, 0, 1)
const DAY_MS = 86_400_000

/** Units of one made-up series: slow and fast movers, a weekday's rhythm, many zeros. @param {number} series @param {number} day */
function unitsOf(series, day) {
  const hash = Math.imul(Math.imul(series + 1, 0x9e3779b1) ^ Math.imul(day + 1, 0x85ebca6b), 0xc2b2ae35) >>> 0
  const level = 0.2 + ((series * 7919) % 97) / 12
  const draw = (hash % 10_000) / 10_000
  return Math.floor(level * (day % 7 > 4 ? 1.6 : 0.8) * draw * draw * 3)
}

/** @param {string} file @param {number} series */
async function writeSeries(file, series) {
  const out = createWriteStream(file)
  const dates = Array.from({ length: DAYS }, (_, day) => new Date(FIRST + day * DAY_MS).toISOString().slice(0, 10))
  out.write("item_id,date,quantity\n")
  for (let one = 0; one < series; one++) {
    const text = dates.map((date, day) => `item-${one},${date},${unitsOf(one, day)}\n`).join("")
    if (!out.write(text)) await once(out, "drain")
  }
  out.end()
  await once(out, "finish")
}

/**
 * @param {object} tools
 * @param {import("../../demo/launch/processes.mjs").Processes} tools.processes
 * @param {ReturnType<typeof import("../../demo/launch/steps.mjs").createSteps>["step"]} tools.step
 * @param {string} tools.folder
 * @param {string} tools.cli
 * @param {readonly number[]} tools.counts
 * @returns {Promise<{ series: number, rows: number, bytes: number, seconds: number, peakBytes: number | null }[]>}
 */
export async function measureForecastScale({ processes, step, folder, cli, counts }) {
  const results = []
  for (const series of counts) {
    const [file, out] = [join(folder, `scale-${series}.csv`), join(folder, `scale-${series}.out.csv`)]
    if (!existsSync(file)) await step(`${series} daily series: make them up`, () => writeSeries(file, series))
    const started = performance.now()
    const { peak } = await step(`${series} daily series: foresight forecast`, async () => {
      const child = processes.start({ name: `forecast-scale-${series}`, command: process.execPath, args: [cli, "forecast", file, "--frequency", "day", "--horizon", String(HORIZON), "--out", out] })
      const watch = watchMemory(child.pid)
      let most = /** @type {number | null} */ (null)
      const timer = setInterval(() => (most = watch.peak() ?? most), 250)
      const { code } = await child.exited
      clearInterval(timer)
      watch.stop()
      await child.stop()
      if (code !== 0) throw new Error(`foresight forecast ended with ${code}\n${child.tail()}`)
      return { peak: most }
    })
    results.push({ series, rows: series * DAYS, bytes: statSync(file).size, seconds: (performance.now() - started) / 1000, peakBytes: peak })
    for (const made of [file, out]) rmSync(made, { force: true })
  }
  return results
}
