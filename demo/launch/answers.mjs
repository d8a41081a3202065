// What the running house answers: the demo's result document (INTERFACES: "The demo's JSON document").
import { randomUUID } from "node:crypto"
import { storefront } from "./storefront.mjs"

/** Customers whose recommendations are shown. */
const CUSTOMERS = 3
const SHOWN_ADVICES = 10
const SHOWN_ITEMS = 6

/**
 * @typedef {{ product_id: string, title: string, score: number, source: string, reason: string }} ShownItem
 * @typedef {object} DemoDocument
 * @property {Record<string, number>} events
 * @property {{ kind: string, model: string, version: number, metric: string, value: number, baselines: Record<string, number> }[]} models
 * @property {{ item_id: string, title: string, location_id: string, order_quantity: number, stockout_probability: number, ledger: { label: string, quantity: number }[], reason: string }[]} advice
 * @property {{ customer_id?: string, session_id?: string, items: ShownItem[] }[]} recommendations
 * @property {Record<string, string | null>} urls
 * @property {string | null} backend
 * @property {Record<string, number>} seconds
 */

/** @param {any[]} items @param {Map<string, string>} titles @returns {ShownItem[]} */
const shown = (items, titles) =>
  items.map(({ product_id, product, score, source, reason }) => ({
    product_id,
    title: product?.title ?? product_id,
    score,
    source,
    reason: reason.product_ids.length > 0 ? `${reason.code}: ${reason.product_ids.map((/** @type {string} */ id) => titles.get(id) ?? id).join(", ")}` : reason.code,
  }))

/**
 * @param {Pick<import("./house.mjs").House, "postgres" | "database" | "prepared" | "seeded" | "url">} house
 * @param {import("./storefront.mjs").AdminApi} admin
 * @returns {Promise<Pick<DemoDocument, "events" | "models" | "advice" | "recommendations" | "backend">>}
 */
export async function readAnswers({ postgres, database, prepared, seeded, url }, admin) {
  const counts = await postgres.rows(database, "select name, count(*)::int as count from foresight.event group by name order by name")
  const { models } = await admin.call("GET", "/admin/foresight/models?limit=200")
  const serving = models.filter((/** @type {any} */ model) => model.status === "serving")
  const { advice } = await admin.call("GET", `/admin/foresight/advice?status=order&order=-stockout_probability&limit=${SHOWN_ADVICES}`)
  return {
    events: Object.fromEntries(counts.map(({ name, count }) => [name, count])),
    models: serving.map((/** @type {any} */ { kind, algorithm, version, gate }) => ({ kind, model: algorithm, version, metric: gate.metric, value: gate.value, baselines: gate.baselines })),
    advice: advice.map((/** @type {any} */ row) => ({
      item_id: row.inventory_item_id,
      title: row.title,
      location_id: row.location_id,
      order_quantity: row.order_quantity,
      stockout_probability: row.stockout_probability,
      ledger: row.ledger,
      reason: row.reason,
    })),
    recommendations: await readRecommendations({ prepared, seeded, url }),
    backend: serving.find((/** @type {any} */ model) => model.kind === "demand")?.backend ?? serving[0]?.backend ?? null,
  }
}

/** @param {Pick<import("./house.mjs").House, "prepared" | "seeded" | "url">} house @returns {Promise<DemoDocument["recommendations"]>} */
async function readRecommendations({ prepared, seeded, url }) {
  const shop = storefront(url, seeded.publishableKey)
  const titles = new Map()
  /** @type {{ id: string, title: string, handle: string }[]} */
  const products = []
  for (let offset = 0; ; offset += 200) {
    const page = await shop.call("GET", `/store/products?limit=200&offset=${offset}&fields=id,title,handle`)
    products.push(...page.products)
    if (offset + 200 >= page.count) break
  }
  for (const { id, title } of products) titles.set(id, title)

  /** @type {DemoDocument["recommendations"]} */
  const lists = []
  for (const email of prepared.shop.logins.slice(0, CUSTOMERS)) {
    const token = await shop.login(email, prepared.shop.customerPassword)
    const { customer } = await shop.call("GET", "/store/customers/me?fields=id", undefined, token)
    const { items } = await shop.call("POST", "/store/foresight/recommendations", { scenario: "personal", limit: SHOWN_ITEMS, hydrate: true, region_id: seeded.regionId }, token)
    lists.push({ customer_id: customer.id, items: shown(items, titles) })
  }

  const sessionId = randomUUID()
  const viewed = products.slice(0, 2)
  const now = Date.now()
  const events = viewed.map(({ id }, index) => ({
    event_id: randomUUID(),
    name: "view_item",
    timestamp: new Date(now - (viewed.length - index) * 1000).toISOString(),
    visitor_id: sessionId,
    session_id: sessionId,
    items: [{ item_id: id }],
  }))
  await shop.call("POST", "/store/foresight/events", { events })
  const { items } = await shop.call("POST", "/store/foresight/recommendations", { scenario: "session", session_id: sessionId, limit: SHOWN_ITEMS, hydrate: true, region_id: seeded.regionId })
  lists.push({ session_id: sessionId, items: shown(items, titles) })
  return lists
}
