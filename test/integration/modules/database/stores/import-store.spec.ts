import type { ResolvedReferences, StagedLine } from "../../../../../src/database/stores/import-store"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() =>
  database.dataSource.query("TRUNCATE foresight.event, foresight.demand_touched, foresight.excluded_line, foresight.import_report, foresight.import_staging")
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
  status: null,
  description: null,
  visitorId: null,
  sessionId: null,
  searchTerm: null,
  productHandle: null,
  exclusion: null,
  exclusionDetail: null,
  ...overrides,
})
const references: ResolvedReferences = {
  skus: [{ sku: "A", variantId: "variant_a", productId: "prod_a" }],
  productHandles: [{ handle: "shirt", productId: "prod_s" }],
  customers: [{ ref: "ann@example.com", customerId: "cus_ann" }],
  locations: [{ name: "Berlin", locationId: "sloc_b" }],
  salesChannels: [{ name: "Shop", salesChannelId: "sc_s" }],
  defaultLocationId: "sloc_default",
  defaultSalesChannelId: null,
}
const source = { fileName: "orders.csv", sourceHash: "hash", format: "orders" }

const stage = async (lines: StagedLine[], fromLine = 0) => {
  const report = await database.stores.imports.open(source)
  const writer = await database.stores.imports.openStaging(report.id, fromLine)
  await writer.write(lines)
  await writer.close()
  return report.id
}
/** Inserts page by page, as the activity does. */
const insertAll = async (id: string, limit: number, afterLine = 0) => {
  for (let after = afterLine; ; ) {
    const { lastLine } = await database.stores.imports.insertFromStaging(id, { afterLine: after, limit, references })
    if (lastLine === null) return
    after = lastLine
  }
}
const eventKeys = async () => (await database.dataSource.query<{ id: string }[]>("SELECT event_id AS id FROM foresight.event ORDER BY 1")).map(({ id }) => id)

describe("ImportStore staging", () => {
  it("brings lines through COPY and back unchanged, whatever they hold", async () => {
    const odd = line(2, {
      description: 'tab\t newline\n return\r back\\slash \\N "quotes" \\. 鞋',
      customerRef: "",
      quantity: -3.25,
      unitPrice: 1e-7,
      searchTerm: "a\0b",
      exclusion: "cancellation",
      exclusionDetail: "C536379",
    })
    const id = await stage([line(1), odd])
    expect(await database.stores.imports.stagedPage(id, { afterLine: 0, limit: 10 })).toEqual([line(1), { ...odd, searchTerm: "a\ufffdb" }])
    expect(await database.stores.imports.stagedSpan(id)).toEqual({ lines: 2, firstDay: "2010-12-01", lastDay: "2010-12-01" })
  })

  it("takes many lines without filling memory or losing one", async () => {
    const report = await database.stores.imports.open(source)
    const writer = await database.stores.imports.openStaging(report.id)
    for (let chunk = 0; chunk < 20; chunk += 1) {
      await writer.write(Array.from({ length: 1000 }, (_, index) => line(chunk * 1000 + index + 1, { description: "x".repeat(300) })))
    }
    await writer.close()
    expect((await database.stores.imports.stagedSpan(report.id)).lines).toBe(20_000)
  })

  it("forgets an aborted part and goes on from the line that was safe", async () => {
    const { imports } = database.stores
    const id = await stage([line(1), line(2)])
    await imports.update(id, { linesRead: 2, resumeLine: 2 })
    const torn = await imports.openStaging(id, 2)
    await torn.write([line(3)])
    await torn.abort()
    expect((await imports.stagedSpan(id)).lines).toBe(2)
    const again = await imports.open(source)
    expect(again).toMatchObject({ id, status: "staging", resumeLine: 2, linesRead: 2 })
    await stage([line(3), line(4)], again.resumeLine)
    await stage([line(3)], 2) // line 3 and 4 were written but not reported: they are replaced
    expect((await imports.stagedPage(id, { afterLine: 0, limit: 9 })).map((one) => one.line)).toEqual([1, 2, 3])
  })

  it("stages afresh where the same file comes in another format and nothing was kept of it", async () => {
    const { imports } = database.stores
    const id = await stage([line(1), line(2)])
    await imports.update(id, { resumeLine: 2 })
    expect(await imports.open(source)).toMatchObject({ id, resumeLine: 2 })
    expect(await imports.open({ ...source, format: "orders, 3 weeks later" })).toMatchObject({ id, resumeLine: 0, format: "orders, 3 weeks later" })
  })

  it("gives up an import that failed long ago, so that the next try begins a new one", async () => {
    const { imports } = database.stores
    const id = await stage([line(1), line(2)])
    await imports.finish(id, { status: "failed", error: "Postgres went away" })
    expect(await imports.forgetFailedBefore(new Date(Date.now() - 60_000))).toBe(0)
    expect(await imports.forgetFailedBefore(new Date(Date.now() + 60_000))).toBe(2)
    expect(await imports.get(id)).toMatchObject({ status: "canceled", error: "Postgres went away" })
    expect((await imports.stagedSpan(id)).lines).toBe(0)
    expect((await imports.open(source)).id).not.toBe(id)
  })

  it("tells what Postgres refused and leaves the connection usable", async () => {
    const { imports } = database.stores
    const report = await imports.open(source)
    const writer = await imports.openStaging(report.id)
    await writer.write([line(1), line(1)])
    await expect(writer.close()).rejects.toThrow("import_staging_pkey")
    const aborted = await imports.openStaging(report.id)
    await aborted.write([line(1)])
    await aborted.close()
    expect((await imports.stagedSpan(report.id)).lines).toBe(1)
  })
})

