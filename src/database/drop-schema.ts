import { createDataSource, type DataSourceSettings } from "./data-source"
import { SCHEMA } from "./schema"

/** Removes the schema with everything in it; nothing else of the store is touched. */
export async function dropSchema(settings: DataSourceSettings): Promise<void> {
  const dataSource = await createDataSource(settings).initialize()
  try {
    await dataSource.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`)
  } finally {
    await dataSource.destroy()
  }
}
