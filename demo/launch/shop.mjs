// The shop the demo fills: simulated from a seed, or opened from a real sales file. Both as one description, beside the files to import.
import { createReadStream, createWriteStream, existsSync, readFileSync, writeFileSync } from "node:fs"
import { createHash } from "node:crypto"
import { createRequire } from "node:module"
import { basename, join, resolve } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { ROOT } from "./package-build.mjs"
import { LaunchError } from "./steps.mjs"

/**
 * @typedef {object} ShopFile what demo/store/src/scripts/seed.ts reads; described in demo/store/src/seed/shop-file.ts
 * @property {string} currency
 * @property {string} country
 * @property {string[]} salesChannels
 * @property {{ name: string, countryCode: string }[]} locations
 * @property {object[]} categories
 * @property {{ handle: string, title: string, variants: { sku: string, price: number }[] }[]} products
 * @property {{ sku: string, components: { sku: string, quantity: number }[] }[]} kits
 * @property {{ sku: string, location: string, onHand: number, incoming: number }[]} stock
 * @property {boolean} stockIsAssumed
 * @property {{ id?: string, email: string, firstName: string, lastName: string }[]} customers
 * @property {string[]} logins
 * @property {string} customerPassword
 * @property {{ email: string, password: string }} admin
 *
 * @typedef {{ publishableKey: string, regionId: string, shippingOptionId: string, salesChannels: Record<string, string>, locations: Record<string, string>, products: number, variants: number, customers: number }} SeedResult
 *
 * @typedef {object} PreparedShop
 * @property {ShopFile} shop
 * @property {{ name: string, path: string, shift: boolean }[]} imports files for `foresight import`, in order; `shift`: its dates are moved to end on the demo's day
 * @property {{ sku: string, supplier: string, leadTimeDays: number, packSize: number }[]} supply what the shop knows of its suppliers
 * @property {string[]} assumed what was made up, one sentence each
 * @property {string} [stockHistory] file of what was on the shelves each day: of a simulated shop only
 * @property {import("../simulator/asked-for.js").AskedFor} [truth] what was really asked for in the last weeks, in stock or not: of a simulated shop only
 */

export const ADMIN = { email: "admin@foresight.local", password: "foresight-demo" }
const CUSTOMER_PASSWORD = "foresight-customer"
/** Days of a simulated history of which is kept what was really asked for. */
const TRUTH_DAYS = 91
/** Customers who can log in. */
const LOGINS = 5
/** Weeks of recent demand a product of a real history opens with: about what a shop that reorders weekly holds. */
const OPENING_STOCK_WEEKS = 6

/**
 * Makes the shop once and reads it from a file afterwards: reading half a million lines takes a while.
 * @param {import("./state.mjs").State} data
 * @param {{ key: string, folder: string, make: () => Promise<PreparedShop> }} wish
 * @returns {Promise<PreparedShop>}
 */
export async function prepareOnce(data, { key, folder, make }) {
  const file = join(folder, "prepared-shop.json")
  await data.once("prepared", key, async () => writeFileSync(file, JSON.stringify(await make())) ?? null, () => existsSync(file))
  return JSON.parse(readFileSync(file, "utf8"))
}

/** Compiled by the plugin's build; TypeScript cannot be read without it. @param {string} path */
const built = (path) => createRequire(import.meta.url)(join(ROOT, ".medusa", "server", path))

/** @param {string} file @returns {string} changes with the file's content */
export const fileKey = (file) => createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16)

/** @param {Iterable<string>} lines @param {string} path */
const writeLines = (lines, path) => pipeline(Readable.from(lines), createWriteStream(path))

/**
 * @param {{ seed: number, asOf: string, scale?: object, folder: string }} wish `folder`: where the files go
 * @returns {Promise<PreparedShop>}
 */
export async function simulatedShop({ seed, asOf, scale, folder }) {
  const { askedFor, simulateShop, ordersToCsv, eventsToCsv, stockHistoryToCsv } = built("demo/simulator/index.js")
  const simulated = simulateShop({ seed, asOf, scale })
  const orders = join(folder, "orders.csv")
  const events = join(folder, "events.csv")
  await writeLines(ordersToCsv(simulated), orders)
  await writeLines(eventsToCsv(simulated), events)
  const stockHistory = join(folder, "stock-history.csv")
  await writeLines(stockHistoryToCsv(simulated), stockHistory)
  const { currency, categories, products, kits, locations, salesChannels, stock, supply, customers } = simulated
  return {
    shop: {
      ...{ currency, country: "de", salesChannels, locations, categories, products, kits, stock, stockIsAssumed: false, customers },
      logins: await frequentBuyers(ordersOf(simulated), customers),
      customerPassword: CUSTOMER_PASSWORD,
      admin: ADMIN,
    },
    imports: [
      { name: "orders", path: orders, shift: false },
      { name: "events", path: events, shift: false },
    ],
    supply,
    assumed: [],
    truth: askedFor(simulated, TRUTH_DAYS),
    stockHistory,
  }
}

