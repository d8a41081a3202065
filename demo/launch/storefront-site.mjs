// The demo's storefront: built by Vite where its sources or the kit changed, served as plain files from a small server of our own.
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import { extname, join } from "node:path"
import { fingerprint } from "./fingerprint.mjs"
import { ROOT } from "./package-build.mjs"

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json" }
const KIT_CLIENT = join(ROOT, ".medusa", "server", "client", "index.js")

/**
 * @param {object} wish
 * @param {import("./processes.mjs").Processes} wish.processes
 * @param {import("./state.mjs").State} wish.state
 * @returns {Promise<{ folder: string, reused: boolean }>}
 */
export async function buildStorefront({ processes, state }) {
  const folder = join(processes.folder, "storefront")
  const inputs = fingerprint(ROOT, ["demo/storefront", "package-lock.json", ".medusa/server/client", ".medusa/server/react"])
  const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js")
  const build = async () => {
    rmSync(folder, { recursive: true, force: true })
    const source = join(ROOT, "demo", "storefront")
    const args = [vite, "build", source, "--config", join(source, "vite.config.mjs"), "--outDir", folder, "--logLevel", "warn"]
    await processes.run({ name: "storefront-build", command: process.execPath, args, cwd: ROOT })
    return null
  }
  const { reused } = await state.once("storefront", inputs, build, () => existsSync(join(folder, "index.html")))
  return { folder, reused }
}

/**
 * What the browser is told of the shop.
 * @param {string} baseUrl the store's
 * @param {import("./shop.mjs").SeedResult} seeded
 * @param {import("./shop.mjs").ShopFile} shop
 */
export const storefrontConfig = (baseUrl, { publishableKey, regionId, shippingOptionId }, { country, currency, logins, customerPassword }) => ({
  ...{ baseUrl, publishableKey, regionId, shippingOptionId, country, currency },
  logins: { emails: logins, password: customerPassword },
})

/** @param {string} folder @returns {Map<string, string>} file by path of the URL: what is not in it is not served */
function filesIn(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(names.map((entry) => [join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/"), join(entry.parentPath, entry.name)]))
}

/**
 * Serves until the process ends. Pages of the shop get index.html; `/config.json` tells the browser where the shop is, `/foresight-client.js` is the kit's
 * tracker by itself.
 * @param {object} wish
 * @param {string} wish.folder what `buildStorefront` made
 * @param {number} wish.port
 * @param {ReturnType<typeof storefrontConfig>} wish.config
 * @returns {Promise<{ url: string }>}
 */
export async function serveStorefront({ folder, port, config }) {
  const files = filesIn(folder).set("/foresight-client.js", KIT_CLIENT)
  const server = createServer(({ method, url = "/" }, answer) => {
    if (method !== "GET" && method !== "HEAD") return void answer.writeHead(405, { allow: "GET, HEAD" }).end()
    const path = url.split(/[?#]/)[0] ?? "/"
    if (path === "/config.json") return void answer.writeHead(200, { "content-type": TYPES[".json"], "cache-control": "no-store" }).end(JSON.stringify(config))
    const file = files.get(path) ?? (extname(path) === "" ? files.get("/index.html") : undefined)
    if (!file) return void answer.writeHead(404, { "content-type": "text/plain" }).end("not found")
    const cached = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache"
    const type = TYPES[/** @type {".js"} */ (extname(file))] ?? "application/octet-stream"
    answer.writeHead(200, { "content-type": type, "cache-control": cached }).end(readFileSync(file))
  })
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, () => resolve(null)))
  server.unref() // whoever started it decides when the process ends
  return { url: `http://localhost:${port}` }
}
