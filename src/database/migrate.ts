import type { DataSource } from "typeorm"
import { createDataSource, type DataSourceSettings } from "./data-source"
import { SCHEMA } from "./schema"

const withDataSource = async <Answer>(settings: DataSourceSettings, use: (dataSource: DataSource) => Promise<Answer>) => {
  const dataSource = await createDataSource(settings).initialize()
  try {
    return await use(dataSource)
  } finally {
    await dataSource.destroy()
  }
}

/** Creates the schema where it is missing and runs all pending migrations, each in a transaction. @returns their names, oldest first. */
export const runMigrations = (settings: DataSourceSettings): Promise<{ name: string }[]> =>
  withDataSource(settings, async (dataSource) => {
    await dataSource.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`)
    const done = await dataSource.runMigrations({ transaction: "each" })
    return done.map(({ name }) => ({ name }))
  })

/** Undoes the newest migration; nothing happens when none was run. */
export const revertMigration = (settings: DataSourceSettings): Promise<void> =>
  withDataSource(settings, async (dataSource) => {
    if (await anyRun(dataSource)) await dataSource.undoLastMigration({ transaction: "each" })
  })

/** Names of migrations that this package brings and the database lacks; also all of them when the schema is missing. */
export const pendingMigrations = (settings: DataSourceSettings): Promise<string[]> =>
  withDataSource(settings, async (dataSource) => {
    const names = dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name)
    if (!(await anyRun(dataSource))) return names
    const rows = await dataSource.query<{ name: string }[]>(`SELECT name FROM ${SCHEMA}.migration`)
    const done = new Set(rows.map(({ name }) => name))
    return names.filter((name) => !done.has(name))
  })

async function anyRun(dataSource: DataSource): Promise<boolean> {
  const [table] = await dataSource.query<{ found: string | null }[]>("SELECT to_regclass($1)::text AS found", [`${SCHEMA}.migration`])
  return Boolean(table?.found)
}
