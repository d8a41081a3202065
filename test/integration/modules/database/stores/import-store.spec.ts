import { monthsKept } from "../../../../../src/database/partitions"
import type { ResolvedName, StagedLine } from "../../../../../src/database/stores/staging-store"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() =>
  database.dataSource.query(
    "TRUNCATE foresight.event, foresight.demand_touched, foresight.excluded_line, foresight.import_report, foresight.import_staging, foresight.import_name, foresight.import_refusal"
  )
)

const line = (number: number, overrides: Partial<StagedLine> = {}): StagedLine => ({
  line: number,
  eventKey: `key ${number}`,
  kind: "purchase",
  orderId: `order ${number}`,
  occurredAt: new Date("2010-12-01T08:26:00Z"),
  day: "2010-12-01",
  customerRef: null,
  sku: "A",
  quantity: 1,
  unitPrice: 2.55,
  currencyCode: "gbp",
  location: null,
  salesChannel: null,
  visitorId: null,
  sessionId: null,
  searchTerm: null,
  productHandle: null,
  exclusion: null,
  exclusionDetail: null,
  ...overrides,
})
const found = (name: string, id: string | null = null, otherId: string | null = null): ResolvedName => ({ name, id, otherId })
const source = { fileName: "orders.csv", sourceHash: "hash", format: "orders" as const }
const shop = { timeZone: "Europe/London", defaultLocationId: "sloc_default", defaultSalesChannelId: null }

const stage = async (lines: StagedLine[], { fromLine = 0, sourceHash = "hash" } = {}) => {
  const { imports, staging } = database.stores
  const report = await imports.open({ ...source, sourceHash })
  const writer = await staging.openWriter(report.id, fromLine)
  await writer.write(lines)
  await writer.close()
  await imports.update(report.id, { resumeLine: lines.at(-1)?.line ?? 0, lastLine: lines.at(-1)?.line ?? 0 })
  return report.id
}
/** As the activities do it: names, partitions, pages. */
const insertAll = async (id: string, weeks: number | null = null) => {
  const { imports, staging } = database.stores
  await imports.update(id, { status: "inserting", ...(weeks !== null && { shiftWeeks: weeks }) })
  await staging.saveNames(id, "sku", [found("A", "variant_a", "prod_a"), found("UNKNOWN")])
  await staging.saveNames(id, "product", [found("shirt", "prod_s", "variant_s")])
  await staging.saveNames(id, "customer", [found("ann@example.com", "cus_ann"), found("bob@example.com"), found("Bob@Example.com ")])
  await staging.saveNames(id, "location", [found("Berlin", "sloc_b"), found("Atlantis")])
  await staging.saveNames(id, "sales_channel", [found("Shop", "sc_s")])
  await staging.namesAreSaved(id)
  await staging.preparePartitions(id, weeks ?? 0)
  return staging.insertPage(id, 0, shop)
}
const events = () => database.dataSource.query<{ id: string; day: string }[]>("SELECT event_id AS id, day::text AS day FROM foresight.event ORDER BY 1")
const staged = (id: string) => database.dataSource.query<Record<string, unknown>[]>("SELECT * FROM foresight.import_staging WHERE import_id = $1 ORDER BY line", [id])

