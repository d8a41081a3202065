#!/usr/bin/env node
// Builds the storefront kit, src/client and src/react, as ESM with types into a folder: `node scripts/build-storefront-kit.mjs FOLDER`.
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { gzipSync } from "node:zlib"
import { build, transformWithEsbuild } from "vite"

const root = fileURLToPath(new URL("..", import.meta.url))
/** What a storefront pays for the tracker; gzipped. */
const MOST_CLIENT_BYTES = 4096
const TARGET = "es2022"
const PARTS = {
  client: { external: [], directive: "" },
  // Next.js: its components have state, so they belong to the browser.
  react: { external: [/^react(\/|$)/], directive: '"use client";\n' },
}

/** @param {string} out @param {keyof typeof PARTS} name */
async function buildPart(out, name) {
  const { external, directive } = PARTS[name]
  const bundled = await build({
    root,
    configFile: false,
    publicDir: false,
    mode: "production",
    logLevel: "error",
    esbuild: { jsx: "automatic", jsxDev: false }, // whatever NODE_ENV the builder has
    build: { target: TARGET, write: false, minify: false, lib: { entry: join(root, "src", name, "index.ts"), formats: ["es"] }, rollupOptions: { external } },
  })
  const [{ output }] = /** @type {[import("vite").Rollup.RollupOutput]} */ (bundled)
  if (output.length !== 1) throw new Error(`src/${name} became ${output.length} files; expected one`)
  const settings = { minify: true, target: TARGET, format: /** @type {const} */ ("esm"), sourcemap: false, legalComments: /** @type {const} */ ("none") }
  const { code } = await transformWithEsbuild(output[0].code, `${name}.js`, settings)
  mkdirSync(join(out, name), { recursive: true })
  writeFileSync(join(out, name, "index.js"), directive + code)
  // The package itself is CommonJS.
  writeFileSync(join(out, name, "package.json"), `${JSON.stringify({ type: "module", sideEffects: false })}\n`)
}

/** @param {string} folder @returns {string[]} */
const declarationsIn = (folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".d.ts"))

/** Types with file endings in their imports, as Node's resolution of ES modules wants them. @param {string} out */
function emitTypes(out) {
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc")
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", join(root, "tsconfig.kit.json"), "--outDir", out], { encoding: "utf8" })
  if (status !== 0) throw new Error(`the types of the storefront kit cannot be made\n${stdout}`)
  for (const name of Object.keys(PARTS)) {
    for (const file of declarationsIn(join(out, name)).map((path) => join(out, name, path))) {
      const ending = (/** @type {string} */ path) => (existsSync(join(dirname(file), path, "index.d.ts")) ? "/index.js" : ".js")
      const text = readFileSync(file, "utf8")
      writeFileSync(file, text.replace(/(from |import\()"(\.[^"]+)"/g, (_, before, path) => `${before}"${path}${ending(path)}"`))
    }
  }
}

/** What the package promises: small, without dependencies, and harmless on a server. @param {string} out */
async function check(out) {
  const file = join(out, "client", "index.js")
  const code = readFileSync(file)
  const bytes = gzipSync(code, { level: 9 }).length
  if (bytes > MOST_CLIENT_BYTES) throw new Error(`the client is ${bytes} bytes gzipped; expected at most ${MOST_CLIENT_BYTES}`)
  if (/\bimport\b/.test(code.toString())) throw new Error("the client imports something; expected no dependency")
  const { createForesight } = await import(pathToFileURL(file).href)
  createForesight({ baseUrl: "http://localhost", publishableKey: "pk", consent: "granted" }).track("view_cart")
  return bytes
}

/**
 * @param {string} out folder that gets `client/` and `react/`
 * @returns {Promise<{ clientBytes: number }>} size of the client, gzipped
 */
export async function buildStorefrontKit(out) {
  for (const name of /** @type {(keyof typeof PARTS)[]} */ (Object.keys(PARTS))) await buildPart(out, name)
  emitTypes(out)
  return { clientBytes: await check(out) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out] = process.argv.slice(2)
  if (!out) throw new Error("usage: node scripts/build-storefront-kit.mjs FOLDER")
  const { clientBytes } = await buildStorefrontKit(out)
  process.stdout.write(`${JSON.stringify({ client_bytes: clientBytes })}\n`)
}
