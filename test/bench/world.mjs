// What every bench stands on: the demo's servers and store, and a template database with the shop's products, copied afresh for each measurement.
import { randomBytes } from "node:crypto"
import { existsSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fillStore, startHouse } from "../../demo/launch/house.mjs"
import { ROOT, buildPackage, installDependencies, packPackage } from "../../demo/launch/package-build.mjs"
import { startPostgres } from "../../demo/launch/postgres.mjs"
import { fileKey, prepareOnce, shopFromFile, simulatedShop } from "../../demo/launch/shop.mjs"
import { openState } from "../../demo/launch/state.mjs"
import { installStore, storeEnvironment } from "../../demo/launch/store.mjs"
import { startTemporal } from "../../demo/launch/temporal.mjs"
import { temporalProgram } from "../../demo/launch/temporal-program.mjs"

/** Products and customers, no history. */
const TEMPLATE = "foresight_test_bench_template"
/** The copy that is measured. The name is part of every workflow id, so it stays the same. */
const DATABASE = "foresight_test_bench"
const SEED = 42
/** With `--small`: to see that the benches run. */
const SMALL = { scale: { variants: 60, days: 420, customers: 300, orders: 4000, events: 12_000 }, trainingSeconds: "15" }

const ONLINE_RETAIL = join(ROOT, "..", "shared", "data", "online_retail.csv.gz")

/**
 * @typedef {import("../../demo/launch/processes.mjs").Child} Child
 * @typedef {import("../../demo/launch/temporal.mjs").TemporalServer} TemporalServer
 * @typedef {import("../../demo/launch/house.mjs").House & { medusa: Child, worker: Child, temporal: TemporalServer, asOf: string }} BenchHouse
 *
 * @typedef {object} World
 * @property {string} source of the shop and its history
 * @property {{ postgres: string, temporal: string }} servers
 * @property {import("../../demo/launch/postgres.mjs").PostgresServer} postgres
 * @property {<T>(work: (house: BenchHouse) => Promise<T>, how?: { keep: boolean }) => Promise<T>} withHouse
 */

/**
 * @param {object} wish
 * @param {import("../../demo/launch/processes.mjs").Processes} wish.processes
 * @param {import("../../demo/launch/steps.mjs").Steps["step"]} wish.step
 * @param {string} wish.folder
 * @param {string | null} wish.dataFile `null`: the simulated shop
 * @param {boolean} wish.small
 * @returns {Promise<World>}
 */
export async function openWorld({ processes, step, folder, dataFile, small }) {
  const program = process.env.TEMPORAL_ADDRESS ? Promise.resolve(null) : step("Temporal program", ({ say }) => temporalProgram({ processes, say }))
  program.catch(() => {}) // reported where it is awaited
  await step("dependencies", async ({ result }) => result((await installDependencies(processes)) ? "npm ci" : "present"))
  await step("build", async ({ result }) => result((await buildPackage(processes)) ? "built" : "unchanged"))
  const plugin = await step("package", () => packPackage(processes))
  const postgres = await step("Postgres", () => startPostgres({ processes }))
  // Schedules of an earlier run would start workflows among the measured ones.
  rmSync(join(folder, "temporal.db"), { force: true })
  const namespace = `${DATABASE}_${randomBytes(4).toString("hex")}`
  const temporal = await step("Temporal", async () => startTemporal({ processes, namespace, program: await program }))

  const state = openState(join(folder, "state.json"))
  const envOf = (/** @type {string} */ database) => ({
    ...storeEnvironment({ databaseUrl: postgres.urlOf(database), temporal, secret: "only-for-benches" }),
    LOG_LEVEL: "warn",
    ...(small && { FORESIGHT_TRAINING_SECONDS: SMALL.trainingSeconds }),
  })
  const storeOn = (/** @type {string} */ database) => ({ processes, state, folder: join(folder, "store"), env: envOf(database) })
  const { version } = await step("store install", () => installStore(storeOn(TEMPLATE), plugin))

  const asOf = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  const shopKey = dataFile ? fileKey(dataFile) : `seed-${SEED} ${asOf}${small ? " small" : ""}`
  const templateFile = join(folder, "template.json")
  if (openState(templateFile).get("shop") !== shopKey) await postgres.dropDatabase(TEMPLATE)
  if (await postgres.createDatabase(TEMPLATE)) {
    rmSync(templateFile, { force: true })
    openState(templateFile).set("shop", shopKey)
  }
  const template = openState(templateFile)
  const make = () => (dataFile ? shopFromFile({ file: dataFile }) : simulatedShop({ seed: SEED, asOf, folder, ...(small && { scale: SMALL.scale }) }))
  const prepared = await step("history", () => prepareOnce(template, { key: shopKey, folder, make }))
  const seeded = await fillStore({ processes, step, store: storeOn(TEMPLATE), data: template, postgres, database: TEMPLATE, prepared, shopKey }, version)

  const measuredFile = join(folder, "measured.json")
  const houseKey = `${shopKey} ${version} ${asOf}`
  const isTrained = async () => {
    const kept = /** @type {{ version: string } | undefined} */ (openState(measuredFile).get("trained"))
    return kept?.version === houseKey && !(await postgres.createDatabase(DATABASE))
  }
  return {
    source: dataFile ? "UCI Online Retail" : `the simulated shop, seed ${SEED}${small ? ", small" : ""}`,
    postgres,
    servers: { postgres: postgres.source.replace(/, port \d+$/, ""), temporal: process.env.TEMPORAL_ADDRESS ? temporal.source : "development server" },
    /**
     * Store and worker on a fresh copy of the template, stopped afterwards.
     * `keep`: on the copy of the last time where that was trained with the same plugin on the same day.
     */
    async withHouse(work, { keep } = { keep: false }) {
      if (!keep || !(await isTrained())) {
        rmSync(measuredFile, { force: true })
        await postgres.dropDatabase(DATABASE)
        await postgres.rows(TEMPLATE, `create database "${DATABASE}" template "${TEMPLATE}"`)
      }
      const data = openState(measuredFile)
      const opening = { processes, step, store: storeOn(DATABASE), data, postgres, database: DATABASE, prepared, shopKey: houseKey, seeded }
      const { url, children } = await startHouse(opening, {})
      const [medusa, worker] = /** @type {[Child, Child]} */ (children)
      try {
        return await Promise.race([work({ ...opening, url, medusa, worker, temporal, asOf }), processes.watch(children)])
      } finally {
        for (const child of [...children].reverse()) await child.stop()
      }
    },
  }
}

/**
 * @param {string | undefined} given
 * @param {(text: string) => void} note
 * @returns {string | null} the sales file to measure with; `null`: the simulated shop
 */
export function chooseData(given, note) {
  if (given !== undefined) return given
  if (existsSync(ONLINE_RETAIL)) return ONLINE_RETAIL
  note(`${ONLINE_RETAIL} is not there: Online Retail is skipped, the simulated shop is measured instead (--data FILE names another file)`)
  return null
}
