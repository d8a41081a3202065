import { createDataSource } from "../../../../src/database/data-source"
import { createStores } from "../../../../src/database/stores"
import { openTestDatabase, type TestDatabase } from "../../../support/database"
import { shopEvent } from "../../../support/shop-event"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe("createDataSource()", () => {
  it("opens urls that carry Medusa's ssl_mode and other parameters", async () => {
    const url = `${database.url}?ssl_mode=disable&options=-c%20search_path%3Dpg_catalog`
    const dataSource = createDataSource({ url, poolSize: 1, applicationName: "named" })
    await dataSource.initialize()
    const [row] = await dataSource.query<{ name: string; path: string }[]>(
      "SELECT current_setting('application_name') AS name, current_setting('search_path') AS path"
    )
    await dataSource.destroy()
    expect(row).toEqual({ name: "named", path: "pg_catalog" })
  })

  it.each([
    ["sslmode=require", { rejectUnauthorized: false }],
    ["ssl_mode=no-verify", { rejectUnauthorized: false }],
    ["sslmode=verify-full", true],
    ["sslmode=disable", false],
    ["", false],
  ])("reads %j as ssl %j and hands Postgres a url without it", (query, ssl) => {
    const { options } = createDataSource({ url: `postgres://localhost/shop?${query}`, poolSize: 1, applicationName: "test" })
    expect(options).toMatchObject({ ssl, url: "postgres://localhost/shop" })
  })

  it("gives up on a locked table after lockTimeoutMs, and works again once it is free", async () => {
    const { stores } = await database.openAgain({ lockTimeoutMs: 200 })
    await stores.events.ensurePartitions("2026-03-01", "2026-03-31")
    const holder = database.dataSource.createQueryRunner()
    await holder.startTransaction()
    await holder.query("LOCK TABLE foresight.event IN ACCESS EXCLUSIVE MODE")
    const begun = Date.now()
    const refused = stores.events.insert([shopEvent()])
    await expect(refused).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("lockTimeoutMs") as string })
    expect(Date.now() - begun).toBeLessThan(60_000) // nobody lets go of the table
    await holder.rollbackTransaction()
    await holder.release()
    expect(await stores.events.insert([shopEvent()])).toMatchObject({ inserted: 1, duplicates: 0 })
  })

  it("calls a server that is away, a closed pool and missing tables unavailable", async () => {
    const away = createDataSource({ url: "postgres://postgres@127.0.0.1:1/nowhere", poolSize: 1, applicationName: "test" })
    await expect(away.initialize()).rejects.toMatchObject({ code: "ECONNREFUSED" })

    const { dataSource, stores } = await database.openAgain()
    await dataSource.destroy()
    await expect(stores.cursors.get("orders")).rejects.toMatchObject({ code: "unavailable" })

    const elsewhere = await createDataSource({ url: database.url.replace(/[^/]*$/, "postgres"), poolSize: 1, applicationName: "test" }).initialize()
    await expect(createStores(elsewhere).cursors.get("orders")).rejects.toThrow("medusa db:migrate")
    await elsewhere.destroy()
  })
})
