#!/usr/bin/env node
// `npm run bench [-- NAME]`: speed and accuracy of the packed plugin in a real store; writes docs/benchmarks.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { ROOT, checkNode } from "../../demo/launch/package-build.mjs"
import { createProcesses } from "../../demo/launch/processes.mjs"
import { openState } from "../../demo/launch/state.mjs"
import { createSteps, describeFailure } from "../../demo/launch/steps.mjs"
import { circumstances, describeCircumstances, loadNow, pace } from "./machine.mjs"
import { describeForecast } from "./describe-forecast.mjs"
import { describeBoosting, measureBoosting } from "./measure-boosting.mjs"
import { describeCycle, measureCycle } from "./measure-cycle.mjs"
import { describeEventsHttp, measureEventsHttp } from "./measure-events-http.mjs"
import { describeEventsScale, measureEventsScale } from "./measure-events-scale.mjs"
import { measureForecast } from "./measure-forecast.mjs"
import { describeHugeImport, measureHugeImport } from "./measure-huge-import.mjs"
import { describeImport, measureImport } from "./measure-import.mjs"
import { describeOpenapi, measureOpenapi } from "./measure-openapi.mjs"
import { describeRecommendHttp, measureRecommendHttp } from "./measure-recommend-http.mjs"
import { BENCHES, updatePage } from "./page.mjs"
import { chooseData, openWorld } from "./world.mjs"

const USAGE = `usage: npm run bench -- [${BENCHES.join("|")}]… [--data FILE] [--repeats N] [--small] [--json]

  without a name  all of them, into docs/benchmarks.md
  --data FILE     a sales file to measure with; ../shared/data/online_retail.csv.gz where it is there, else the simulated shop
  --repeats N     imports and rounds of requests; 3 unless given
  --small         a small simulated shop and two seconds a route, to see that the benches run; docs/benchmarks.md stays as it is
  --huge          beside import, a file of 2 GB: ten minutes and 10 GB of disk more
  --peers KINDS   forecast: local,index,lightgbm,ensemble (all unless given), kept: those of the run before, or none
  --sets NAMES    forecast: online_retail,walmart,carparts,uci_weekly,simulated,scale (all unless given)
  --members NAMES forecast: models that are measured alone, too; all unless given, or none
  --json          print the results as one JSON document, last on stdout

State lies in .foresight/bench, the figures in its results.json.`

/** @param {string} message @returns {never} */
function badUsage(message) {
  process.stderr.write(`${message}\n\n${USAGE}\n`)
  process.exit(2)
}

/** @param {string[]} args */
function readOptions(args) {
  let parsed
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: "string" },
        repeats: { type: "string", default: "3" },
        small: { type: "boolean", default: false },
        huge: { type: "boolean", default: false },
        peers: { type: "string" },
        sets: { type: "string" },
        members: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    })
  } catch (error) {
    return badUsage(error instanceof Error ? error.message : String(error))
  }
  const { values, positionals } = parsed
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    process.exit(0)
  }
  const unknown = positionals.find((name) => !BENCHES.some((bench) => bench === name))
  if (unknown !== undefined) badUsage(`unknown bench ${JSON.stringify(unknown)}; expected ${BENCHES.join(", ")}`)
  if (!/^[1-9]\d?$/.test(values.repeats)) badUsage(`--repeats is ${JSON.stringify(values.repeats)}; expected a whole number from 1 to 99`)
  if (values.data !== undefined && !existsSync(values.data)) badUsage(`--data is ${JSON.stringify(values.data)}, which does not exist`)
  const names = BENCHES.filter((name) => positionals.length === 0 || positionals.includes(name))
  return { names, data: values.data, repeats: Number(values.repeats), small: values.small, huge: values.huge, peers: values.peers, sets: values.sets, members: values.members, json: values.json }
}