describe("ImportStore.insertFromStaging()", () => {
  it("looks names up, keeps what is unknown, and says what does not count", async () => {
    const { imports, events, exclusions } = database.stores
    const id = await stage([
      line(1, { customerRef: "ann@example.com", location: "Berlin", salesChannel: "Shop", quantity: 6 }),
      line(2, { customerRef: "bob@example.com", sku: "UNKNOWN", location: "Atlantis" }),
      line(3, { exclusion: "test_order", exclusionDetail: "TEST001" }),
      line(4, { kind: "view_item", sku: null, productHandle: "shirt", visitorId: "v", sessionId: "s", orderId: null, quantity: null, unitPrice: null }),
    ])
    await imports.update(id, { status: "inserting" })
    expect(await imports.stagedReferences(id, { afterLine: 0, limit: 10 })).toEqual({
      skus: ["A", "UNKNOWN"],
      productHandles: ["shirt"],
      customerRefs: ["ann@example.com", "bob@example.com"],
      locations: ["Atlantis", "Berlin"],
      salesChannels: ["Shop"],
    })
    expect(await imports.insertFromStaging(id, { afterLine: 0, limit: 10, references })).toEqual({ lastLine: 4, inserted: 4, duplicates: 0, excluded: 2 })
    expect(await events.ofOrder("order 1")).toMatchObject([
      { source: `import:${id}`, customerId: "cus_ann", visitorId: null, variantId: "variant_a", productId: "prod_a" },
    ])
    expect(await events.ofOrder("order 1")).toMatchObject([
      { locationId: "sloc_b", salesChannelId: "sc_s", quantity: 6, unitPrice: 2.55, currencyCode: "gbp", occurredAt: new Date("2010-12-01T08:26:00Z") },
    ])
    const [unknown] = await events.ofOrder("order 2")
    expect(unknown).toMatchObject({ customerId: null, variantId: null, sku: "UNKNOWN", locationId: "sloc_default", salesChannelId: null })
    // printf bob@example.com | sha256sum
    expect(unknown?.visitorId).toBe("ref:5ff860bf1190596c7188ab851db691f0f3169c453936e9e1eba2f9a47f7a0018")
    expect(await events.recentOfSession("s", 5)).toMatchObject([{ productId: "prod_s", visitorId: "v", name: "view_item" }])
    expect(await exclusions.counts()).toEqual({ test_order: 1, unknown_sku: 1 })
    expect(await imports.get(id)).toMatchObject({ linesKept: 4, linesDuplicate: 0, excluded: { test_order: 1, unknown_sku: 1 }, resumeLine: 4 })
  })

  it("goes on after a crash at any page and doubles nothing", async () => {
    const { imports } = database.stores
    const lines = Array.from({ length: 25 }, (_, index) => line(index + 1, { exclusion: index % 5 === 0 ? "non_product" : null }))
    const id = await stage(lines)
    await imports.update(id, { status: "inserting" })
    const page = { afterLine: 0, limit: 10, references }
    const first = await imports.insertFromStaging(id, page)
    expect(first).toEqual({ lastLine: 10, inserted: 10, duplicates: 0, excluded: 2 })
    // the activity died before it could say so: the same page again
    expect(await imports.insertFromStaging(id, page)).toEqual({ lastLine: 10, inserted: 0, duplicates: 0, excluded: 0 })
    await imports.finish(id, { status: "failed", error: "Postgres went away" })
    const again = await imports.open(source)
    expect(again).toMatchObject({ id, status: "inserting", resumeLine: 10, error: null, finishedAt: null })
    await insertAll(id, 10, again.resumeLine)
    expect(await eventKeys()).toHaveLength(25)
    const ended = await imports.finish(id, { status: "done" })
    expect(ended).toMatchObject({ status: "done", linesKept: 25, linesDuplicate: 0, excluded: { non_product: 5 }, finishedAt: expect.any(Date) as Date })
    expect((await imports.stagedSpan(id)).lines).toBe(0)
  })

  it("counts the lines of a longer re-export that are known as duplicates, and learns of sales that were voided since", async () => {
    const { imports, exclusions } = database.stores
    const first = await stage([line(1), line(2)])
    await imports.update(first, { status: "inserting" })
    await insertAll(first, 100)
    await imports.finish(first, { status: "done" })
    const second = await stage([line(1), line(2), line(3)])
    expect(second).not.toBe(first)
    expect(await imports.excludeStaged(second, [{ line: 2, exclusion: "voided_by_cancellation", detail: "C1" }])).toBe(1)
    await imports.update(second, { status: "inserting" })
    await insertAll(second, 100)
    expect(await imports.get(second)).toMatchObject({ linesKept: 1, linesDuplicate: 2, excluded: { voided_by_cancellation: 1 } })
    expect(await eventKeys()).toEqual(["key 1", "key 2", "key 3"])
    expect(await exclusions.counts()).toEqual({ voided_by_cancellation: 1 })
    expect(await imports.list({ limit: 1, offset: 0 })).toMatchObject({ imports: [{ id: second }], count: 2 })
  })

  it("refuses to insert while lines are still being staged, and names an import that does not exist", async () => {
    const id = await stage([line(1)])
    const page = { afterLine: 0, limit: 10, references }
    const message = `import ${id} is staging; expected inserting`
    await expect(database.stores.imports.insertFromStaging(id, page)).rejects.toMatchObject({ code: "conflict", message })
    await expect(database.stores.imports.get("abc")).rejects.toMatchObject({ code: "not_found" })
  })
})
