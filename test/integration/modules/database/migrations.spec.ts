import { createDataSource } from "../../../../src/database/data-source"
import { pendingMigrations, revertMigration, runMigrations } from "../../../../src/database/migrate"
import { migrations } from "../../../../src/database/migrations"
import { DemandEnsembles1763857100000 } from "../../../../src/database/migrations/1763857100000-demand-ensembles"
import { ForecastReasons1763856600000 } from "../../../../src/database/migrations/1763856600000-forecast-reasons"
import { createStores } from "../../../../src/database/stores"
import { modelVersion } from "../../../support/model-version"
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

  it("retire demand versions that an earlier release trained: their bytes cannot be read any more", async () => {
    const settings = await fresh()
    await runMigrations(settings)
    const dataSource = await createDataSource(settings).initialize()
    const runner = dataSource.createQueryRunner()
    try {
      const stores = createStores(dataSource)
      const old = await stores.modelVersions.add(modelVersion({ kind: "demand", bytes: Uint8Array.of(1, 2) }))
      const taste = await stores.modelVersions.add(modelVersion({ kind: "taste", bytes: Uint8Array.of(3) }))
      await new DemandEnsembles1763857100000().up(runner)
      expect(await stores.modelVersions.serving("demand")).toBeNull()
      await expect(stores.modelVersions.promote(old.id)).rejects.toMatchObject({ code: "conflict" })
      expect(await stores.modelVersions.serving("taste")).toMatchObject({ id: taste.id, byteCount: 1 })
    } finally {
      await runner.release()
      await dataSource.destroy()
    }
  })

  it("take from forecasts nothing but their reasons where those go back", async () => {
    const settings = await fresh()
    await runMigrations(settings)
    const dataSource = await createDataSource(settings).initialize()
    const runner = dataSource.createQueryRunner()
    try {
      const forecast = { variantId: "v1", locationId: "l1", firstDay: "2026-03-02", frequency: "week" as const, horizon: 1, mean: [1.5], quantiles: [1, 2], correlation: 0, historyWeeks: 9 }
      const reasons = { periods: 1, longRun: 1, reasons: [{ group: "trend" as const, units: 0.5 }] }
      await createStores(dataSource).forecasts.upsert([{ ...forecast, reasons, modelVersionId: null, computedAt: new Date("2026-03-02T02:00:00Z") }])
      const kept = async () => ((await runner.query("SELECT to_jsonb(f) AS row FROM foresight.forecast f")) as { row: Record<string, unknown> }[])[0]!.row
      const { reasons: stored, ...others } = await kept()
      expect(stored).toEqual(reasons)
      await new ForecastReasons1763856600000().down(runner)
      expect(await kept()).toEqual(others)
    } finally {
      await runner.release()
      await dataSource.destroy()
    }
  })

  it("do nothing when there is nothing to go back from", async () => {
    await expect(revertMigration(await fresh())).resolves.toBeUndefined()
  })
})
