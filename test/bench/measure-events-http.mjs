// `events-http`: how fast a running store takes a storefront's events, and whether every one it accepted is in the database.
import autocannon from "autocannon"
import { LaunchError } from "../../demo/launch/steps.mjs"
import { storefront } from "../../demo/launch/storefront.mjs"
import { watchMemory } from "./memory-watch.mjs"
import { table } from "./page.mjs"
import { megabytes, number, quantile, told } from "./spread.mjs"

const CONNECTIONS = 10
/** Enough that what V8 compiles is compiled: 60 requests were measured to run at a third of what comes after. */
const WARM_UP_EVENTS = 60_000
/** Events a request, and the target: events a second. */
const BATCHES = [
  { size: 50, target: 10_000 },
  { size: 500, target: 30_000 },
]
/** Shared by all clients; enough that none of them is faster than a person. */
const VISITORS = 20_000
const ROUTE = "/store/foresight/events"

/**
 * @typedef {{ perSecond: number, p50: number, p975: number, p99: number, requests: number, sent: number, stored: number }} Round
 * @typedef {{ size: number, target: number, rounds: Round[] }} BatchResult
 * @typedef {{ seconds: number, products: number, batches: BatchResult[], storeBytes: number | null }} EventsResult
 */

/**
 * @param {import("./world.mjs").World} world
 * @param {{ repeats: number, seconds: number }} how
 * @returns {Promise<EventsResult>}
 */
export const measureEventsHttp = (world, { repeats, seconds }) =>
  world.withHouse(async (house) => {
    const products = await productIds(house)
    /** @type {BatchResult[]} */
    const batches = BATCHES.map((batch) => ({ ...batch, rounds: [] }))
    const memory = watchMemory(house.medusa.pid)
    for (let repeat = 1; repeat <= repeats; repeat += 1) {
      await house.step(`round ${repeat} of ${repeats}`, async ({ say }) => {
        for (const { size, rounds } of batches) {
          const warm = await fire(house, products, { size, name: `warm-${repeat}-${size}`, requests: WARM_UP_EVENTS / size })
          const requests = Math.max(CONNECTIONS, Math.round((warm.perSecond / size) * seconds))
          const round = await fire(house, products, { size, name: `round-${repeat}-${size}`, requests })
          rounds.push(round)
          say(`batches of ${size}: ${number(round.perSecond)} events/s, p99 ${number(round.p99, 1)} ms`)
        }
      })
    }
    const storeBytes = memory.peak()
    memory.stop()
    return { seconds, products: products.length, batches, storeBytes }
  })

/** @param {import("./world.mjs").BenchHouse} house */
async function productIds({ url, seeded }) {
  const shop = storefront(url, seeded.publishableKey)
  /** @type {string[]} */
  const ids = []
  for (let offset = 0; ; offset += 200) {
    const page = await shop.call("GET", `/store/products?limit=200&offset=${offset}&fields=id`)
    ids.push(...page.products.map((/** @type {{ id: string }} */ { id }) => id))
    if (offset + 200 >= page.count) return ids
  }
}

/**
 * Sends a number of requests, each with new events, and counts what is stored then.
 * @param {import("./world.mjs").BenchHouse} house
 * @param {string[]} products
 * @param {{ size: number, name: string, requests: number }} load
 * @returns {Promise<Round>}
 * @throws LaunchError when an answer is not 202, an event was not accepted, or what was accepted is not in the database or was set aside
 */