describe("StagingStore.openWriter()", () => {
  it("brings lines through COPY unchanged, whatever they hold", async () => {
    const odd = 'tab\t newline\n return\r back\\slash \\N "quotes" \\. 鞋'
    const id = await stage([line(1), line(2, { productHandle: odd, customerRef: "", quantity: -3.25, unitPrice: 1e-7, searchTerm: "a\0b\ud800", exclusion: "cancellation", exclusionDetail: "C536379" })])
    const [plain, other] = await staged(id)
    expect(plain).toMatchObject({ event_key: "key 1", order_id: "order 1", occurred_at: new Date("2010-12-01T08:26:00Z"), customer_ref: null, quantity: "1", unit_price: "2.55", product_handle: null })
    expect(other).toMatchObject({ product_handle: odd, customer_ref: "", quantity: "-3.25", unit_price: "0.0000001", search_term: "a\ufffdb\ufffd", exclusion: "cancellation", exclusion_detail: "C536379" })
    expect(await database.stores.staging.span(id)).toEqual({ lines: 2, lastLine: 2, firstDay: "2010-12-01", lastDay: "2010-12-01" })
  })

  it("takes many lines without losing one", async () => {
    const report = await database.stores.imports.open(source)
    const writer = await database.stores.staging.openWriter(report.id)
    for (let chunk = 0; chunk < 20; chunk += 1) {
      await writer.write(Array.from({ length: 1000 }, (_, index) => line(chunk * 1000 + index + 1, { productHandle: "x".repeat(300) })))
    }
    await writer.close()
    expect((await database.stores.staging.span(report.id)).lines).toBe(20_000)
  })

  it("forgets an aborted part and goes on from the line that was safe", async () => {
    const { imports, staging } = database.stores
    const id = await stage([line(1), line(2)])
    const torn = await staging.openWriter(id, 2)
    await torn.write([line(3)])
    await torn.abort()
    expect((await staging.span(id)).lines).toBe(2)
    const again = await imports.open(source)
    expect(again).toMatchObject({ id, status: "staging", resumeLine: 2 })
    await stage([line(3), line(4)], { fromLine: 2 })
    await stage([line(3)], { fromLine: 2 }) // line 3 and 4 were written but not reported: they are replaced
    expect((await staged(id)).map((one) => one.line)).toEqual([1, 2, 3])
  })

  it("tells what Postgres refused and leaves the connection usable", async () => {
    const { imports, staging } = database.stores
    const report = await imports.open(source)
    const writer = await staging.openWriter(report.id)
    await writer.write([line(1), line(1)])
    await expect(writer.close()).rejects.toThrow("import_staging_pkey")
    const again = await staging.openWriter(report.id)
    await again.write([line(1)])
    await again.close()
    expect((await staging.span(report.id)).lines).toBe(1)
  })

  it("says that Postgres is away when its connection is cut in the middle, and the next writer works", async () => {
    const { staging } = database.stores
    const id = await stage([line(1)])
    const writer = await staging.openWriter(id, 1)
    await database.dataSource.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY foresight.import_staging%' AND datname = current_database()")
    const many = Array.from({ length: 1000 }, (_, index) => line(index + 2, { productHandle: "x".repeat(500) }))
    const writing = async () => {
      for (let round = 0; round < 100; round += 1) await writer.write(many)
      await writer.close()
    }
    await expect(writing()).rejects.toMatchObject({ code: "unavailable" })
    await writer.abort()
    expect(await stage([line(2)], { fromLine: 1 })).toBe(id)
    expect((await staging.span(id)).lines).toBe(2)
  })
})

describe("StagingStore.clear()", () => {
  it("removes an import's lines, and no other's, also while another file is being staged", async () => {
    const { imports, staging } = database.stores
    const one = await stage([line(1), line(2)])
    const two = await stage([line(1)], { sourceHash: "two" })
    expect(await staging.clear(one)).toBe(2)
    expect((await staging.span(two)).lines).toBe(1)
    const { id } = await imports.open({ ...source, sourceHash: "three" })
    const writer = await staging.openWriter(id)
    await writer.write([line(1)])
    expect(await staging.clear(two)).toBe(1)
    await writer.close()
    expect((await staging.span(id)).lines).toBe(1)
    expect(await staging.clear(id)).toBe(1)
  })
})

