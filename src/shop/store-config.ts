import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { ForesightError } from "../domain/errors"
import { shopIdOf } from "../domain/workflow-ids"
import type { ForesightOptions } from "../options"
import { parseOptions } from "../options"

const PACKAGE = "medusa-plugin-foresight"

/** The part of a store's `medusa-config` that is used. */
export interface MedusaConfig {
  projectConfig?: { databaseUrl?: string; workerMode?: string; databaseDriverOptions?: { ssl?: unknown; connection?: { ssl?: unknown } } }
  plugins?: (string | { resolve?: string; options?: unknown })[]
  logger?: unknown
}

/** What the commands and the worker need to know of the store they run in. */
export interface StoreConfig {
  directory: string
  options: ForesightOptions
  shopId: string
  databaseUrl: string
  /** As the store itself connects; `undefined` where the url tells. */
  ssl: boolean | { rejectUnauthorized?: boolean; ca?: string } | undefined
  /** The loaded config itself; what is changed in it, Medusa sees when it boots in this process. */
  medusa: MedusaConfig
}

/** Reads `medusa-config` of a store without booting Medusa: some hundred milliseconds.
 * @throws ForesightError `not_found` when the folder is no store or the store does not list the plugin, `invalid_options` when an option is wrong. */
export function readStoreConfig(directory: string, environment: NodeJS.ProcessEnv = process.env): StoreConfig {
  const file = ["medusa-config.ts", "medusa-config.js", "medusa-config.cjs"].map((name) => join(directory, name)).find((path) => existsSync(path))
  if (!file) throw new ForesightError("not_found", `${directory} is no Medusa store: it has no medusa-config.ts or medusa-config.js. Run the command in the store's folder`)
  const storeRequire = createRequire(join(directory, "package.json"))
  if (existsSync(join(directory, ".env"))) process.loadEnvFile(join(directory, ".env"))
  if (file.endsWith(".ts")) compileOnTheFly(storeRequire, directory)

  const loaded = storeRequire(file) as MedusaConfig & { default?: MedusaConfig }
  const medusa = loaded.default ?? loaded
  const raw = pluginOptions(medusa, storeRequire, file)
  const options = parseOptions(raw, environment)
  const databaseUrl = options.databaseUrl ?? medusa.projectConfig?.databaseUrl ?? environment.DATABASE_URL
  if (!databaseUrl) throw new ForesightError("invalid_options", `${file} has no projectConfig.databaseUrl; expected the address of the store's Postgres, e.g. from DATABASE_URL`)
  const driver = medusa.projectConfig?.databaseDriverOptions
  const ssl = options.databaseUrl ? undefined : (driver?.connection?.ssl ?? driver?.ssl)
  return { directory, options, shopId: shopIdOf(options.shopId, databaseUrl), databaseUrl, ssl: ssl as StoreConfig["ssl"], medusa }
}

/** As Medusa's own command line does it: the store's TypeScript is compiled when it is loaded. */
function compileOnTheFly(storeRequire: NodeJS.Require, directory: string): void {
  let tsNode: { register(options: object): unknown }
  try {
    tsNode = createRequire(storeRequire.resolve("@medusajs/cli/package.json"))("ts-node") as typeof tsNode
  } catch {
    try {
      tsNode = storeRequire("ts-node") as typeof tsNode
    } catch (cause) {
      throw new ForesightError("not_found", `${directory} has a medusa-config.ts but neither @medusajs/cli nor ts-node. Install them, or run the command in the built store (.medusa/server)`, { cause })
    }
  }
  tsNode.register({ cwd: directory, transpileOnly: true })
}

function pluginOptions({ plugins = [] }: MedusaConfig, storeRequire: NodeJS.Require, file: string): unknown {
  for (const plugin of plugins) {
    const { resolve, options } = typeof plugin === "string" ? { resolve: plugin, options: {} } : plugin
    if (resolve && (resolve === PACKAGE || packageName(resolve, storeRequire) === PACKAGE)) return options ?? {}
  }
  throw new ForesightError("not_found", `${file} does not list the plugin; expected plugins: [{ resolve: "${PACKAGE}", options: {} }]`)
}

/** The name of a plugin that is given by its path. */
function packageName(resolve: string, storeRequire: NodeJS.Require): string | null {
  try {
    const manifest = JSON.parse(readFileSync(storeRequire.resolve(join(resolve, "package.json")), "utf8")) as { name?: string }
    return manifest.name ?? null
  } catch {
    return null
  }
}
