#!/usr/bin/env node
// `npm run demo`: a real Medusa store with this plugin installed from its tarball, filled, trained and answering.
import { randomBytes } from "node:crypto"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { readAnswers } from "./launch/answers.mjs"
import { freePort } from "./launch/free-port.mjs"
import { enterSupply, fillStore, importHistory, learn, sellThroughCheckout, startHouse } from "./launch/house.mjs"
import { ROOT, buildPackage, checkNode, installDependencies, packPackage } from "./launch/package-build.mjs"
import { startPostgres } from "./launch/postgres.mjs"
import { describeAnswers } from "./launch/print-answers.mjs"
import { createProcesses } from "./launch/processes.mjs"
import { ADMIN, fileKey, prepareOnce, shopFromFile, simulatedShop } from "./launch/shop.mjs"
import { openState } from "./launch/state.mjs"
import { LaunchError, createSteps, describeFailure } from "./launch/steps.mjs"
import { installStore, storeEnvironment } from "./launch/store.mjs"
import { adminApi } from "./launch/storefront.mjs"
import { buildStorefront, serveStorefront, storefrontConfig } from "./launch/storefront-site.mjs"
import { startTemporal } from "./launch/temporal.mjs"
import { temporalProgram } from "./launch/temporal-program.mjs"
import { readCoverage } from "./launch/truth.mjs"

const USAGE = `usage: npm run demo -- [--once] [--json] [--data FILE] [--reset] [--as-of DATE] [--seed N]

  --once        stop after printing
  --json        print the result as one JSON document, last on stdout
  --data FILE   a real sales file (UCI Online Retail columns, or order_id,ordered_at,customer_id|email,sku,quantity,unit_price,currency), .csv or .csv.gz
  --reset       forget the data of earlier runs
  --as-of DATE  last day of the history, YYYY-MM-DD; yesterday unless given
  --seed N      another simulated shop; 42 unless given

Environment: DATABASE_URL and TEMPORAL_ADDRESS name servers to use (a database and a namespace foresight_demo_… are made there),
PORT the store's port, FORESIGHT_STOREFRONT_PORT, FORESIGHT_POSTGRES_PORT, FORESIGHT_TEMPORAL_PORT and FORESIGHT_TEMPORAL_UI_PORT those of the servers started here.`

/** Orders that go through Medusa's own checkout. */
const CHECKOUTS = 52
const DEFAULT_SEED = 42

/** @param {string} message @returns {never} */
function badUsage(message) {
  process.stderr.write(`${message}\n\n${USAGE}\n`)
  process.exit(2)
}

/** @param {string[]} args */
function readOptions(args) {
  const options = {
    once: { type: /** @type {const} */ ("boolean"), default: false },
    json: { type: /** @type {const} */ ("boolean"), default: false },
    reset: { type: /** @type {const} */ ("boolean"), default: false },
    help: { type: /** @type {const} */ ("boolean"), default: false },
    data: { type: /** @type {const} */ ("string") },
    "as-of": { type: /** @type {const} */ ("string") },
    seed: { type: /** @type {const} */ ("string") },
  }
  let values
  try {
    values = parseArgs({ args, options }).values
  } catch (error) {
    return badUsage(error instanceof Error ? error.message : String(error))
  }
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    process.exit(0)
  }
  const asOf = values["as-of"]
  if (asOf !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(asOf) || Number.isNaN(Date.parse(asOf)) || new Date(asOf).toISOString().slice(0, 10) !== asOf)) {
    badUsage(`--as-of is ${JSON.stringify(asOf)}; expected a day such as 2026-03-01`)
  }
  if (values.seed !== undefined && !/^\d{1,9}$/.test(values.seed)) badUsage(`--seed is ${JSON.stringify(values.seed)}; expected a whole number ≥ 0`)
  return { once: values.once, json: values.json, reset: values.reset, data: values.data, asOf, seed: values.seed === undefined ? undefined : Number(values.seed) }
}

const yesterday = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)

/**
 * Which shop this folder holds. Chosen at the first start; later ones must not ask for another without --reset.
 * @param {import("./launch/state.mjs").State} data
 * @param {ReturnType<typeof readOptions>} options
 * @returns {{ id: string, asOf: string, seed: number, file: string | null, key: string }}
 */
function chooseShop(data, { data: file, asOf, seed }) {
  const kept = /** @type {{ id: string, asOf: string, seed: number, file: string | null, fileKey: string | null } | undefined} */ (data.get("shop"))
  let wantedKey = null
  try {
    wantedKey = file === undefined ? null : fileKey(file)
  } catch (error) {
    throw new LaunchError(`--data is ${JSON.stringify(file)}, which cannot be read: ${error instanceof Error ? error.message : error}`)
  }
  const chosen = kept ?? { id: randomBytes(4).toString("hex"), asOf: asOf ?? yesterday(), seed: seed ?? DEFAULT_SEED, file: file ?? null, fileKey: wantedKey }
  const differs = kept && ((wantedKey ?? null) !== kept.fileKey || (asOf !== undefined && asOf !== kept.asOf) || (seed !== undefined && seed !== kept.seed))
  if (differs) {
    const holds = kept.file ? `the history of ${kept.file}` : `the simulated shop with seed ${kept.seed}`
    throw new LaunchError(`.foresight/demo holds ${holds} up to ${kept.asOf}, which is not what is asked for`, "Add --reset to forget it, or leave the other flags as they were.")
  }
  if (!kept) data.set("shop", chosen)
  return { ...chosen, key: `${chosen.fileKey ?? `seed-${chosen.seed}`} ${chosen.asOf}` }
}

