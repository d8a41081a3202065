// The house opened: store and worker run on a database of their own, filled with a shop and its history. Shared by the demo and the tests.
import { join } from "node:path"
import { checkoutTerms, placeOrders } from "./checkout.mjs"
import { freePort } from "./free-port.mjs"
import { LaunchError } from "./steps.mjs"
import { recordStockHistory } from "./stock-history.mjs"
import { answers, buildStore, foresight, migrateStore, seedStore, startStore } from "./store.mjs"
import { storefront } from "./storefront.mjs"

/**
 * @typedef {object} House
 * @property {import("./processes.mjs").Processes} processes
 * @property {import("./steps.mjs").Steps["step"]} step
 * @property {import("./store.mjs").StoreSetting} store
 * @property {import("./state.mjs").State} data what was done to the database
 * @property {import("./postgres.mjs").PostgresServer} postgres
 * @property {string} database
 * @property {import("./shop.mjs").PreparedShop} prepared
 * @property {string} shopKey names the shop's source
 * @property {import("./shop.mjs").SeedResult} seeded
 * @property {string} url
 */

/**
 * Migrations and seed beside the store's build: two cores have room for both.
 * @param {Omit<House, "seeded" | "url">} house
 * @param {string} version of store and plugin
 * @returns {Promise<import("./shop.mjs").SeedResult>}
 */
export async function fillStore({ step, store, data, prepared, shopKey }, version) {
  const building = step("store build", async ({ result }) => result((await buildStore(store, version)) ? "unchanged" : "medusa build"))
  building.catch(() => {}) // reported where it is awaited
  await step("store migrations", async ({ result }) => result((await migrateStore({ ...store, state: data }, version)) ? "done before" : "medusa db:migrate"))
  const seeded = await step("shop", async ({ say, result }) => {
    const answer = await seedStore({ ...store, state: data }, { version: shopKey, shop: prepared.shop, say })
    const { products, variants, customers } = answer.seeded
    result(`${products} products, ${variants} variants, ${customers} customers${answer.reused ? ", there already" : ""}`)
    return answer.seeded
  })
  await building
  return seeded
}

/**
 * Store and worker, at the same time.
 * @param {Pick<House, "step" | "store" | "processes">} house
 * @param {{ given?: string, preferred?: number }} port
 * @returns {Promise<{ url: string, workerHealthUrl: string, children: import("./processes.mjs").Child[] }>}
 */
export async function startHouse({ step, store, processes }, port) {
  const [{ url, child }, worker] = await Promise.all([
    step("store", async ({ result }) => {
      const started = await startStore(store, port)
      result(`${started.url}/app`)
      return started
    }),
    step("worker", async () => {
      const healthPort = await freePort({ name: "the worker's health" })
      const child = processes.start({ name: "worker", ...foresight(store, ["worker", "--health-port", String(healthPort)]), graceMs: 30_000 })
      const health = `http://localhost:${healthPort}/health/ready`
      await answers(health, child, 300_000)
      return { child, health }
    }),
  ])
  return { url, workerHealthUrl: worker.health, children: [child, worker.child] }
}

/**
 * One of the plugin's commands; its document is what it printed last.
 * @param {Pick<House, "processes" | "store">} house
 * @param {string} name
 * @param {string[]} args
 * @param {{ orFailed?: boolean }} [how] `orFailed`: a document beside exit code 1 is an answer too
 * @returns {Promise<any>}
 */
async function runForesight({ processes, store }, name, args, { orFailed = false } = {}) {
  /** @type {string[]} */
  const lines = []
  const running = processes.run({ name, ...foresight(store, [...args, "--json"]), onLine: (line) => void lines.push(line), showErrors: true })
  await running.catch((error) => {
    if (!orFailed || lines.length === 0) throw error
  })
  try {
    return JSON.parse(lines.join("\n"))
  } catch {
    throw new LaunchError(`foresight ${args[0]} --json printed no JSON document\n${lines.slice(-5).join("\n")}`)
  }
}

