import { createDataSource } from "../../../../src/database/data-source"
import { pendingMigrations, revertMigration, runMigrations } from "../../../../src/database/migrate"
import { migrations } from "../../../../src/database/migrations"
import { createStores } from "../../../../src/database/stores"
import { startTestPostgres, type TestPostgres } from "../../../support/postgres"

const NAMES = migrations.map((Migration) => new Migration().name)
let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(() => postgres.stop())

const fresh = async () => ({ url: await postgres.createDatabase(), poolSize: 2, applicationName: "test" })

describe("migrations", () => {
  it("make exactly the tables that the entities describe, also once partitions exist", async () => {
    const settings = await fresh()
    await runMigrations(settings)
    const dataSource = await createDataSource(settings).initialize()
    try {
      await createStores(dataSource).events.ensurePartitions("2026-01-01", "2026-02-01")
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log()
      expect(upQueries.map(({ query }) => query)).toEqual([])
      const [table] = await dataSource.query<{ kind: string }[]>("SELECT relkind AS kind FROM pg_class WHERE oid = 'foresight.event'::regclass")
      expect(table?.kind).toBe("p") // partitioned
    } finally {
      await dataSource.destroy()
    }
  })

  it("run once, go back and run again", async () => {
    const settings = await fresh()
    expect(await pendingMigrations(settings)).toEqual(NAMES)
    expect((await runMigrations(settings)).map(({ name }) => name)).toEqual(NAMES)
    expect(await runMigrations(settings)).toEqual([])
    expect(await pendingMigrations(settings)).toEqual([])
    for (let left = NAMES.length; left > 0; left -= 1) await revertMigration(settings)
    expect(await pendingMigrations(settings)).toEqual(NAMES)
    const dataSource = await createDataSource(settings).initialize()
    const left = await dataSource.query<{ name: string }[]>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'foresight'")
    await dataSource.destroy()
    expect(left.map(({ name }) => name)).toEqual(["migration"])
    expect((await runMigrations(settings)).map(({ name }) => name)).toEqual(NAMES)
  })

  it("do nothing when there is nothing to go back from", async () => {
    await expect(revertMigration(await fresh())).resolves.toBeUndefined()
  })
})