/** @param {{ orders(): Iterable<{ order_id: string, email: string }> }} simulated */
function* ordersOf(simulated) {
  for (const { order_id, email } of simulated.orders()) yield { order: order_id, customer: email }
}

/**
 * Emails of customers with middling many orders: there is something to say about them, and none is the odd reseller.
 * @param {Iterable<{ order: string, customer: string }>} lines
 * @param {{ email: string, id?: string }[]} customers
 */
async function frequentBuyers(lines, customers) {
  /** @type {Map<string, Set<string>>} */
  const orders = new Map()
  for (const { order, customer } of lines) {
    const seen = orders.get(customer)
    if (seen) seen.add(order)
    else orders.set(customer, new Set([order]))
  }
  const ranked = customers
    .map((customer) => ({ email: customer.email, count: orders.get(customer.id ?? customer.email)?.size ?? 0 }))
    .filter(({ count }) => count >= 2)
    .sort((a, b) => b.count - a.count || (a.email < b.email ? -1 : 1))
  const from = Math.floor(ranked.length / 10)
  const chosen = ranked.slice(from, from + LOGINS)
  return (chosen.length === LOGINS ? chosen : ranked.slice(0, LOGINS)).map(({ email }) => email)
}

/**
 * Opens a shop from a sales file in any format that `foresight import` reads.
 * @param {{ file: string }} wish
 * @returns {Promise<PreparedShop>}
 * @throws LaunchError naming line and column
 */
export async function shopFromFile({ file }) {
  const path = resolve(file)
  if (!existsSync(path)) throw new LaunchError(`--data is ${JSON.stringify(file)}, where there is no file`)
  const { OnlineRetailShop } = built("demo/simulator/index.js")
  const { readImport } = built("src/imports/import-reader.js")
  const { parseFileChoices, readOptions } = built("src/imports/import-options.js")
  const { exclusionReason } = built("src/domain/imports/exclusion-rules.js")

  const opened = new OnlineRetailShop()
  /** @type {{ order: string, customer: string }[]} */
  const orders = []
  try {
    const options = readOptions(basename(path), parseFileChoices({}), { timeZone: "UTC", now: new Date(), isShifted: true })
    const { facts, batches } = await readImport(createReadStream(path), options)
    const { format } = facts.header
    for await (const { lines } of batches) {
      // what cannot be read is told by `foresight import`
      for (const line of lines) {
        if (exclusionReason(line, { format, knowsSku: null }) !== null) continue
        opened.add(line)
        if (line.kind === "purchase" && line.customerRef) orders.push({ order: line.orderId, customer: line.customerRef })
      }
    }
  } catch (error) {
    throw new LaunchError(`${basename(path)} could not be read: ${error instanceof Error ? error.message : error}`, "Accepted are sales files as `foresight import` reads them: docs/imports.md.")
  }
  const history = opened.finish(OPENING_STOCK_WEEKS)
  if (!history) throw new LaunchError(`${basename(path)} holds no sale`, "Expected at least one line with a quantity and a price above 0.")
  const location = "Warehouse"
  return {
    shop: {
      currency: history.currency,
      country: history.currency === "gbp" ? "gb" : "de",
      salesChannels: ["Web Shop"],
      locations: [{ name: location, countryCode: history.currency === "gbp" ? "gb" : "de" }],
      categories: history.categories,
      products: history.products.map((/** @type {any} */ { sku, title, handle, price, category }) => ({
        title,
        handle,
        description: title,
        categories: [category],
        options: [{ title: "Kind", values: ["Standard"] }],
        variants: [{ sku, title: "Standard", options: { Kind: "Standard" }, price, weight: 100 }],
      })),
      kits: [],
      stock: history.products.map((/** @type {any} */ { sku, openingStock }) => ({ sku, location, onHand: openingStock, incoming: 0 })),
      stockIsAssumed: true,
      customers: history.customers,
      logins: await frequentBuyers(orders, history.customers),
      customerPassword: CUSTOMER_PASSWORD,
      admin: ADMIN,
    },
    imports: [{ name: "sales", path, shift: true }],
    supply: [],
    assumed: history.assumed,
  }
}
