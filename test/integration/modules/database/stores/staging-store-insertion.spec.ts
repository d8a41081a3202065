import { monthsKept } from "../../../../../src/database/partitions"
import { found, importDatabase, shop, source, stagedLine } from "../../../../support/import-database"
import { shopEvent } from "../../../../support/shop-event"

const { database, events, insertAll, stage } = importDatabase()

describe("StagingStore.months()", () => {
  it("tells those that occur, moved, where their lines stand, and which are missing; none between them is made", async () => {
    const { staging } = database.stores
    const before = await monthsKept(database.dataSource)
    const id = await stage([stagedLine(1, { day: "1930-12-28" }), stagedLine(2, { day: "1971-05-02" }), stagedLine(5, { day: "1971-05-03" })])
    const months = await staging.months(id, 1)
    expect(months).toEqual([
      { month: "1931-01", lines: 1, firstLine: 1, lastLine: 1, isMissing: true },
      { month: "1971-05", lines: 2, firstLine: 2, lastLine: 5, isMissing: true },
    ])
    await staging.preparePartitions(months.map(({ month }) => month))
    expect((await monthsKept(database.dataSource)).filter((month) => !before.includes(month))).toEqual(["1931-01", "1971-05"])
    expect((await staging.months(id, 1)).map(({ isMissing }) => isMissing)).toEqual([false, false])
  })
})

describe("StagingStore.fillMonth()", () => {
  const months = async (id: string, weeks = 0) => new Map((await database.stores.staging.months(id, weeks)).map((month) => [month.month, month]))
  const inYear = (year: number) => (at: number, own: Parameters<typeof stagedLine>[1] = {}) => stagedLine(at, { day: `${year}-0${1 + (at % 2)}-15`, occurredAt: new Date(`${year}-0${1 + (at % 2)}-15T12:00:00Z`), ...own })
  const begin = async (id: string, weeks: number | null = null) => {
    await database.stores.imports.update(id, { status: "inserting", ...(weeks !== null && { shiftWeeks: weeks }) })
    await database.stores.staging.saveNames(id, "sku", [found("A", "variant_a", "prod_a")])
  }

  it("ends in the rows that pages end in, indices and report alike", async () => {
    const { imports, staging } = database.stores
    const lines = (line: ReturnType<typeof inYear>) => [line(1), line(2, { sku: "UNKNOWN" }), line(3, { exclusion: "test_order", exclusionDetail: "TEST" }), line(4, { customerRef: "ann@example.com" }), line(5, { kind: "refund" })]
    const end = async (year: number, fill: boolean) => {
      const id = await stage(lines(inYear(year)), { sourceHash: `${year}` })
      await begin(id)
      const found = await months(id)
      if (fill) for (const month of found.values()) expect(await staging.fillMonth(id, month, shop)).toBe(true)
      else await staging.preparePartitions([...found.keys()])
      await staging.insertPage(id, 0, shop)
      const events = await database.dataSource.query<object[]>("SELECT *, NULL AS received_at FROM foresight.event WHERE source = $1 ORDER BY event_id", [`import:${id}`])
      const excluded = await database.dataSource.query<object[]>("SELECT day::text, event_id, reason, detail FROM foresight.excluded_line WHERE import_id = $1 ORDER BY 2", [id])
      const touched = await database.dataSource.query<object[]>("SELECT day::text FROM foresight.demand_touched WHERE extract(year FROM day) = $1 ORDER BY 1", [year])
      const indices = await database.dataSource.query<object[]>(
        "SELECT replace(indexdef, $1, '') AS index FROM pg_indexes WHERE schemaname = 'foresight' AND tablename = $1 || '_01' AND EXISTS (SELECT FROM pg_inherits WHERE inhrelid = ('foresight.' || indexname)::regclass) ORDER BY 1",
        [`event_${year}`]
      )
      const { linesKept, linesDuplicate, excluded: counts } = await imports.get(id)
      return JSON.parse(JSON.stringify({ events, excluded, touched, indices, linesKept, linesDuplicate, counts }).replaceAll(id, "id").replaceAll(`${year}`, "year")) as { events: unknown[]; indices: unknown[] }
    }
    const byPages = await end(1981, false)
    expect(byPages.events).toHaveLength(5)
    expect(byPages.indices.length).toBeGreaterThan(5)
    expect(await end(1982, true)).toEqual(byPages)
  })

  it("moves lines into the month they come to, and leaves the others of the same pages to pages", async () => {
    const { imports, staging } = database.stores
    const id = await stage([stagedLine(1, { day: "1983-01-24" }), stagedLine(2, { day: "1983-01-25" }), stagedLine(3, { day: "1983-03-01", exclusion: "non_product" })])
    await begin(id, 1)
    const found = await months(id, 1)
    expect([...found.keys()]).toEqual(["1983-01", "1983-02", "1983-03"])
    expect(await staging.fillMonth(id, found.get("1983-02")!, shop)).toBe(true)
    expect(await imports.get(id)).toMatchObject({ linesKept: 1, filledMonths: ["1983-02"] })
    expect(await staging.fillMonth(id, found.get("1983-02")!, shop)).toBe(false) // once
    await staging.preparePartitions([...found.keys()])
    expect(await staging.insertPage(id, 0, shop)).toEqual({ inserted: 2, duplicates: 0, excluded: 1 })
    expect(await imports.get(id)).toMatchObject({ linesKept: 3, linesDuplicate: 0 })
    expect((await events()).map(({ day }) => day)).toEqual(["1983-01-31", "1983-02-01", "1983-03-08"])
  })

  it("leaves a month to pages that somebody else made meanwhile, or whose lines the file repeats: nothing is lost or doubled", async () => {
    const { imports, staging } = database.stores
    const id = await stage([stagedLine(1, { day: "1984-01-01" }), stagedLine(2, { day: "1984-02-01" }), stagedLine(3, { day: "1984-02-01", eventKey: "key 2" })])
    await begin(id)
    const found = await months(id)
    const [filled, made] = await Promise.all([staging.fillMonth(id, found.get("1984-01")!, shop), database.stores.events.ensurePartitions("1984-01-01", "1984-01-31")])
    expect(filled).toBe(made.length === 0)
    expect(await staging.fillMonth(id, found.get("1984-02")!, shop)).toBe(false)
    await staging.insertPage(id, 0, shop)
    expect((await events()).map(({ id: key }) => key)).toEqual(["key 1", "key 2"])
    expect(await imports.get(id)).toMatchObject({ linesKept: 2, linesDuplicate: 1 })
  })

  it("fills months side by side, beside orders that need the same ones", async () => {
    const { imports, staging, events: eventStore } = database.stores
    const lines = Array.from({ length: 60 }, (_, at) => stagedLine(at + 1, { day: `1985-${String(1 + Math.floor(at / 5)).padStart(2, "0")}-03` }))
    const id = await stage(lines)
    await begin(id)
    const found = [...(await months(id)).values()]
    expect(found).toHaveLength(12)
    const orders = found.map(({ month }) => shopEvent({ eventId: `order of ${month}`, day: `${month}-04` }))
    await Promise.all([...found.map((month) => staging.fillMonth(id, month, shop)), ...orders.reverse().map((order) => eventStore.insert([order]))])
    await staging.insertPage(id, 0, shop)
    expect(await events()).toHaveLength(72)
    expect(await imports.get(id)).toMatchObject({ linesKept: 60, linesDuplicate: 0 })
  })
})

describe("StagingStore.insertPage()", () => {
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
    await staging.preparePartitions(["2010-12"])
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
