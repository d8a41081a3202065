import { openTestDatabase, type TestDatabase } from "../../../../support/database"
import { shopEvent } from "../../../../support/shop-event"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() => database.dataSource.query("TRUNCATE foresight.event, foresight.demand_touched, foresight.demand_day, foresight.excluded_line"))

const range = { fromDay: "2026-01-01", toDay: "2026-12-31" }
const rebuild = () => database.stores.demand.rebuildTouched({ limit: 1000 })

describe("DemandStore.rebuildTouched()", () => {
  it("sums units, returns, orders and money per variant, location, channel, currency and day", async () => {
    await database.stores.events.insert([
      shopEvent({ eventId: "1", quantity: 2, unitPrice: 10 }),
      shopEvent({ eventId: "2", quantity: 1, unitPrice: 4 }), // the same order
      shopEvent({ eventId: "3", quantity: 3, unitPrice: null, orderId: "order_2" }),
      shopEvent({ eventId: "4", name: "refund", quantity: 1 }),
      shopEvent({ eventId: "5", currencyCode: "usd", quantity: 0.5, unitPrice: 20 }),
      shopEvent({ eventId: "6", locationId: null, salesChannelId: null, currencyCode: null, unitPrice: null }),
      shopEvent({ eventId: "7", variantId: null }),
      shopEvent({ eventId: "8", name: "view_item" }),
    ])
    expect(await rebuild()).toEqual({ days: 1, left: 0 })
    const found = await database.dataSource.query<Record<string, unknown>[]>(
      `SELECT location_id, sales_channel_id, currency_code, day::text, units, returned_units, orders, revenue::float8, unit_price
        FROM foresight.demand_day ORDER BY currency_code`
    )
    const key = { location_id: "sloc_1", sales_channel_id: "sc_1", day: "2026-03-02" }
    expect(found).toEqual([
      { ...key, location_id: "", sales_channel_id: "", currency_code: "", units: 2, returned_units: 0, orders: 1, revenue: 0, unit_price: null },
      { ...key, currency_code: "eur", units: 6, returned_units: 1, orders: 2, revenue: 24, unit_price: 8 }, // 2·10 + 1·4 over 3 priced units
      { ...key, currency_code: "usd", units: 0.5, returned_units: 0, orders: 1, revenue: 10, unit_price: 20 },
    ])
  })

  it("takes what order edits undid out of what was bought, order by order, and leaves returns apart", async () => {
    const line = (orderId: string, own: Parameters<typeof shopEvent>[0] = {}) => shopEvent({ orderId, eventId: `${orderId}/ordli_1`, ...own })
    const undone = (orderId: string, own: Parameters<typeof shopEvent>[0] = {}) => line(orderId, { eventId: `${orderId}/ordli_1#1`, name: "refund", ...own })
    await database.stores.events.insert([
      // typed 100 by mistake, edited to 10; one of them came back
      line("order_1", { quantity: 100, unitPrice: 10 }),
      undone("order_1", { quantity: 90, unitPrice: 10 }),
      line("order_1", { eventId: "return_1/ordli_1#1", name: "refund", quantity: 1 }),
      line("order_2", { quantity: 5, unitPrice: 4 }),
      // removed: nothing is left, and what is too much touches no other order
      line("order_3", { quantity: 2 }),
      undone("order_3", { quantity: 3 }),
      // "_" is a letter here, not a pattern: an import's refund
      line("order_4", { eventId: "orderX4/ordli_1", name: "refund", quantity: 2 }),
      // the only order of its day was removed
      line("order_5", { day: "2026-03-03" }),
      undone("order_5", { day: "2026-03-03", quantity: 2 }),
    ])
    expect(await rebuild()).toEqual({ days: 2, left: 0 })
    const found = await database.dataSource.query<Record<string, unknown>[]>("SELECT day::text, units, returned_units, orders, revenue::float8, unit_price FROM foresight.demand_day")
    // 10 · 10 + 5 · 4 = 120 for 15 units
    expect(found).toEqual([{ day: "2026-03-02", units: 15, returned_units: 3, orders: 2, revenue: 120, unit_price: 8 }])
  })

  it("follows exclusions and their restoring, and drops days that hold nothing any more", async () => {
    const { events, exclusions, demand } = database.stores
    await events.insert([shopEvent(), shopEvent({ eventId: "2", day: "2026-03-03", orderId: "order_2", quantity: 5 })])
    await rebuild()
    const canceled = { day: "2026-03-02", eventId: "order_1:line_1", reason: "canceled_order" as const, detail: null, importId: null }
    expect(await exclusions.exclude([canceled])).toBe(1)
    expect(await exclusions.exclude([{ ...canceled, detail: "again" }])).toBe(0)
    expect(await exclusions.counts()).toEqual({ canceled_order: 1 })
    expect(await demand.daysTouched()).toBe(1)
    await rebuild()
    expect(await demand.rowsForPanel(range)).toMatchObject([{ day: "2026-03-03", units: 5 }])
    expect(await exclusions.restore([{ day: "2026-03-02", eventId: "order_1:line_1" }], "user_1")).toEqual({ changed: 1, days: 1 })
    expect(await exclusions.counts()).toEqual({})
    await rebuild()
    expect(await demand.rowsForPanel(range)).toMatchObject([{ day: "2026-03-02" }, { day: "2026-03-03" }])
  })

  it("writes only the rows of a day that differ: added, changed, gone", async () => {
    const { events, exclusions, demand } = database.stores
    const order = (number: number) => shopEvent({ eventId: `${number}`, orderId: `order_${number}`, variantId: `variant_${number}`, quantity: number })
    const placed = () =>
      database.dataSource.query<Record<string, unknown>[]>("SELECT variant_id, units, ctid::text AS place, xmin::text AS written FROM foresight.demand_day ORDER BY variant_id")
    await events.insert([order(1), order(2), order(3)])
    await rebuild()
    const before = await placed()
    await events.insert([order(4), { ...order(2), eventId: "2 more", quantity: 5 }])
    await exclusions.exclude([{ day: order(3).day, eventId: "3", reason: "canceled_order", detail: null, importId: null }])
    expect(await rebuild()).toEqual({ days: 1, left: 0 })
    const after = await placed()
    expect(after.map(({ variant_id, units }) => [variant_id, units])).toEqual([
      ["variant_1", 1],
      ["variant_2", 7], // 2 + 5
      ["variant_4", 4],
    ])
    expect(after[0]).toEqual(before[0]) // where it was, as it was
    expect(await demand.rowsForPanel(range)).toHaveLength(3)
  })

  it("takes the oldest days first, as many as asked, and tells how far it is", async () => {
    const days = ["2026-03-05", "2026-03-01", "2026-03-03"]
    await database.stores.events.insert(days.map((day) => shopEvent({ eventId: day, day })))
    const seen: [number, number][] = []
    expect(await database.stores.demand.rebuildTouched({ limit: 2, onProgress: (...progress) => seen.push(progress) })).toEqual({ days: 2, left: 1 })
    expect(seen).toEqual([[2, 2]])
    expect(await database.stores.demand.span()).toEqual({ firstDay: "2026-03-01", lastDay: "2026-03-03" })
    expect(await rebuild()).toEqual({ days: 1, left: 0 })
    expect(await rebuild()).toEqual({ days: 0, left: 0 })
  })

  it("does not forget an event that was being written while its day was recounted", async () => {
    const { events, demand } = database.stores
    await events.insert([shopEvent()])
    const writer = database.dataSource.createQueryRunner()
    await writer.startTransaction()
    await writer.query(
      `INSERT INTO foresight.event (day, event_id, name, occurred_at, source, variant_id, quantity)
        VALUES ('2026-03-02', 'slow', 'purchase', now(), 'medusa', 'variant_1', 7)`
    )
    await writer.query("INSERT INTO foresight.demand_touched (day) VALUES ('2026-03-02')")
    await rebuild()
    expect(await demand.rowsForPanel(range)).toMatchObject([{ units: 2 }])
    await writer.commitTransaction()
    await writer.release()
    await rebuild()
    expect((await demand.rowsForPanel(range)).map(({ units }) => units).sort()).toEqual([2, 7])
  })

  it("counts once when two processes recount at the same time, beside writers", async () => {
    const pools = await Promise.all([1, 2, 3].map(() => database.openAgain()))
    const batch = (part: number) =>
      Array.from({ length: 60 }, (_, index) => shopEvent({ eventId: `${part}-${index}`, orderId: `o${part}-${index}`, day: `2026-0${3 + (index % 2)}-${10 + (index % 20)}` }))
    await Promise.all(
      pools.map(async ({ stores }, part) => {
        for (let round = 0; round < 3; round += 1) {
          await stores.events.insert(batch(part * 10 + round))
          await stores.demand.rebuildTouched({ limit: 100 })
        }
      })
    )
    await rebuild()
    const panel = await database.stores.demand.rowsForPanel(range)
    // 9 batches of 60 purchases of 2 units over 20 days
    expect(panel.map(({ units }) => units)).toEqual(Array(20).fill(54))
  })
})

