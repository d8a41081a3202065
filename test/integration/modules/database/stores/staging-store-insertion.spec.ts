import { monthsKept } from "../../../../../src/database/partitions"
import { importDatabase, shop, source, stagedLine } from "../../../../support/import-database"

const { database, events, insertAll, stage } = importDatabase()

describe("StagingStore.kindsNamed()", () => {
  it("says which names the file has at all", async () => {
    const { staging } = database.stores
    expect(await staging.kindsNamed(await stage([stagedLine(1, { sku: null, customerRef: null, productHandle: null })]))).toEqual([])
    const id = await stage([stagedLine(1, { customerRef: null, location: "Berlin" }), stagedLine(2, { sku: null, customerRef: "ann@example.com" })], { sourceHash: "another" })
    expect(await staging.kindsNamed(id)).toEqual(["sku", "customer", "location"])
  })
})

describe("StagingStore.insertPage()", () => {
  it("makes the months that occur, moved, and none between them", async () => {
    const before = await monthsKept(database.dataSource)
    const occurring = (day: string) => ({ day, occurredAt: new Date(`${day}T12:00:00Z`) })
    await insertAll(await stage([stagedLine(1, occurring("1930-12-28")), stagedLine(2, occurring("1971-05-02")), stagedLine(3, occurring("1971-05-03"))]), 1)
    expect((await monthsKept(database.dataSource)).filter((month) => !before.includes(month))).toEqual(["1931-01", "1971-05"])
  })

  it("places names, keeps what is unknown, and says what does not count", async () => {
    const { imports, events: eventStore, exclusions, staging } = database.stores
    const id = await stage([
      stagedLine(1, { customerRef: "ann@example.com", location: "Berlin", salesChannel: "Shop", quantity: 6 }),
      stagedLine(2, { customerRef: "Bob@Example.com ", sku: "UNKNOWN", location: "Atlantis" }),
      stagedLine(3, { exclusion: "test_order", exclusionDetail: "TEST001" }),
      stagedLine(4, { kind: "view_item", sku: null, productHandle: "shirt", visitorId: "v", sessionId: "s", orderId: null, quantity: null, unitPrice: null }),
      stagedLine(5, { sku: "shirt", productHandle: "shirt", orderId: "s" }),
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
    const id = await stage([stagedLine(1, { occurredAt: new Date("2010-03-21T23:30:00Z"), day: "2010-03-21" })])
    await insertAll(id, 1)
    expect(await database.stores.events.ofOrder("order 1")).toMatchObject([{ day: "2010-03-28", occurredAt: new Date("2010-03-28T22:30:00Z") }])
  })

  it("inserts pages side by side and in any order, each once", async () => {
    const { imports, staging } = database.stores
    const lines = Array.from({ length: 25 }, (_, index) => stagedLine(index * 10_000 + 1, { exclusion: index % 5 === 0 ? "non_product" : null })) // pages 0 to 4
    const id = await stage(lines)
    await imports.update(id, { status: "inserting" })
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
    const first = await stage([stagedLine(1), stagedLine(2)])
    await insertAll(first)
    await imports.finish(first, { status: "done" })
    const second = await stage([stagedLine(1), stagedLine(2), stagedLine(3)])
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
    const id = await stage([stagedLine(1)])
    await expect(database.stores.staging.insertPage(id, 0, shop)).rejects.toMatchObject({ code: "conflict", message: `import ${id} is staging; expected inserting` })
  })
})
