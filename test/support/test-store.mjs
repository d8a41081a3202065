// The store of the http and browser tests: demo/store with the packed plugin, in production mode, on a small simulated shop.
import { join } from "node:path"
import { freePort } from "../../demo/launch/free-port.mjs"
import { fillStore, importHistory, learn, startHouse } from "../../demo/launch/house.mjs"
import { packPackage } from "../../demo/launch/package-build.mjs"
import { prepareOnce, simulatedShop } from "../../demo/launch/shop.mjs"
import { openState } from "../../demo/launch/state.mjs"
import { LaunchError } from "../../demo/launch/steps.mjs"
import { installStore, storeEnvironment } from "../../demo/launch/store.mjs"
import { readCoverage } from "../../demo/launch/truth.mjs"
import { buildStorefront, serveStorefront, storefrontConfig } from "../../demo/launch/storefront-site.mjs"

/** Large enough for a backtest with several origins, small enough to be imported and trained within a minute or two. */
const SCALE = { variants: 60, days: 420, customers: 300, orders: 4000, events: 12_000 }
const SEED = 42
const TRAINING_SECONDS = "15"
/** What a further server or worker of the same store needs, too. */
const SERVED_WITH = /** @type {const} */ ([
  ...["DATABASE_URL", "TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE", "JWT_SECRET", "COOKIE_SECRET", "STORE_CORS", "AUTH_CORS"],
  ...["MEDUSA_DISABLE_TELEMETRY", "NODE_NO_WARNINGS", "LOG_LEVEL", "FORESIGHT_TRAINING_SECONDS"],
])

/**
 * @param {object} wish
 * @param {import("../../demo/launch/processes.mjs").Processes} wish.processes
 * @param {import("../../demo/launch/steps.mjs").Steps["step"]} wish.step
 * @param {import("../../demo/launch/postgres.mjs").PostgresServer} wish.postgres
 * @param {import("../../demo/launch/temporal.mjs").TemporalServer} wish.temporal
 * @param {string} wish.database
 * @returns {Promise<{ TEST_STORE: string }>} what test/support/store.ts reads
 */
export async function prepareTestStore({ processes, step, postgres, temporal, database }) {
  const { folder } = processes
  const state = openState(join(folder, "state.json"))
  const data = openState(join(folder, `${database}.json`))
  const plugin = await step("package", () => packPackage(processes))
  await postgres.createDatabase(database)
  const secret = "only-for-tests"
  const storefrontPort = await freePort({ name: "the storefront" })
  const storefrontUrl = `http://localhost:${storefrontPort}`
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...storeEnvironment({ databaseUrl: postgres.urlOf(database), temporal, secret, storefrontUrl }), FORESIGHT_TRAINING_SECONDS: TRAINING_SECONDS, LOG_LEVEL: "warn" }
  const store = { processes, state, folder: join(folder, "store"), env }
  const { version } = await step("store install", async ({ result }) => {
    const installed = await installStore(store, plugin)
    result(installed.reused ? "unchanged" : "plugin installed from its tarball")
    return installed
  })
  const asOf = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  const shopKey = `${SEED} ${asOf}`
  const make = () => simulatedShop({ seed: SEED, asOf, scale: SCALE, folder })
  const prepared = await step("history", () => prepareOnce(data, { key: shopKey, folder, make }))
  const opening = { processes, step, store, data, postgres, database, prepared, shopKey }
  const seeded = await fillStore(opening, version)
  const { url, workerHealthUrl, children } = await startHouse(opening, {})
  const house = { ...opening, seeded, url }
  await step("storefront", async () => {
    const { folder: files } = await buildStorefront({ processes, state })
    await serveStorefront({ folder: files, port: storefrontPort, config: storefrontConfig(url, seeded, prepared.shop) })
  })
  const fill = async () => {
    await importHistory(house, asOf)
    await learn(house)
  }
  await Promise.race([fill(), processes.watch(children)])
  await pauseSchedules(temporal)
  return {
    TEST_STORE: JSON.stringify({
      url,
      storefront_url: storefrontUrl,
      worker_health_url: workerHealthUrl,
      folder: store.folder,
      environment: Object.fromEntries(SERVED_WITH.map((name) => [name, env[name]])),
      database_url: env.DATABASE_URL,
      publishable_key: seeded.publishableKey,
      region_id: seeded.regionId,
      shipping_option_id: seeded.shippingOptionId,
      sales_channels: seeded.salesChannels,
      locations: seeded.locations,
      admin: prepared.shop.admin,
      customers: prepared.shop.logins,
      customer_password: prepared.shop.customerPassword,
      country: prepared.shop.country,
      as_of: asOf,
      coverage: await readCoverage({ postgres, database, prepared, seeded }),
    }),
  }
}

/**
 * The worker walks the shop every five minutes and trains at night: here only when a test asks, whatever the time of day is. A worker that starts keeps the pause.
 * @param {import("../../demo/launch/temporal.mjs").TemporalServer} temporal
 */
async function pauseSchedules({ address, namespace }) {
  const { Client, Connection } = await import("@temporalio/client")
  const connection = await Connection.connect({ address })
  const { schedule } = new Client({ connection, namespace })
  try {
    /** @type {Set<string>} */
    const paused = new Set()
    for (const until = Date.now() + 60_000; paused.size < 2; await new Promise((resolve) => setTimeout(resolve, 200))) {
      if (Date.now() > until) throw new LaunchError(`${paused.size} schedules of the worker were found in ${namespace}; expected 2`)
      for await (const { scheduleId } of schedule.list()) {
        await schedule.getHandle(scheduleId).pause("tests say when")
        paused.add(scheduleId)
      }
    }
  } finally {
    await connection.close()
  }
}
