import { importDatabase, source, stagedLine } from "../../../../support/import-database"

const { database, stage, staged } = importDatabase()

describe("StagingStore.openWriter()", () => {
  it("brings lines through COPY unchanged, whatever they hold", async () => {
    const odd = 'tab\t newline\n return\r back\\slash \\N "quotes" \\. 鞋'
    const id = await stage([stagedLine(1), stagedLine(2, { productHandle: odd, customerRef: "", quantity: -3.25, unitPrice: 1e-7, searchTerm: "a\0b\ud800", exclusion: "cancellation", exclusionDetail: "C536379" })])
    const [plain, other] = await staged(id)
    expect(plain).toMatchObject({ event_key: "key 1", order_id: "order 1", occurred_at: new Date("2010-12-01T08:26:00Z"), customer_ref: null, quantity: "1", unit_price: "2.55", product_handle: null })
    expect(other).toMatchObject({ product_handle: odd, customer_ref: "", quantity: "-3.25", unit_price: "0.0000001", search_term: "a\ufffdb\ufffd", exclusion: "cancellation", exclusion_detail: "C536379" })
    expect(await database.stores.staging.span(id)).toEqual({ lines: 2, lastLine: 2, firstDay: "2010-12-01", lastDay: "2010-12-01" })
  })

  it("takes many lines without losing one", async () => {
    const report = await database.stores.imports.open(source)
    const writer = await database.stores.staging.openWriter(report.id)
    for (let chunk = 0; chunk < 20; chunk += 1) {
      await writer.write(Array.from({ length: 1000 }, (_, index) => stagedLine(chunk * 1000 + index + 1, { productHandle: "x".repeat(300) })))
    }
    await writer.close()
    expect((await database.stores.staging.span(report.id)).lines).toBe(20_000)
  })

  it("forgets an aborted part and goes on from the line that was safe", async () => {
    const { imports, staging } = database.stores
    const id = await stage([stagedLine(1), stagedLine(2)])
    const torn = await staging.openWriter(id, 2)
    await torn.write([stagedLine(3)])
    await torn.abort()
    expect((await staging.span(id)).lines).toBe(2)
    const again = await imports.open(source)
    expect(again).toMatchObject({ id, status: "staging", resumeLine: 2 })
    await stage([stagedLine(3), stagedLine(4)], { fromLine: 2 })
    await stage([stagedLine(3)], { fromLine: 2 }) // line 3 and 4 were written but not reported: they are replaced
    expect((await staged(id)).map((one) => one.line)).toEqual([1, 2, 3])
  })

  it("tells what Postgres refused and leaves the connection usable", async () => {
    const { imports, staging } = database.stores
    const report = await imports.open(source)
    const writer = await staging.openWriter(report.id)
    await writer.write([stagedLine(1), stagedLine(1)])
    await expect(writer.close()).rejects.toThrow("import_staging_pkey")
    const again = await staging.openWriter(report.id)
    await again.write([stagedLine(1)])
    await again.close()
    expect((await staging.span(report.id)).lines).toBe(1)
  })

  it("says that Postgres is away when its connection is cut in the middle, and the next writer works", async () => {
    const { staging } = database.stores
    const id = await stage([stagedLine(1)])
    const writer = await staging.openWriter(id, 1)
    await database.dataSource.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY foresight.import_staging%' AND datname = current_database()")
    const many = Array.from({ length: 1000 }, (_, index) => stagedLine(index + 2, { productHandle: "x".repeat(500) }))
    const writing = async () => {
      for (let round = 0; round < 100; round += 1) await writer.write(many)
      await writer.close()
    }
    await expect(writing()).rejects.toMatchObject({ code: "unavailable" })
    await writer.abort()
    expect(await stage([stagedLine(2)], { fromLine: 1 })).toBe(id)
    expect((await staging.span(id)).lines).toBe(2)
  })
})

describe("StagingStore.clear()", () => {
  it("removes an import's lines, and no other's, also while another file is being staged", async () => {
    const { imports, staging } = database.stores
    const one = await stage([stagedLine(1), stagedLine(2)])
    const two = await stage([stagedLine(1)], { sourceHash: "two" })
    expect(await staging.clear(one)).toBe(2)
    expect((await staging.span(two)).lines).toBe(1)
    const { id } = await imports.open({ ...source, sourceHash: "three" })
    const writer = await staging.openWriter(id)
    await writer.write([stagedLine(1)])
    expect(await staging.clear(two)).toBe(1)
    await writer.close()
    expect((await staging.span(id)).lines).toBe(1)
    expect(await staging.clear(id)).toBe(1)
  })
})
