import { found, importDatabase, shop, source, stagedLine } from "../../../../support/import-database"

const { database, insertAll, stage } = importDatabase()

describe("ImportStore.open()", () => {
  it("stages afresh where the same file comes in another format and nothing was kept of it", async () => {
    const { imports } = database.stores
    const id = await stage([stagedLine(1), stagedLine(2)])
    expect(await imports.open(source)).toMatchObject({ id, resumeLine: 2 })
    expect(await imports.open({ ...source, format: "woocommerce" })).toMatchObject({ id, resumeLine: 0, format: "woocommerce" })
  })

  it("stages afresh after a crash of Postgres emptied the staging table, also in the middle of the insertion", async () => {
    const { imports, staging } = database.stores
    const id = await stage([stagedLine(1), stagedLine(2)])
    await insertAll(id)
    await database.dataSource.query("TRUNCATE foresight.import_staging")
    expect(await staging.has(id, 2)).toBe(false)
    expect(await imports.open(source)).toMatchObject({ id, status: "staging", resumeLine: 0, donePages: [], linesKept: 0 })
    await stage([stagedLine(1), stagedLine(2)])
    await imports.update(id, { status: "inserting" })
    expect(await staging.insertPage(id, 0, shop)).toMatchObject({ inserted: 0, duplicates: 2 })
  })

  it("forgets the refusals of a file that is staged afresh", async () => {
    const { imports } = database.stores
    const id = await stage([stagedLine(1), stagedLine(2)])
    await imports.addRefusals(id, [{ line: 2, column: "sku", value: "", message: "expected a SKU" }])
    await imports.open(source)
    expect(await imports.refusals(id)).toHaveLength(1) // goes on: they stay
    await imports.open({ ...source, format: "woocommerce" })
    expect(await imports.refusals(id)).toEqual([])
  })

  it("gives up an import that failed long ago, so that the next try begins a new one", async () => {
    const { imports, staging } = database.stores
    const id = await stage([stagedLine(1), stagedLine(2)])
    await imports.finish(id, { status: "failed", error: "Postgres went away" })
    expect(await imports.forgetBefore(new Date(Date.now() - 3_600_000))).toBe(0)
    expect(await imports.forgetBefore(new Date(Date.now() + 3_600_000))).toBe(2)
    expect(await imports.get(id)).toMatchObject({ status: "canceled", error: "Postgres went away" })
    expect((await staging.span(id)).lines).toBe(0)
    expect((await imports.open(source)).id).not.toBe(id)
  })

  it("lets only one import of a content be under way", async () => {
    const { imports } = database.stores
    await stage([stagedLine(1)])
    const upload = await imports.open({ ...source, sourceHash: "upload:1" })
    await expect(imports.update(upload.id, { sourceHash: "hash" })).rejects.toMatchObject({ code: "conflict" })
    await expect(imports.get("abc")).rejects.toMatchObject({ code: "not_found" })
  })

  it("lets a file be sent again after its import failed: the failed one is given up with its lines", async () => {
    const { imports, staging } = database.stores
    const failed = await stage([stagedLine(1), stagedLine(2)])
    await staging.saveNames(failed, "sku", [found("UNKNOWN")])
    expect(await staging.unknownNames(failed, "sku")).toEqual(["UNKNOWN"])
    await imports.finish(failed, { status: "failed", error: "Temporal did not answer" })
    const upload = await stage([stagedLine(1)], { sourceHash: "upload:1" })
    expect(await imports.update(upload, { sourceHash: "hash", status: "inserting" })).toMatchObject({ sourceHash: "hash", status: "inserting" })
    expect(await imports.get(failed)).toMatchObject({ status: "canceled", error: "Temporal did not answer" })
    expect((await staging.span(failed)).lines).toBe(0)
    expect(await staging.unknownNames(failed, "sku")).toEqual([])
    expect((await staging.span(upload)).lines).toBe(1)
  })

  it("changes nothing of an import that somebody ended, and nothing else with it", async () => {
    const { imports, staging } = database.stores
    const failed = await stage([stagedLine(1)])
    await imports.finish(failed, { status: "failed", error: "Temporal did not answer" })
    const upload = await stage([stagedLine(1)], { sourceHash: "upload:1" })
    await imports.finish(upload, { status: "canceled" })
    await expect(imports.update(upload, { sourceHash: "hash", status: "inserting" })).rejects.toMatchObject({ code: "canceled" })
    expect(await imports.get(upload)).toMatchObject({ status: "canceled", sourceHash: "upload:1" })
    expect(await imports.get(failed)).toMatchObject({ status: "failed" })
    expect((await staging.span(failed)).lines).toBe(1)
  })

  it("cancels an import that failed, which keeps its error", async () => {
    const { imports } = database.stores
    const id = await stage([stagedLine(1)])
    await imports.finish(id, { status: "failed", error: "Temporal did not answer" })
    expect(await imports.finish(id, { status: "canceled" })).toMatchObject({ status: "canceled", error: "Temporal did not answer" })
    expect((await imports.open(source)).id).not.toBe(id)
  })

  it("lets a workflow end what is being inserted, and not the file that is staged again since", async () => {
    const { imports } = database.stores
    const id = await stage([stagedLine(1)])
    expect(await imports.finish(id, { status: "failed", error: "lost", by: "workflow" })).toMatchObject({ status: "staging", error: null, finishedAt: null })
    await imports.update(id, { status: "inserting" })
    expect(await imports.finish(id, { status: "failed", error: "lost", by: "workflow" })).toMatchObject({ status: "failed", error: "lost" })
  })

  it("forgets refused lines, which may name people, some time after the import ended", async () => {
    const { imports } = database.stores
    const refused = [{ line: 2, column: "email", value: "ann@example.com", message: "no" }]
    const withRefusal = async (sourceHash: string) => {
      const { id } = await imports.open({ ...source, sourceHash })
      await imports.addRefusals(id, refused)
      await imports.update(id, { refusedSample: refused, linesRefused: 1 })
      return id
    }
    const [done, failed, running] = [await withRefusal("done"), await withRefusal("failed"), await withRefusal("running")]
    await imports.update(running, { status: "inserting" })
    await imports.finish(done, { status: "done" })
    await imports.finish(failed, { status: "failed", error: "gone" })
    await imports.forgetBefore(new Date(Date.now() - 3_600_000))
    expect(await imports.refusals(done)).toEqual(refused)
    await imports.forgetBefore(new Date(Date.now() + 3_600_000))
    for (const id of [done, failed]) {
      expect(await imports.refusals(id)).toEqual([])
      expect(await imports.get(id)).toMatchObject({ refusedSample: [], linesRefused: 1 })
    }
    expect(await imports.refusals(running)).toEqual(refused)
    expect(await imports.get(running)).toMatchObject({ status: "inserting", refusedSample: refused })
  })

  it("keeps refusals once each, and no more than ten thousand", async () => {
    const { imports } = database.stores
    const { id } = await imports.open(source)
    const refused = (from: number, count: number) => Array.from({ length: count }, (_, at) => ({ line: from + at, column: "sku", value: "a\0", message: "no" }))
    await imports.addRefusals(id, refused(1, 10))
    await imports.addRefusals(id, refused(1, 9_000))
    await imports.addRefusals(id, refused(9_001, 20_000))
    const kept = await imports.refusals(id)
    expect(kept).toHaveLength(10_000)
    expect(kept[0]).toEqual({ line: 1, column: "sku", value: "a\ufffd", message: "no" })
  })
})
