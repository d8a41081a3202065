import { createDataSource, type DataSourceSettings } from "../database/data-source"
import { pendingMigrations } from "../database/migrate"
import { createStores, type Stores } from "../database/stores"
import { ForesightError } from "../domain/errors"
import { readStoreConfig, type StoreConfig } from "../shop/store-config"
import { ForesightClient } from "../temporal/foresight-client"

/** Longest wait of a command for one answer of Temporal, ms. */
const CALL_MS = 10_000

/** What a command works with: the store's options, its tables of ours, Temporal. Medusa itself is not booted. */
export interface StoreConnection {
  config: StoreConfig
  stores: Stores
  client: ForesightClient
}

/** How a command reaches the database. */
export function databaseSettings({ databaseUrl, ssl }: StoreConfig): DataSourceSettings {
  return { url: databaseUrl, ssl, poolSize: 3, applicationName: "foresight command" }
}

/** Opens what a command needs, runs it and closes everything.
 * @throws ForesightError `unavailable` when the database is away or migrations are missing. */
export async function withStore<Answer>(use: (connection: StoreConnection) => Promise<Answer>, directory = process.cwd()): Promise<Answer> {
  const config = readStoreConfig(directory)
  const settings = databaseSettings(config)
  const dataSource = createDataSource(settings)
  try {
    const pending = await pendingMigrations(settings)
    if (pending.length > 0) throw new ForesightError("unavailable", `${pending.length} migrations of the schema foresight are missing: run "npx medusa db:migrate" first`)
    await dataSource.initialize()
  } catch (cause) {
    if (cause instanceof ForesightError) throw cause
    throw new ForesightError("unavailable", `the store's database cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
  const client = new ForesightClient({ temporal: config.options.temporal, shopId: config.shopId, callMs: CALL_MS })
  try {
    return await use({ config, stores: createStores(dataSource), client })
  } finally {
    await client.close()
    await dataSource.destroy()
  }
}
