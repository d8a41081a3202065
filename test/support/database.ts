import type { DataSource } from "typeorm"
import { createDataSource } from "../../src/database/data-source"
import { runMigrations } from "../../src/database/migrate"
import { createStores, type Stores } from "../../src/database/stores"
import { startTestPostgres } from "./postgres"

export interface TestDatabase {
  url: string
  dataSource: DataSource
  stores: Stores
  /** Stores over another pool, as another process has them. */
  openAgain(settings?: { lockTimeoutMs?: number }): Promise<{ dataSource: DataSource; stores: Stores }>
  close(): Promise<void>
}

/** Longest wait for a lock where a test names none: several writers of the same rows on a machine that pauses must not end as "unavailable". */
const LOCK_MS = 60_000

/** A migrated database of its own with our stores over it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const postgres = await startTestPostgres()
  const url = await postgres.createDatabase()
  await runMigrations({ url, poolSize: 1, applicationName: "test" })
  const opened: DataSource[] = []
  const openAgain = async (settings: { lockTimeoutMs?: number } = {}) => {
    const dataSource = await createDataSource({ url, poolSize: 4, applicationName: "test", lockTimeoutMs: LOCK_MS, ...settings }).initialize()
    opened.push(dataSource)
    return { dataSource, stores: createStores(dataSource) }
  }
  return {
    url,
    ...(await openAgain()),
    openAgain,
    async close() {
      for (const dataSource of opened) if (dataSource.isInitialized) await dataSource.destroy()
      await postgres.stop()
    },
  }
}