const options = readOptions(process.argv.slice(2))
const folder = join(ROOT, ".foresight", "demo")
const processes = createProcesses({ folder })
const steps = createSteps()
const { step } = steps

async function main() {
  const started = performance.now()
  checkNode()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(ROOT, ".foresight", ".gitignore"), "*\n")
  const swept = await processes.sweep()
  if (swept.length > 0) steps.note(`stopped what an earlier start left: ${swept.join(", ")}`)
  const state = openState(join(folder, "state.json"))
  const dataFile = join(folder, "data.json")
  const former = /** @type {{ id: string } | undefined} */ (openState(dataFile).get("shop"))
  if (options.reset) {
    rmSync(dataFile, { force: true })
    rmSync(join(folder, "temporal.db"), { force: true })
  }
  const chosen = chooseShop(openState(dataFile), options)

  // Building the Temporal server takes minutes the first time on a machine, so it begins at once and beside everything else.
  const program = process.env.TEMPORAL_ADDRESS ? Promise.resolve(null) : step("Temporal program", ({ say }) => temporalProgram({ processes, say }))
  program.catch(() => {}) // reported where it is awaited
  await step("dependencies", async ({ result }) => result((await installDependencies(processes)) ? "npm ci" : "present"))
  await step("build", async ({ result }) => result((await buildPackage(processes)) ? "built" : "unchanged"))
  const plugin = await step("package", () => packPackage(processes))

  const postgres = await step("Postgres", async ({ result }) => {
    const server = await startPostgres({ processes })
    result(server.source)
    return server
  })
  const database = `foresight_demo_${chosen.id}`
  if (options.reset && former) await postgres.dropDatabase(`foresight_demo_${former.id}`)
  if (await postgres.createDatabase(database)) {
    // The database is new, whatever the notes beside it say: a temporary folder may have been emptied.
    const shop = openState(dataFile).get("shop")
    rmSync(dataFile, { force: true })
    openState(dataFile).set("shop", shop)
  }
  const data = openState(dataFile)

  const temporal = await step("Temporal", async ({ result }) => {
    const server = await startTemporal({ processes, namespace: database, program: await program })
    result(server.source)
    return server
  })
  if (!state.get("secret")) state.set("secret", randomBytes(24).toString("hex"))
  const storefrontPort = await freePort({ name: "the storefront", given: process.env.FORESIGHT_STOREFRONT_PORT, variable: "FORESIGHT_STOREFRONT_PORT", preferred: 8000 })
  const env = storeEnvironment({ databaseUrl: postgres.urlOf(database), temporal, secret: String(state.get("secret")), storefrontUrl: `http://localhost:${storefrontPort}` })
  const store = { processes, state, folder: join(folder, "store"), env }
  const { version } = await step("store install", async ({ result }) => {
    const installed = await installStore(store, plugin)
    result(installed.reused ? "unchanged" : "plugin installed from its tarball")
    return installed
  })
  const prepared = await step("history", async ({ result }) => {
    const make = () => (chosen.file ? shopFromFile({ file: chosen.file }) : simulatedShop({ seed: chosen.seed, asOf: chosen.asOf, folder }))
    const shop = await prepareOnce(data, { key: chosen.key, folder, make })
    result(chosen.file ?? `simulated, seed ${chosen.seed}, up to ${chosen.asOf}`)
    return shop
  })

  const opening = { processes, step, store, data, postgres, database, prepared, shopKey: chosen.key }
  const seeded = await fillStore(opening, version)
  const { url, children } = await startHouse(opening, { given: process.env.PORT, preferred: 9000 })
  const house = { ...opening, seeded, url }
  const site = await step("storefront", async ({ result }) => {
    const { folder: files, reused } = await buildStorefront({ processes, state })
    const served = await serveStorefront({ folder: files, port: storefrontPort, config: storefrontConfig(url, seeded, prepared.shop) })
    result(`${served.url}${reused ? "" : ", built"}`)
    return served
  })
  const died = processes.watch(children)

  const learnAndAsk = async () => {
    const admin = await adminApi(url, ADMIN)
    await importHistory(house, chosen.asOf)
    await enterSupply(house, admin)
    await sellThroughCheckout(house, CHECKOUTS)
    await learn(house)
    return step("answers", async () => ({ answers: await readAnswers(house, admin), coverage: await readCoverage(house) }))
  }
  const { answers, coverage } = await Promise.race([learnAndAsk(), died])
  const document = {
    ...answers,
    urls: { admin: `${url}/app`, storefront: site.url, store: url, temporal: temporal.uiUrl, recommendations: `${url}/store/foresight/recommendations` },
    seconds: { ...steps.seconds, total: Math.round((performance.now() - started) / 100) / 10 },
  }
  const text = describeAnswers(document, { admin: ADMIN, locations: seeded.locations, assumed: prepared.assumed, coverage })
  if (options.json) process.stderr.write(text)
  else process.stdout.write(text)
  return { document, died }
}

let isReady = false
processes.stopWithUs({
  onSignal: (signal) => process.stderr.write(`\n${signal}: stopping\n`),
  exitCode: (usual) => (isReady ? 0 : usual), // once it runs, Ctrl-C is how one is done with it
})
try {
  const { document, died } = await main()
  isReady = true
  if (!options.once) {
    if (options.json) process.stdout.write(`${JSON.stringify(document)}\n`)
    steps.note("Running. Ctrl-C stops everything; the next start reuses it.")
    const forever = setInterval(() => {}, 1 << 30)
    await died.finally(() => clearInterval(forever))
  }
  await processes.stopAll()
  if (options.json && options.once) process.stdout.write(`${JSON.stringify(document)}\n`)
  process.exitCode = 0
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  await processes.stopAll()
  process.exit(1)
}