const options = readOptions(process.argv.slice(2))
const folder = join(ROOT, ".foresight", "bench")
const page = options.small ? join(folder, "small.md") : join(ROOT, "docs", "benchmarks.md")
const processes = createProcesses({ folder })
processes.stopWithUs({ onSignal: (signal) => process.stderr.write(`\n${signal}: stopping\n`) })
const { step, note } = createSteps()

/** Benches of a library or of the file commands: they need neither store nor server, and each opens what it needs. */
const worldless = {
  boosting: async () => {
    const result = await measureBoosting({ processes, step, note, repeats: options.repeats, small: options.small })
    return { result, text: describeBoosting(result) }
  },
  forecast: async () => {
    const result = await measureForecast({ processes, step, note, folder, small: options.small, peers: options.peers, sets: options.sets, members: options.members })
    return { result, text: describeForecast(result) }
  },
}
/** @param {string} name @returns {name is keyof typeof worldless} */
const isWorldless = (name) => Object.hasOwn(worldless, name)

/** @param {import("./world.mjs").World} world */
const benchesOf = (world) => ({
  import: async () => {
    const imported = await measureImport(world, options)
    const huge = options.huge ? await world.withHouse((house) => measureHugeImport(house)) : null
    const text = describeImport(imported, world.source)
    return { result: { ...imported, ...(huge && { huge }) }, text: huge ? `${text}\n\n${describeHugeImport(huge)}` : text }
  },
  cycle: async () => {
    const result = await measureCycle(world)
    return { result, text: describeCycle(result, world.source) }
  },
  "recommend-http": async () => {
    const result = await measureRecommendHttp(world, { repeats: options.repeats, seconds: options.small ? 2 : 10 })
    return { result, text: describeRecommendHttp(result, world.source) }
  },
  "events-scale": async () => {
    const result = await measureEventsScale({ postgres: world.postgres, step, events: options.small ? 100_000 : 10_000_000, repeats: options.repeats })
    return { result, text: describeEventsScale(result) }
  },
  openapi: async () => {
    const result = await measureOpenapi(world, { examples: options.small ? 5 : 50 })
    return { result, text: describeOpenapi(result, world.source) }
  },
  "events-http": async () => {
    const result = await measureEventsHttp(world, { repeats: options.repeats, seconds: options.small ? 2 : 10 })
    return { result, text: describeEventsHttp(result, world.source) }
  },
})

async function main() {
  checkNode()
  const load = loadNow()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(ROOT, ".foresight", ".gitignore"), "*\n")
  const swept = await processes.sweep()
  if (swept.length > 0) note(`stopped what an earlier run left: ${swept.join(", ")}`)
  /** @type {Promise<import("./world.mjs").World> | undefined} */
  let opened // the store is built and started only when a bench asks for it
  const openOnce = () => (opened ??= openWorld({ processes, step, folder, dataFile: options.small ? null : chooseData(options.data, note), small: options.small }))
  const results = openState(join(folder, options.small ? "small.json" : "results.json"))
  for (const name of options.names) {
    note(`— ${name}`)
    const world = isWorldless(name) ? undefined : await openOnce()
    const where = circumstances({ ...world?.servers, load })
    const { result, text } = await (isWorldless(name) ? worldless[name]() : benchesOf(/** @type {import("./world.mjs").World} */ (world))[name]())
    where.pace.push(pace())
    results.set(name, { ...where, ...(world && { source: world.source }), result })
    const before = existsSync(page) ? readFileSync(page, "utf8") : ""
    writeFileSync(page, updatePage(before, { [name]: `${describeCircumstances(where)}\n\n${text}` }))
    process[options.json ? "stderr" : "stdout"].write(`${text}\n`)
  }
  note(`written: ${page}`)
  return Object.fromEntries(options.names.map((name) => [name, results.get(name)]))
}

try {
  const results = await main()
  await processes.stopAll()
  if (options.json) process.stdout.write(`${JSON.stringify(results)}\n`)
  process.exit(0)
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  await processes.stopAll()
  process.exit(1)
}