describe("DemandStore.rowsForPanel()", () => {
  it("adds channels and currencies up, prices in the currency sold most, and keeps to days and variants asked for", async () => {
    await database.stores.events.insert([
      shopEvent({ eventId: "1", quantity: 4, unitPrice: 10, salesChannelId: "sc_1" }),
      shopEvent({ eventId: "2", quantity: 4, unitPrice: 20, salesChannelId: "sc_2", orderId: "order_2" }),
      shopEvent({ eventId: "3", quantity: 1, unitPrice: 99, currencyCode: "usd", orderId: "order_3" }),
      shopEvent({ eventId: "4", day: "2026-03-03", quantity: 1, unitPrice: 99, currencyCode: "usd" }),
      shopEvent({ eventId: "5", day: "2026-05-01" }),
      shopEvent({ eventId: "6", variantId: "variant_2" }),
    ])
    await rebuild()
    const asked = { fromDay: "2026-03-01", toDay: "2026-03-31", variantIds: ["variant_1"] }
    expect(await database.stores.demand.rowsForPanel(asked)).toEqual([
      { variantId: "variant_1", locationId: "sloc_1", day: "2026-03-02", units: 9, returnedUnits: 0, orders: 3, unitPrice: 15 },
      { variantId: "variant_1", locationId: "sloc_1", day: "2026-03-03", units: 1, returnedUnits: 0, orders: 1, unitPrice: null },
    ])
    expect(await database.stores.demand.rowsForPanel({ ...asked, variantIds: undefined })).toHaveLength(3)
  })
})