describe("ImportStore.open()", () => {
  it("stages afresh where the same file comes in another format and nothing was kept of it", async () => {
    const { imports } = database.stores
    const id = await stage([line(1), line(2)])
    expect(await imports.open(source)).toMatchObject({ id, resumeLine: 2 })
    expect(await imports.open({ ...source, format: "woocommerce" })).toMatchObject({ id, resumeLine: 0, format: "woocommerce" })
  })

  it("stages afresh after a crash of Postgres emptied the staging table, also in the middle of the insertion", async () => {
    const { imports, staging } = database.stores
    const id = await stage([line(1), line(2)])
    await insertAll(id)
    await database.dataSource.query("TRUNCATE foresight.import_staging")
    expect(await staging.has(id, 2)).toBe(false)
    expect(await imports.open(source)).toMatchObject({ id, status: "staging", resumeLine: 0, donePages: [], linesKept: 0 })
    await stage([line(1), line(2)])
    await imports.update(id, { status: "inserting" })
    expect(await staging.insertPage(id, 0, shop)).toMatchObject({ inserted: 0, duplicates: 2 })
  })

  it("forgets the refusals of a file that is staged afresh", async () => {
    const { imports } = database.stores
    const id = await stage([line(1), line(2)])
    await imports.addRefusals(id, [{ line: 2, column: "sku", value: "", message: "expected a SKU" }])
    await imports.open(source)
    expect(await imports.refusals(id)).toHaveLength(1) // goes on: they stay
    await imports.open({ ...source, format: "woocommerce" })
    expect(await imports.refusals(id)).toEqual([])
  })

  it("gives up an import that failed long ago, so that the next try begins a new one", async () => {
    const { imports, staging } = database.stores
    const id = await stage([line(1), line(2)])
    await imports.finish(id, { status: "failed", error: "Postgres went away" })
    expect(await imports.forgetBefore(new Date(Date.now() - 3_600_000))).toBe(0)
    expect(await imports.forgetBefore(new Date(Date.now() + 3_600_000))).toBe(2)
    expect(await imports.get(id)).toMatchObject({ status: "canceled", error: "Postgres went away" })
    expect((await staging.span(id)).lines).toBe(0)
    expect((await imports.open(source)).id).not.toBe(id)
  })

  it("lets only one import of a content be under way", async () => {
    const { imports } = database.stores
    await stage([line(1)])
    const upload = await imports.open({ ...source, sourceHash: "upload:1" })
    await expect(imports.update(upload.id, { sourceHash: "hash" })).rejects.toMatchObject({ code: "conflict" })
    await expect(imports.get("abc")).rejects.toMatchObject({ code: "not_found" })
  })

  it("lets a file be sent again after its import failed: the failed one is given up with its lines", async () => {
    const { imports, staging } = database.stores
    const failed = await stage([line(1), line(2)])
    await staging.saveNames(failed, "sku", [found("UNKNOWN")])
    expect(await staging.unknownNames(failed, "sku")).toEqual(["UNKNOWN"])
    await imports.finish(failed, { status: "failed", error: "Temporal did not answer" })
    const upload = await stage([line(1)], { sourceHash: "upload:1" })
    expect(await imports.update(upload, { sourceHash: "hash", status: "inserting" })).toMatchObject({ sourceHash: "hash", status: "inserting" })
    expect(await imports.get(failed)).toMatchObject({ status: "canceled", error: "Temporal did not answer" })
    expect((await staging.span(failed)).lines).toBe(0)
    expect(await staging.unknownNames(failed, "sku")).toEqual([])
    expect((await staging.span(upload)).lines).toBe(1)
  })

  it("changes nothing of an import that somebody ended, and nothing else with it", async () => {
    const { imports, staging } = database.stores
    const failed = await stage([line(1)])
    await imports.finish(failed, { status: "failed", error: "Temporal did not answer" })
    const upload = await stage([line(1)], { sourceHash: "upload:1" })
    await imports.finish(upload, { status: "canceled" })
    await expect(imports.update(upload, { sourceHash: "hash", status: "inserting" })).rejects.toMatchObject({ code: "canceled" })
    expect(await imports.get(upload)).toMatchObject({ status: "canceled", sourceHash: "upload:1" })
    expect(await imports.get(failed)).toMatchObject({ status: "failed" })
    expect((await staging.span(failed)).lines).toBe(1)
  })

  it("cancels an import that failed, which keeps its error", async () => {
    const { imports } = database.stores
    const id = await stage([line(1)])
    await imports.finish(id, { status: "failed", error: "Temporal did not answer" })
    expect(await imports.finish(id, { status: "canceled" })).toMatchObject({ status: "canceled", error: "Temporal did not answer" })
    expect((await imports.open(source)).id).not.toBe(id)
  })

  it("lets a workflow end what is being inserted, and not the file that is staged again since", async () => {
    const { imports } = database.stores
    const id = await stage([line(1)])
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

describe("StagingStore.preparePartitions()", () => {
  it("makes the months that occur, moved, and none between them", async () => {
    const before = await monthsKept(database.dataSource)
    const id = await stage([line(1, { day: "1930-12-28" }), line(2, { day: "1971-05-02" }), line(3, { day: "1971-05-03" })])
    await database.stores.staging.preparePartitions(id, 1)
    expect((await monthsKept(database.dataSource)).filter((month) => !before.includes(month))).toEqual(["1931-01", "1971-05"])
  })
})

describe("StagingStore.insertPage()", () => {
  it("places names, keeps what is unknown, and says what does not count", async () => {
    const { imports, events: eventStore, exclusions, staging } = database.stores
    const id = await stage([
      line(1, { customerRef: "ann@example.com", location: "Berlin", salesChannel: "Shop", quantity: 6 }),
      line(2, { customerRef: "Bob@Example.com ", sku: "UNKNOWN", location: "Atlantis" }),
      line(3, { exclusion: "test_order", exclusionDetail: "TEST001" }),
      line(4, { kind: "view_item", sku: null, productHandle: "shirt", visitorId: "v", sessionId: "s", orderId: null, quantity: null, unitPrice: null }),
      line(5, { sku: "shirt", productHandle: "shirt", orderId: "s" }),
    ])
    expect((await staging.unresolvedNames(id, "sku", 10)).sort()).toEqual(["A", "UNKNOWN", "shirt"])
    expect(await insertAll(id)).toEqual({ inserted: 5, duplicates: 0, excluded: 2 })
    expect(await staging.unresolvedNames(id, "location", 10)).toEqual([])
    expect(await staging.unknownNames(id, "location")).toEqual(["Atlantis"])
    expect(await eventStore.ofOrder("order 1")).toMatchObject([
      { source: `import:${id}`, customerId: "cus_ann", visitorId: null, variantId: "variant_a", productId: "prod_a", locationId: "sloc_b", salesChannelId: "sc_s", quantity: 6, unitPrice: 2.55 },
    ])
    const [unknown] = await eventStore.ofOrder("order 2")
    // printf bob@example.com | sha256sum: however a file spells an email, it is one person
    const pseudonym = "ref:5ff860bf1190596c7188ab851db691f0f3169c453936e9e1eba2f9a47f7a0018"
    expect(unknown).toMatchObject({ customerId: null, visitorId: pseudonym, variantId: null, sku: "UNKNOWN", locationId: "sloc_default", salesChannelId: null })
    expect(await eventStore.recentOfSession("s", 5)).toMatchObject([{ productId: "prod_s", visitorId: "v", name: "view_item" }])
    // a clickstream names products by whatever it has: the product's only variant was bought
    expect(await eventStore.ofOrder("s")).toMatchObject([{ variantId: "variant_s", productId: "prod_s" }])
    expect(await exclusions.counts()).toEqual({ test_order: 1, unknown_sku: 1 })
    expect(await imports.get(id)).toMatchObject({ linesKept: 5, linesDuplicate: 0, excluded: { test_order: 1, unknown_sku: 1 }, donePages: [0] })
  })

  it("moves lines by whole weeks on the shop's clock, over a change of the clocks too", async () => {
    // Sunday 21 March 2010 23:30 in London (UTC) + 1 week = Sunday 28 March 23:30 (UTC+1)
    const id = await stage([line(1, { occurredAt: new Date("2010-03-21T23:30:00Z"), day: "2010-03-21" })])
    await insertAll(id, 1)
    expect(await database.stores.events.ofOrder("order 1")).toMatchObject([{ day: "2010-03-28", occurredAt: new Date("2010-03-28T22:30:00Z") }])
  })

  it("inserts pages side by side and in any order, each once", async () => {
    const { imports, staging } = database.stores
    const lines = Array.from({ length: 25 }, (_, index) => line(index * 10_000 + 1, { exclusion: index % 5 === 0 ? "non_product" : null })) // pages 0 to 4
    const id = await stage(lines)
    await imports.update(id, { status: "inserting" })
    await staging.preparePartitions(id, 0)
    await Promise.all([3, 1, 1, 0].map((page) => staging.insertPage(id, page, shop)))
    // the worker died here; the next one does them all
    await imports.finish(id, { status: "failed", error: "Postgres went away" })
    const again = await imports.open(source)
    expect(again).toMatchObject({ id, status: "inserting", error: null, finishedAt: null })
    expect([...again.donePages].sort()).toEqual([0, 1, 3])
    for (const page of [0, 1, 2, 3, 4]) await staging.insertPage(id, page, shop)
    expect(await events()).toHaveLength(25)
    const ended = await imports.finish(id, { status: "done" })
    expect(ended).toMatchObject({ status: "done", linesKept: 25, linesDuplicate: 0, excluded: { non_product: 5 }, finishedAt: expect.any(Date) as Date })
    expect(await staging.clear(id)).toBe(25)
    expect(await imports.finish(id, { status: "canceled" })).toMatchObject({ status: "done" }) // what has ended stays
  })

  it("counts the lines of a longer re-export that are known as duplicates, and learns of sales that were voided since", async () => {
    const { imports, exclusions, staging } = database.stores
    const first = await stage([line(1), line(2)])
    await insertAll(first)
    await imports.finish(first, { status: "done" })
    const second = await stage([line(1), line(2), line(3)])
    expect(second).not.toBe(first)
    expect(await staging.exclude(second, [{ line: 2, exclusion: "voided_by_cancellation" }])).toBe(1)
    await insertAll(second)
    expect(await imports.get(second)).toMatchObject({ linesKept: 1, linesDuplicate: 2, excluded: { voided_by_cancellation: 1 } })
    expect((await events()).map(({ id }) => id)).toEqual(["key 1", "key 2", "key 3"])
    expect(await exclusions.counts()).toEqual({ voided_by_cancellation: 1 })
    expect(await imports.list({ limit: 1, offset: 0 })).toMatchObject({ imports: [{ id: second }], count: 2 })
    expect((await imports.ofContent("hash")).map(({ id }) => id)).toEqual([second, first])
  })

  it("refuses to insert while lines are still being staged", async () => {
    const id = await stage([line(1)])
    await expect(database.stores.staging.insertPage(id, 0, shop)).rejects.toMatchObject({ code: "conflict", message: `import ${id} is staging; expected inserting` })
  })
})

describe("StagingStore.cancellationRows()", () => {
  const rowsOf = async (id: string, weeks = 0) => {
    const found = []
    for await (const page of database.stores.staging.cancellationRows(id, { weeks, timeZone: "Europe/London" })) found.push(...page)
    return found
  }
  const at = (minute: number) => new Date(Date.UTC(2010, 11, 1, 9, minute))

  it("gives the groups that hold a cancellation, oldest first, a sale before a cancellation of the same moment", async () => {
    const id = await stage([
      line(1, { customerRef: "ann@example.com", kind: "refund", quantity: 2, occurredAt: at(5) }),
      line(2, { customerRef: "ann@example.com", quantity: 2, occurredAt: at(5) }),
      line(3, { customerRef: "ann@example.com", quantity: 2, occurredAt: at(1) }),
      line(4, { customerRef: "bob@example.com", quantity: 2, occurredAt: at(1) }), // nothing of bob's was canceled
      line(5, { customerRef: null, kind: "refund", quantity: 2, occurredAt: at(1) }),
      line(6, { customerRef: "ann@example.com", quantity: 2, exclusion: "test_order" }),
    ])
    expect((await rowsOf(id)).map(({ line: number }) => number)).toEqual([3, 2, 1])
  })

  it("adds the sales that earlier imports stored, of known customers and of strangers, unless they do not count", async () => {
    const { imports, staging, exclusions } = database.stores
    const sold = (number: number, customerRef: string) => line(number, { customerRef, quantity: 2, occurredAt: at(number) })
    const first = await stage([sold(1, "ann@example.com"), sold(2, "bob@example.com"), sold(3, "ann@example.com")])
    await insertAll(first)
    await imports.finish(first, { status: "done" })
    await staging.clear(first)
    await exclusions.exclude([{ day: "2010-12-01", eventId: "key 3", reason: "test_order", detail: null, importId: null }])

    const canceled = (number: number, customerRef: string) => line(number, { customerRef, kind: "refund", quantity: 2, occurredAt: at(number) })
    const second = await stage([canceled(10, "ann@example.com"), canceled(11, "bob@example.com")], { sourceHash: "other" })
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
      line(1, { customerRef: "ann@example.com", quantity: 2, occurredAt: at(1) }),
      line(2, { customerRef: "ann@example.com", kind: "refund", quantity: 2, occurredAt: at(2) }),
    ]
    const earlier = await stage([line(7, { occurredAt: at(0) })], { sourceHash: "earlier" })
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
