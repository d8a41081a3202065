import { createRequire } from "node:module"
import { join } from "node:path"
import type { GraphQuery } from "../shop/graph-reader"
import type { StoreConfig } from "../shop/store-config"

interface MedusaContainer {
  resolve(name: string): unknown
}
type LoadMedusa = (options: { directory: string; expressApp: unknown; skipLoadingEntryPoints: boolean }) => Promise<{ container: MedusaContainer; shutdown(): Promise<void> }>

/** Medusa's logger, as far as Medusa calls it. */
export interface MedusaLogger {
  log(message: string): void
}

export interface BootedShop {
  query: GraphQuery
  shutdown(): Promise<void>
}

/** Boots the store's container without HTTP, as `medusa exec` does: some five seconds. No subscriber, job or server of the store runs in it.
 * Medusa is taken from the store's folder, so that there is one copy of it however the plugin was installed. */
export async function bootShop({ directory, medusa }: StoreConfig, logger: MedusaLogger): Promise<BootedShop> {
  process.env.MEDUSA_WORKER_MODE = "server"
  if (medusa.projectConfig) medusa.projectConfig.workerMode = "server" // wins over the variable
  medusa.logger ??= logger
  const storeRequire = createRequire(join(directory, "package.json"))
  const { default: load } = storeRequire("@medusajs/medusa/loaders/index") as { default: LoadMedusa }
  const app = await load({ directory, expressApp: {}, skipLoadingEntryPoints: true })
  return { query: app.container.resolve("query") as GraphQuery, shutdown: () => app.shutdown() }
}
