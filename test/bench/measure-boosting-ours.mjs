// One run of our trees, in a process of its own: reads the table, trains one model a loss, writes predictions, prints what it took.
// Predictions are made five times over, as a served model makes them again and again.
// node measure-boosting-ours.mjs SERVER FOLDER ROWS TRAINED SEED ROUNDS
import { readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { CATEGORICAL, COLUMNS, GROUP } from "./measure-boosting-data.mjs"

const [server = "", folder = "", ...numbers] = process.argv.slice(2)
const [rows = 0, trained = 0, seed = 1, rounds = 100] = numbers.map(Number)
const require = createRequire(import.meta.url)
const { applyLink, binTable, predictBoosting, trainBoosting } = require(join(server, "src/domain/boosting/index.js"))
const { trainForests } = require(join(server, "src/learning/train-forests.js"))

const read = (/** @type {string} */ name) => {
  const bytes = readFileSync(join(folder, name))
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}
const x = new Float32Array(read("x.f32"))
const part = (/** @type {number} */ from, /** @type {number} */ to) =>
  Array.from({ length: COLUMNS }, (_, column) => x.subarray(column * rows + from, column * rows + to))
const target = (/** @type {string} */ name) => new Float64Array(read(`${name}.f64`)).slice(0, trained)
/** Seconds of the clock and of the processor. @template T @param {() => T} work @returns {[T, { seconds: number, cpu: number }]} */
function timed(work) {
  const [before, clock] = [process.cpuUsage(), performance.now()]
  const answer = work()
  const { user, system } = process.cpuUsage(before)
  return [answer, { seconds: (performance.now() - clock) / 1000, cpu: (user + system) / 1e6 }]
}

const [table, bin] = timed(() =>
  binTable({ columns: part(0, trained), names: Array.from({ length: COLUMNS }, (_, at) => `x${at}`), categorical: new Set([CATEGORICAL]), maxBins: 63 })
)
const weight = target("weight")
/** @type {Record<string, object>} */
const losses = {
  squared: { kind: "squared" },
  quantile: { kind: "quantile", level: 0.9 },
  tweedie: { kind: "tweedie", power: 1.5 },
  logistic: { kind: "logistic" },
  lambdarank: { kind: "lambdarank", groups: new Uint32Array(trained / GROUP).fill(GROUP), truncation: 10 },
}
/** @type {Record<string, object>} */
const results = {}
for (const [name, loss] of Object.entries(losses)) {
  const wanted = target(name === "logistic" ? "bought" : name === "lambdarank" ? "relevance" : "demand")
  const [trees, train] = timed(() => trainBoosting({ table, target: wanted, ...(name !== "lambdarank" && { weight }), options: { loss, rounds, seed } }))
  const [scores, predict] = timed(() => Array.from({ length: 5 }, () => predictBoosting(trees, part(0, rows), rows)).at(-1))
  writeFileSync(join(folder, `ours-${name}.f64`), new Uint8Array(applyLink(trees.link, scores).slice(trained).buffer))
  results[name] = { train, predict }
}

/** Four quantiles, on one thread and on all cores. */
const jobs = [0.1, 0.5, 0.9, 0.95].map((level) => ({
  name: `quantile ${level}`,
  task: { table, target: target("demand"), weight, options: { loss: { kind: "quantile", level }, rounds, seed } },
}))
/** @type {{ threads: number, seconds: number }[]} */
const pool = []
for (const threads of [...new Set([1, availableParallelism()])]) {
  const started = performance.now()
  await trainForests(jobs, { threads })
  pool.push({ threads, seconds: (performance.now() - started) / 1000 })
}
process.stdout.write(`${JSON.stringify({ bin, losses: results, pool })}\n`)
