// A Medusa store with the packed plugin: installed as any user would, migrated, seeded, built, started in production mode.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fingerprint } from "./fingerprint.mjs"
import { freePort } from "./free-port.mjs"
import { npm } from "./npm.mjs"
import { ROOT } from "./package-build.mjs"
import { LaunchError } from "./steps.mjs"

const SOURCES = ["package.json", "package-lock.json", "tsconfig.json", "medusa-config.ts", "src"]

/**
 * @typedef {object} StoreSetting
 * @property {import("./processes.mjs").Processes} processes
 * @property {import("./state.mjs").State} state
 * @property {string} folder where the store lies
 * @property {NodeJS.ProcessEnv} env what the store runs with: databases, addresses, secrets
 */

/**
 * @param {object} wish
 * @param {string} wish.databaseUrl
 * @param {import("./temporal.mjs").TemporalServer} wish.temporal
 * @param {string} wish.secret signs logins
 * @param {string} [wish.storefrontUrl] whose pages may call the store from a browser
 * @returns {NodeJS.ProcessEnv}
 */
export function storeEnvironment({ databaseUrl, temporal, secret, storefrontUrl }) {
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    JWT_SECRET: secret,
    COOKIE_SECRET: secret,
    STORE_CORS: storefrontUrl,
    AUTH_CORS: storefrontUrl,
    MEDUSA_DISABLE_TELEMETRY: "true",
    NODE_NO_WARNINGS: "1",
  }
}

/**
 * A copy of demo/store with the tarball as one more dependency, and `npm install`.
 * @param {StoreSetting} store
 * @param {{ tarball: string, key: string }} plugin
 * @returns {Promise<{ reused: boolean, version: string }>} `version` names sources and plugin
 */
export async function installStore({ processes, state, folder }, { tarball, key }) {
  const version = fingerprint(join(ROOT, "demo", "store"), SOURCES, [key])
  const install = async () => {
    mkdirSync(folder, { recursive: true })
    for (const name of SOURCES) {
      rmSync(join(folder, name), { recursive: true, force: true })
      if (existsSync(join(ROOT, "demo", "store", name))) cpSync(join(ROOT, "demo", "store", name), join(folder, name), { recursive: true })
    }
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
    manifest.dependencies["medusa-plugin-foresight"] = `file:${tarball}`
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2))
    await processes.run({ name: "store-install", ...npm(["install", "--no-audit", "--no-fund", "--prefer-offline"]), cwd: folder, advice: `Is the npm registry reachable? The whole log: ${join(processes.folder, "logs", "store-install.log")}` })
    return null
  }
  const { reused } = await state.once("store", version, install, () => existsSync(join(folder, "node_modules", "medusa-plugin-foresight", "package.json")))
  return { reused, version }
}

/** @param {StoreSetting} store @param {string[]} args @returns {{ command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv }} Medusa's own command; npx would leave children behind */
function medusa({ folder, env }, args, cwd = folder) {
  return { command: process.execPath, args: [join(folder, "node_modules", "@medusajs", "cli", "cli.js"), ...args], cwd, env }
}

/** @param {StoreSetting} store @param {string} version @returns {Promise<boolean>} whether it was done before */
export async function migrateStore(store, version) {
  const { reused } = await store.state.once("migrated", version, async () => {
    await store.processes.run({ name: "store-migrate", ...medusa(store, ["db:migrate", "--execute-all-links"]) })
    return null
  })
  return reused
}

/**
 * @param {StoreSetting} store
 * @param {object} wish
 * @param {string} wish.version what the shop is made from
 * @param {import("./shop.mjs").ShopFile} wish.shop
 * @param {(text: string) => void} wish.say
 * @returns {Promise<{ reused: boolean, seeded: import("./shop.mjs").SeedResult }>}
 */
export async function seedStore(store, { version, shop, say }) {
  const { reused, answer } = await store.state.once("seeded", version, async () => {
    const shopFile = join(store.processes.folder, "shop.json")
    const resultFile = join(store.processes.folder, "seeded.json")
    writeFileSync(shopFile, JSON.stringify(shop))
    let told = 0
    const onLine = (/** @type {string} */ line) => {
      const text = line.startsWith("progress: ") ? line.slice(10) : ""
      if (!text || Date.now() - told < 5000) return
      told = Date.now()
      say(text)
    }
    await store.processes.run({ name: "store-seed", ...medusa(store, ["exec", "./src/scripts/seed.ts", shopFile, resultFile]), onLine })
    return JSON.parse(readFileSync(resultFile, "utf8"))
  })
  return { reused, seeded: answer }
}

/** @param {StoreSetting} store @param {string} version @returns {Promise<boolean>} whether it was done before */
export async function buildStore(store, version) {
  const build = async () => {
    await store.processes.run({ name: "store-build", ...medusa(store, ["build"]), env: { ...store.env, NODE_ENV: "production" } })
    return null
  }
  const { reused } = await store.state.once("store-build", version, build, () => existsSync(join(store.folder, ".medusa", "server", "medusa-config.js")))
  return reused
}

/**
 * `medusa start` in production mode.
 * @param {StoreSetting} store
 * @param {{ given?: string, preferred?: number }} port
 * @returns {Promise<{ url: string, child: import("./processes.mjs").Child }>} once it answers
 * @throws LaunchError
 */
export async function startStore(store, { given, preferred }) {
  const port = await freePort({ name: "the store", given, variable: "PORT", preferred })
  const server = join(store.folder, ".medusa", "server")
  const child = store.processes.start({
    name: "store",
    ...medusa(store, ["start", "--port", String(port)], server),
    env: { ...store.env, NODE_ENV: "production", PORT: String(port) },
  })
  const url = `http://localhost:${port}`
  await answers(`${url}/health`, child, 300_000)
  return { url, child }
}

/** @param {string} url @param {import("./processes.mjs").Child} child @param {number} withinMs */
export async function answers(url, child, withinMs) {
  const until = Date.now() + withinMs
  for (;;) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5000) })
      if (answer.ok) return
    } catch {
      // Not listening yet.
    }
    if (!child.running()) throw new LaunchError(`${child.name} ended while starting\n${child.tail(25)}`, `The whole log: ${child.logFile}`)
    if (Date.now() > until) throw new LaunchError(`${child.name} did not answer at ${url} within ${withinMs / 1000} s\n${child.tail(25)}`, `The whole log: ${child.logFile}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/**
 * The plugin's own program, as the store has it installed.
 * @param {StoreSetting} store
 * @param {string[]} args
 */
export function foresight({ folder, env }, args) {
  return { command: process.execPath, args: [join(folder, "node_modules", "medusa-plugin-foresight", ".medusa", "server", "src", "cli", "main.js"), ...args], cwd: join(folder, ".medusa", "server"), env: { ...env, NODE_ENV: "production" } }
}
