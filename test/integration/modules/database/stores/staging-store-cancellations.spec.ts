import { found, importDatabase, source, stagedLine } from "../../../../support/import-database"

const { database, insertAll, stage } = importDatabase()

describe("StagingStore.cancellationRows()", () => {
  const rowsOf = async (id: string, weeks = 0, named = Promise.resolve()) => {
    const found = []
    for await (const page of database.stores.staging.cancellationRows(id, { weeks, timeZone: "Europe/London" }, named)) found.push(...page)
    return found
  }
  const at = (minute: number) => new Date(Date.UTC(2010, 11, 1, 9, minute))

  it("gives the groups that hold a cancellation, oldest first, a sale before a cancellation of the same moment", async () => {
    const id = await stage([
      stagedLine(1, { customerRef: "ann@example.com", kind: "refund", quantity: 2, occurredAt: at(5) }),
      stagedLine(2, { customerRef: "ann@example.com", quantity: 2, occurredAt: at(5) }),
      stagedLine(3, { customerRef: "ann@example.com", quantity: 2, occurredAt: at(1) }),
      stagedLine(4, { customerRef: "bob@example.com", quantity: 2, occurredAt: at(1) }), // nothing of bob's was canceled
      stagedLine(5, { customerRef: null, kind: "refund", quantity: 2, occurredAt: at(1) }),
      stagedLine(6, { customerRef: "ann@example.com", quantity: 2, exclusion: "test_order" }),
    ])
    // the first import needs no names
    const neverNamed = new Promise<void>(() => undefined)
    expect((await rowsOf(id, 0, neverNamed)).map(({ line: number }) => number)).toEqual([3, 2, 1])
  })

  it("adds the sales that earlier imports stored, of known customers and of strangers, unless they do not count", async () => {
    const { imports, staging, exclusions } = database.stores
    const sold = (number: number, customerRef: string) => stagedLine(number, { customerRef, quantity: 2, occurredAt: at(number) })
    const first = await stage([sold(1, "ann@example.com"), sold(2, "bob@example.com"), sold(3, "ann@example.com")])
    await insertAll(first)
    await imports.finish(first, { status: "done" })
    await staging.clear(first)
    await exclusions.exclude([{ day: "2010-12-01", eventId: "key 3", reason: "test_order", detail: null, importId: null }])

    const canceled = (number: number, customerRef: string) => stagedLine(number, { customerRef, kind: "refund", quantity: 2, occurredAt: at(number) })
    const second = await stage([canceled(10, "ann@example.com"), canceled(11, "bob@example.com")], { sourceHash: "other" })
    // sales of earlier imports are found by the names: it waits for them
    const named = Promise.reject(new Error("the shop is away"))
    named.catch(() => undefined) // it is met later than Node allows
    await expect(rowsOf(second, 0, named)).rejects.toThrow("the shop is away")
    await staging.saveNames(second, "customer", [found("ann@example.com", "cus_ann"), found("bob@example.com")])
    const stored = { line: null, day: "2010-12-01", kind: "purchase", quantity: 2 }
    expect(await rowsOf(second)).toMatchObject([{ ...stored, eventId: "key 1" }, { line: 10, at: at(10).getTime() }, { ...stored, eventId: "key 2" }, { line: 11 }])

    // voided by this very import, then interrupted: seen again, so that the second judging says the same
    expect(await staging.voidStored(second, [{ day: "2010-12-01", eventId: "key 1" }])).toBe(1)
    expect(await rowsOf(second)).toHaveLength(4)
    expect(await database.dataSource.query("SELECT DISTINCT day::text AS day FROM foresight.demand_touched")).toEqual([{ day: "2010-12-01" }])
  })

  it("gives the import's own lines again after a crash of Postgres in the middle of the insertion, beside another import's", async () => {
    const { imports, staging } = database.stores
    const pair = [
      stagedLine(1, { customerRef: "ann@example.com", quantity: 2, occurredAt: at(1) }),
      stagedLine(2, { customerRef: "ann@example.com", kind: "refund", quantity: 2, occurredAt: at(2) }),
    ]
    const earlier = await stage([stagedLine(7, { occurredAt: at(0) })], { sourceHash: "earlier" })
    await insertAll(earlier)
    await imports.finish(earlier, { status: "done" })
    await staging.clear(earlier)
    const id = await stage(pair)
    await insertAll(id)
    await database.dataSource.query("TRUNCATE foresight.import_staging") // as a crash does
    expect(await imports.open(source)).toMatchObject({ id, status: "staging", donePages: [] })
    await stage(pair)
    expect((await rowsOf(id)).map(({ line: number }) => number)).toEqual([1, 2])
  })
})
