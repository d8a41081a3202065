#!/usr/bin/env node
// Builds the package into .medusa/server: admin link → `medusa plugin:build` → Temporal workflow bundle → storefront kit → OpenAPI file → checks.
import { spawnSync } from "node:child_process"
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { openapiDocument } from "./build-openapi.mjs"
import { buildStorefrontKit } from "./build-storefront-kit.mjs"

const root = fileURLToPath(new URL("..", import.meta.url))
const out = join(root, ".medusa", "server")
const require = createRequire(import.meta.url)

/** Medusa builds the admin from the fixed folder src/admin; ours stands at the top level. */
function linkAdmin() {
  const link = join(root, "src", "admin")
  const present = lstatSync(link, { throwIfNoEntry: false })
  if (present?.isSymbolicLink()) rmSync(link)
  else if (present) throw new Error(`${link} is a real folder; expected a link to admin-extensions. Move it away and build again.`)
  symlinkSync(process.platform === "win32" ? join(root, "admin-extensions") : "../admin-extensions", link, process.platform === "win32" ? "junction" : "dir")
}

function buildPlugin() {
  const cli = require.resolve("@medusajs/cli/cli.js", { paths: [root] })
  const { status } = spawnSync(process.execPath, [cli, "plugin:build"], { cwd: root, stdio: "inherit" })
  if (status !== 0) throw new Error(`medusa plugin:build ended with ${status}`)
  if (!existsSync(join(out, "src/modules/foresight/index.js"))) throw new Error("medusa plugin:build left no .medusa/server/src/modules/foresight/index.js")
}

async function bundleWorkflows() {
  const { bundleWorkflowCode } = require("@temporalio/worker")
  const quiet = { log: () => {}, trace: () => {}, debug: () => {}, info: () => {}, warn: console.warn, error: console.error }
  const { code } = await bundleWorkflowCode({ workflowsPath: join(out, "workflows", "index.js"), logger: quiet })
  writeFileSync(join(out, "workflow-bundle.js"), code)
}

/** A widget whose config is no literal is dropped with a warning only, so the bundle is compared with the files. */
function checkAdminBundle() {
  const bundle = readFileSync(join(out, "src/admin/index.mjs"), "utf8")
  const ids = readdirSync(join(root, "admin-extensions", "widgets"))
    .filter((name) => name.endsWith(".tsx"))
    .map((name) => [name, /id:\s*"([^"]+)"/.exec(readFileSync(join(root, "admin-extensions/widgets", name), "utf8"))?.[1]])
  for (const [name, id] of ids) {
    if (!id) throw new Error(`admin-extensions/widgets/${name} has no literal defineWidgetConfig({ zone, id })`)
    if (!bundle.includes(id)) throw new Error(`widget ${id} (${name}) is not in the built admin bundle`)
  }
}

const started = Date.now()
linkAdmin()
buildPlugin()
await bundleWorkflows()
await buildStorefrontKit(out)
writeFileSync(join(out, "openapi.json"), `${JSON.stringify(openapiDocument(), null, 2)}\n`)
checkAdminBundle()
chmodSync(join(out, "src/cli/main.js"), 0o755)
console.error(`built .medusa/server in ${((Date.now() - started) / 1000).toFixed(1)} s`)