async function fire({ url, seeded, postgres, database }, products, { size, name, requests }) {
  /** @type {number[]} */
  const times = []
  let sent = 0
  let accepted = 0
  const run = `${name}-${Date.now().toString(36)}`
  const request = {
    method: /** @type {const} */ ("POST"),
    path: ROUTE,
    headers: { "content-type": "application/json", "x-publishable-api-key": seeded.publishableKey },
    setupRequest: (/** @type {autocannon.Request} */ given) => ({ ...given, body: bodyOf(run, products, sent++ * size, size) }),
    onResponse: (/** @type {number} */ status, /** @type {string} */ body) => {
      if (status === 202) accepted += JSON.parse(body).accepted
    },
  }
  /** @type {autocannon.Result} */
  const { errors, timeouts, non2xx, duration } = await new Promise((resolve, reject) => {
    const how = { url, connections: CONNECTIONS, amount: requests, requests: [request] }
    const load = autocannon(how, (error, result) => (error ? reject(error) : resolve(result)))
    load.on("response", (_client, _status, _bytes, milliseconds) => void times.push(milliseconds))
  })
  if (errors + timeouts + non2xx > 0) {
    const failed = `${errors} errors, ${timeouts} timeouts and ${non2xx} answers other than 202 among ${times.length}`
    throw new LaunchError(`${name}: ${failed}; expected none`, "See logs/store.log in .foresight/bench.")
  }
  const [row] = await postgres.rows(
    database,
    `SELECT count(*)::int AS stored, count(x.day)::int AS excluded FROM foresight.event e LEFT JOIN foresight.excluded_line x USING (day, event_id)
      WHERE starts_with(e.event_id, $1)`,
    [`web/${run}-`]
  )
  const answered = times.length * size
  if (accepted !== answered || row?.stored !== answered || row?.excluded !== 0) {
    const found = `${accepted} accepted, ${row?.stored} in the database, ${row?.excluded} of them set aside`
    throw new LaunchError(`${name}: ${answered} events were sent, ${found}; expected all, all and none`, "See logs/store.log in .foresight/bench.")
  }
  const figures = { perSecond: answered / duration, requests: times.length, sent: answered, stored: row.stored }
  return { ...figures, p50: quantile(times, 0.5), p975: quantile(times, 0.975), p99: quantile(times, 0.99) }
}

/**
 * What a storefront sends: eight views, one cart, one search of ten.
 * @param {string} run
 * @param {string[]} products
 * @param {number} from number of the first event
 * @param {number} size
 */
function bodyOf(run, products, from, size) {
  const timestamp = new Date().toISOString()
  let events = ""
  for (let number = from; number < from + size; number += 1) {
    const visitor = (number * 7919) % VISITORS // a prime: every client meets every visitor
    const item = products[(number * 104_729) % products.length]
    const about =
      number % 10 === 9
        ? `"name":"search","search_term":"red ${number % 100}"`
        : number % 10 === 8
          ? `"name":"add_to_cart","currency":"eur","items":[{"item_id":"${item}","quantity":1,"price":9.95}]`
          : `"name":"view_item","items":[{"item_id":"${item}"}]`
    const who = `"visitor_id":"visitor-${visitor}","session_id":"session-${visitor}"`
    events += `${events === "" ? "" : ","}{"event_id":"${run}-${number}","timestamp":"${timestamp}",${who},${about}}`
  }
  return `{"events":[${events}]}`
}

/** @param {EventsResult} result @param {string} source @returns {string} in Markdown */
export function describeEventsHttp({ seconds, products, batches, storeBytes }, source) {
  const repeats = batches[0]?.rounds.length ?? 0
  const row = (/** @type {BatchResult} */ { size, target, rounds }) => {
    const column = (/** @type {"p50" | "p975" | "p99"} */ which) => told(rounds.map((round) => round[which]), 1)
    const perSecond = rounds.map((round) => round.perSecond)
    const stored = rounds.reduce((sum, round) => sum + round.stored, 0)
    return [`${size}`, told(perSecond), number(target), column("p50"), column("p975"), column("p99"), number(stored)]
  }
  return [
    [
      `Source: products of ${source}, ${number(products)} of them; ${number(VISITORS)} visitors;`,
      "of ten events eight views, one cart, one search, each with visitor and session.",
    ].join(" "),
    [
      "Protocol: `medusa start` in production mode, one process, Medusa's caching module on (memory), `ingest` as it is by default: 202 means committed.",
      `autocannon, ${CONNECTIONS} connections that write about the same visitors and products, \`POST\`, keep-alive,`,
      `as many requests as take about ${seconds} s after a warm-up of ${number(WARM_UP_EVENTS)} events;`,
      `${repeats} ${repeats === 1 ? "round" : "rounds"}; the load generator makes the bodies and runs on the same cores.`,
      "A single answer other than 202, or one event that was accepted and is not in the database afterwards, fails the bench.",
    ].join(" "),
    table(["events a request", "events/s", "target", "p50 ms", "p97.5 ms", "p99 ms", "in the database"], batches.map(row)),
    `Errors: 0. Lost: 0. Peak memory of the store's process: ${megabytes(storeBytes)}.`,
    [
      "For comparison, measured elsewhere and otherwise: gorse 0.5.0 on two shared cores took 28,000 events/s in batches of 5,000,",
      "and 70/s with errors in batches of 50 about the same rows (the project's own trial).",
    ].join(" "),
  ].join("\n\n")
}