/** @param {House} house @param {string} asOf */
export async function importHistory({ processes, step, store, data, postgres, database, prepared, seeded, shopKey }, asOf) {
  for (const file of prepared.imports) {
    await step(`import ${file.name}`, async ({ result }) => {
      const { reused, answer } = await data.once(`imported ${file.name}`, shopKey, () =>
        runForesight({ processes, store }, `import-${file.name}`, ["import", file.path, "--report", join(processes.folder, `${file.name}.refused.csv`), ...(file.shift ? ["--as-of", asOf] : [])])
      )
      result(reused ? "done before" : `${answer.lines_kept} of ${answer.lines_read} lines kept`)
    })
  }
  const { stockHistory } = prepared
  if (stockHistory === undefined) return
  await step("stock history", async ({ result }) => {
    const { reused, answer } = await data.once("stock history", shopKey, () => recordStockHistory({ postgres, database, seeded }, stockHistory))
    result(reused ? "done before" : `${answer} days of items`)
  })
}

/**
 * The whole cycle of a night with all trainings: models, forecasts, advice, recommendations. A sales file without visits has nothing to train
 * `session` on; what else fails is a failure.
 * @param {House} house
 */
export async function learn({ processes, step, store, data, shopKey }) {
  await step("training", async ({ result }) => {
    const { reused, answer } = await data.once("trained", shopKey, async () => {
      const night = await runForesight({ processes, store }, "training", ["run", "nightly", "--train", "all"], { orFailed: true })
      for (const kind of ["demand", "taste"]) {
        if (!["promoted", "kept"].includes(night.trained[kind])) throw new LaunchError(`the training of ${kind} ended as ${night.trained[kind]}`, `The reasons: ${processes.folder}/logs/worker.log`)
      }
      return night
    })
    const outcome = Object.entries(answer.trained).map(([kind, status]) => `${kind} ${status}`)
    result(`${outcome.join(", ")}; ${answer.advised} advices${reused ? ", done before" : ""}`)
  })
}

/** What the shop knows of its suppliers, written as its owner would: by the admin API. @param {House} house @param {import("./storefront.mjs").AdminApi} admin */
export async function enterSupply({ step, data, prepared, shopKey, seeded }, admin) {
  if (prepared.supply.length === 0) return
  await step("suppliers", async ({ result }) => {
    const { reused, answer } = await data.once("supply", shopKey, async () => {
      const wanted = new Map(prepared.supply.map((row) => [row.sku, row]))
      let entered = 0
      for (let offset = 0; ; offset += 200) {
        const { inventory_items, count } = await admin.call("GET", `/admin/inventory-items?limit=200&offset=${offset}&order=id&fields=id,sku`)
        for (const { id, sku } of inventory_items) {
          const supply = wanted.get(sku)
          if (!supply) continue
          for (const location_id of Object.values(seeded.locations).filter((location) => prepared.shop.locations.some(({ name }) => seeded.locations[name] === location))) {
            await admin.call("POST", `/admin/foresight/inventory-items/${id}/settings`, { location_id, lead_time_days: supply.leadTimeDays, pack_size: supply.packSize })
          }
          entered += 1
        }
        if (offset + 200 >= count) return entered
      }
    })
    result(reused ? "done before" : `lead time and pack size of ${answer} items`)
  })
}

/** @param {House} house @param {number} count */
export async function sellThroughCheckout({ step, data, prepared, shopKey, seeded, url, postgres, database }, count) {
  await step("checkout", async ({ say, result }) => {
    const { reused, answer: placed } = await data.once("orders", `${shopKey} ${count}`, () =>
      placeOrders({ shop: storefront(url, seeded.publishableKey), terms: checkoutTerms(seeded, prepared.shop), emails: prepared.shop.customers.slice(0, count).map(({ email }) => email), count, say })
    )
    if (!reused) await untilHeard({ postgres, database }, placed, say)
    result(reused ? "done before" : `${placed.length} orders through Medusa's cart, all heard by the plugin`)
  })
}

/**
 * Waits until every order is a purchase event of ours.
 * @param {Pick<House, "postgres" | "database">} house
 * @param {string[]} placed
 * @param {(text: string) => void} say
 */
async function untilHeard({ postgres, database }, placed, say) {
  const until = Date.now() + 120_000
  for (;;) {
    const [row] = await postgres.rows(database, "select count(distinct order_id)::int as heard from foresight.event where source = 'medusa' and name = 'purchase' and order_id = any($1)", [placed])
    if (row?.heard >= placed.length) return
    if (Date.now() > until) throw new LaunchError(`${row?.heard} of ${placed.length} orders reached the plugin within two minutes`, "See logs/store.log and logs/worker.log in the state folder.")
    say(`the plugin has heard ${row?.heard} of ${placed.length} orders`)
    await new Promise((resolve) => setTimeout(resolve, 2000))
  }
}
