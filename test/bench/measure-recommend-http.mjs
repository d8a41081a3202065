// `recommend-http`: how fast a running store answers with recommendations, beside what Medusa itself costs.
import { randomUUID } from "node:crypto"
import autocannon from "autocannon"
import { importHistory, learn } from "../../demo/launch/house.mjs"
import { LaunchError } from "../../demo/launch/steps.mjs"
import { storefront } from "../../demo/launch/storefront.mjs"
import { watchMemory } from "./memory-watch.mjs"
import { table } from "./page.mjs"
import { SERVING_PEERS } from "./peers.mjs"
import { megabytes, number, quantile, told } from "./spread.mjs"

const CONNECTIONS = 10
const WARM_UP_SECONDS = 3
const SESSIONS = 50
const VIEWS = 3
const PRODUCTS = 200
const LIMIT = 12

/**
 * @typedef {{ path: string, headers?: Record<string, string> }} Asked
 * @typedef {{ name: string, asked: Asked[], isBaseline: boolean }} Scenario
 * @typedef {{ p50: number, p975: number, p99: number, perSecond: number, requests: number }} Round
 * @typedef {{ name: string, isBaseline: boolean, items: number | null, sources: string[], rounds: Round[] }} ScenarioResult
 * @typedef {{ seconds: number, products: number, customers: number, scenarios: ScenarioResult[], storeBytes: number | null }} HttpResult
 */

/**
 * @param {import("./world.mjs").World} world
 * @param {{ repeats: number, seconds: number }} how
 * @returns {Promise<HttpResult>}
 */
export const measureRecommendHttp = (world, { repeats, seconds }) =>
  world.withHouse(
    async (house) => {
      await importHistory(house, house.asOf)
      await learn(house)
      const { scenarios, products } = await house.step("scenarios", () => prepareScenarios(house))
      /** @type {ScenarioResult[]} */
      const results = []
      for (const scenario of scenarios) results.push({ name: scenario.name, isBaseline: scenario.isBaseline, ...(await look(house, scenario)), rounds: [] })
      const memory = watchMemory(house.medusa.pid)
      // Round by round, so that what else the machine does falls on all alike.
      for (let repeat = 1; repeat <= repeats; repeat += 1) {
        await house.step(`round ${repeat} of ${repeats}`, async ({ say }) => {
          for (const [index, scenario] of scenarios.entries()) {
            await fire(house, scenario, Math.min(WARM_UP_SECONDS, seconds))
            const round = await fire(house, scenario, seconds)
            results[index]?.rounds.push(round)
            say(`${scenario.name}: ${number(round.perSecond)} requests/s, p99 ${number(round.p99, 1)} ms`)
          }
        })
      }
      const storeBytes = memory.peak()
      memory.stop()
      return { seconds, products: products.length, customers: house.prepared.shop.logins.length, scenarios: results, storeBytes }
    },
    { keep: true }
  )

/** @param {import("./world.mjs").BenchHouse} house @returns {Promise<{ scenarios: Scenario[], products: string[] }>} */
async function prepareScenarios({ url, seeded, prepared }) {
  const shop = storefront(url, seeded.publishableKey)
  /** @type {string[]} */
  const products = []
  for (let offset = 0; ; offset += 200) {
    const page = await shop.call("GET", `/store/products?limit=200&offset=${offset}&fields=id`)
    products.push(...page.products.map((/** @type {{ id: string }} */ { id }) => id))
    if (offset + 200 >= page.count) break
  }
  const product = (/** @type {number} */ index) => String(products[(index * 7919) % products.length]) // a prime: walks the catalogue without order
  const sessions = Array.from({ length: SESSIONS }, () => randomUUID())
  const now = Date.now()
  for (const [index, session] of sessions.entries()) {
    const events = Array.from({ length: VIEWS }, (_, view) => ({
      event_id: randomUUID(),
      name: "view_item",
      timestamp: new Date(now - (VIEWS - view) * 1000).toISOString(),
      visitor_id: session,
      session_id: session,
      items: [{ item_id: product(index * VIEWS + view) }],
    }))
    await shop.call("POST", "/store/foresight/events", { events })
  }
  const tokens = []
  for (const email of prepared.shop.logins) tokens.push(await shop.login(email, prepared.shop.customerPassword))

  const route = "/store/foresight/recommendations"
  const key = { "x-publishable-api-key": seeded.publishableKey }
  const list = (/** @type {string} */ query, /** @type {Record<string, string>} */ headers = key) => ({ path: `${route}?limit=${LIMIT}${query}`, headers })
  const related = Array.from({ length: PRODUCTS }, (_, index) => `&scenario=product-related&product_ids=${product(index)}`)
  const ours = (/** @type {string} */ name, /** @type {Asked[]} */ asked) => ({ name, isBaseline: false, asked })
  const medusa = (/** @type {string} */ path, note = "", headers = {}) => ({
    ...{ name: `Medusa: ${path.split("&")[0]}${note}`, isBaseline: true },
    asked: [{ path, headers }],
  })
  const priced = `&region_id=${seeded.regionId}&fields=id,title,handle,thumbnail,*variants.calculated_price`
  return {
    products,
    scenarios: [
      ours("personal (logged in)", tokens.map((token) => list("&scenario=personal", { ...key, authorization: `Bearer ${token}` }))),
      ours(`session (${VIEWS} views)`, sessions.map((id) => list(`&scenario=session&session_id=${id}`))),
      ours("product-related", related.map((query) => list(query))),
      ours("product-related, hydrated with prices", related.map((query) => list(`${query}&hydrate=true&region_id=${seeded.regionId}`))),
      ours("cold (nothing known)", [list("")]),
      medusa(`/store/products?limit=${LIMIT}${priced}`, " with a region's prices, few fields", key),
      medusa(`/store/products?limit=${LIMIT}`, "", key),
      medusa("/store/collections?limit=1", " (an empty list)", key),
      medusa("/health", " (no key, no look-up)"),
    ],
  }
}

/**
 * One answer of each kind of request before the load: how many items it holds and where they come from.
 * @param {import("./world.mjs").BenchHouse} house
 * @param {Scenario} scenario
 */
async function look({ url }, { asked: [first], isBaseline, name }) {
  const answer = await fetch(url + first?.path, { headers: first?.headers })
  if (!answer.ok) throw new LaunchError(`${name} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`)
  if (isBaseline) return { items: null, sources: [] }
  const { items } = /** @type {{ items: { source: string }[] }} */ (await answer.json())
  return { items: items.length, sources: [...new Set(items.map(({ source }) => source))] }
}

/**
 * @param {import("./world.mjs").BenchHouse} house
 * @param {Scenario} scenario
 * @param {number} seconds
 * @returns {Promise<Round>}
 * @throws LaunchError when any answer is not 2xx: a fast failure is no answer
 */
async function fire({ url }, { name, asked }, seconds) {
  /** @type {number[]} */
  const times = []
  const requests = asked.map(({ path, headers }) => ({ method: /** @type {const} */ ("GET"), path, headers }))
  /** @type {autocannon.Result} */
  const { errors, timeouts, non2xx, duration } = await new Promise((resolve, reject) => {
    const load = autocannon({ url, connections: CONNECTIONS, duration: seconds, requests }, (error, result) => (error ? reject(error) : resolve(result)))
    load.on("response", (_client, _status, _bytes, milliseconds) => void times.push(milliseconds)) // its own histogram keeps whole milliseconds only
  })
  if (errors + timeouts + non2xx > 0) {
    const failed = `${errors} errors, ${timeouts} timeouts and ${non2xx} answers other than 2xx among ${times.length}`
    throw new LaunchError(`${name}: ${failed}; expected none`, "See logs/store.log in .foresight/bench.")
  }
  if (times.length === 0) throw new LaunchError(`${name}: no answer within ${seconds} s`, "Is the machine busy? See logs/store.log in .foresight/bench.")
  return { p50: quantile(times, 0.5), p975: quantile(times, 0.975), p99: quantile(times, 0.99), perSecond: times.length / duration, requests: times.length }
}

/** @param {HttpResult} result @param {string} source @returns {string} in Markdown */
export function describeRecommendHttp({ seconds, products, customers, scenarios, storeBytes }, source) {
  const repeats = scenarios[0]?.rounds.length ?? 0
  const row = (/** @type {ScenarioResult} */ { name, items, sources, rounds }) => {
    const column = (/** @type {"p50" | "p975" | "p99"} */ which) => told(rounds.map((round) => round[which]), 1)
    const from = items === null ? "–" : `${items} (${sources.join(", ") || "none"})`
    return [name, told(rounds.map(({ perSecond }) => perSecond)), column("p50"), column("p975"), column("p99"), from]
  }
  return [
    [
      `Source: ${source}, ${number(products)} products; the models are those of a night with all trainings.`,
      `${customers} customers logged in, ${SESSIONS} sessions, ${PRODUCTS} products asked in turn.`,
    ].join(" "),
    [
      "Protocol: `medusa start` in production mode, one process, Medusa's caching module on (memory).",
      `autocannon, ${CONNECTIONS} connections, \`GET\`, keep-alive, ${seconds} s after ${Math.min(WARM_UP_SECONDS, seconds)} s of warm-up,`,
      `${repeats} ${repeats === 1 ? "round" : "rounds"} over all routes in turn; the load generator runs on the same cores, so a machine of its own would give more.`,
      "Times of every answer; a single answer other than 2xx fails the bench.",
      `Lists of ${LIMIT}, each filtered to what can be bought in the key's sales channel.`,
    ].join(" "),
    table(["route", "requests/s", "p50 ms", "p97.5 ms", "p99 ms", "items (from)"], scenarios.map(row)),
    `Errors: 0. Peak memory of the store's process: ${megabytes(storeBytes)}.`,
    `For comparison, measured elsewhere and otherwise:\n\n${SERVING_PEERS.map((line) => `- ${line}`).join("\n")}`,
  ].join("\n\n")
}
