import { recordOrders } from "../../../../../src/shop/record-order"
import { orderEvents } from "../../../../../src/shop/order-events"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"
import { eventually } from "../../../../support/eventually"
import { deliveries, orderHistory, type OrderState } from "../../../../support/order-history"
import { order, orderLine, returned } from "../../../../support/shop-builders"
import { shopEvent } from "../../../../support/shop-event"
import fc from "../../../../support/properties"

const timeZone = "Europe/Berlin"
const nothing = { added: 0, changed: 0, removed: 0, moved: [] }
let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const record = (states: readonly OrderState[], stores = database.stores) =>
  recordOrders({ orders: stores.orders, timeZone }, states.map((state) => state.order), states.flatMap(({ returns }) => returns))
const touched = async () => {
  const days = await database.dataSource.query<{ day: string }[]>("WITH taken AS (DELETE FROM foresight.demand_touched RETURNING day) SELECT day::text AS day FROM taken")
  return [...new Set(days.map(({ day }) => day))].sort()
}
const rowsOf = (orderId: string) =>
  database.dataSource.query<Record<string, unknown>[]>(
    `SELECT to_jsonb(e) - 'received_at' - 'order_id' AS event, x.reason FROM foresight.event e LEFT JOIN foresight.excluded_line x USING (day, event_id)
      WHERE e.order_id = $1 ORDER BY e.event_id, e.day`,
    [orderId]
  )

/** Resolves once a statement of this database waits for another one's row. */
const waitsForALock = async () => {
  const waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
  await eventually(async () => (await database.dataSource.query<unknown[]>(waiting)).length > 0, 30_000) // within the lock's own patience
}

describe("OrderStore", () => {
  it("adds what is missing, changes what differs, removes what the shop has no more, and notes the days", async () => {
    const id = "order_a"
    const lines = [orderLine({ lineItemId: "a1" }), orderLine({ lineItemId: "a2", quantity: 1 })]
    expect(await record([{ order: order({ id, lines }), returns: [] }])).toEqual({ ...nothing, added: 2 })
    expect(await touched()).toEqual(["2026-03-02"])
    expect(await record([{ order: order({ id, lines }), returns: [] }])).toEqual(nothing)
    expect(await touched()).toEqual([])
    const edited = order({ id, lines: [orderLine({ lineItemId: "a1", quantity: 5, unitPrice: 9 })] })
    expect(await record([{ order: edited, returns: [returned({ id: "return_a", orderId: id, lines: [{ lineItemId: "a1", receivedQuantity: 1 }] })] }])).toEqual({ ...nothing, added: 1, changed: 1, removed: 1 })
    expect(await touched()).toEqual(["2026-03-02", "2026-03-10"])
    const stored = await database.stores.events.ofOrder(id)
    expect(stored.map(({ eventId, name, quantity, unitPrice, regionId }) => [eventId, name, quantity, unitPrice, regionId])).toEqual([
      ["order_a/a1", "purchase", 5, 9, "reg_1"],
      ["return_a/a1", "refund", 1, 9, "reg_1"],
    ])
    // a first release stored edits and receipts as differences
    await database.stores.events.insert([shopEvent({ eventId: "order_a/a1#1", orderId: id, quantity: 3 })])
    expect(await record([{ order: order({ id, lines: [] }), returns: [] }])).toEqual({ ...nothing, removed: 3 })
  })

  it("counts demand by what is left after edits, on the day the order was placed", async () => {
    const id = "order_demand"
    const bought = (quantity: number) => ({ order: order({ id, lines: [orderLine({ lineItemId: "d1", variantId: "variant_demand", quantity })] }), returns: [] })
    for (const quantity of [2, 5, 3]) await record([bought(quantity)])
    await database.stores.demand.rebuildTouched({ limit: 100 })
    expect(await database.stores.demand.rowsForPanel({ fromDay: "2026-03-01", toDay: "2026-03-31", variantIds: ["variant_demand"] })).toMatchObject([{ day: "2026-03-02", units: 3, orders: 1 }])
  })

  it("leaves the lines of an import alone that have the same order id", async () => {
    await database.stores.events.insert([shopEvent({ eventId: "hash", source: "import:1", orderId: "order_both", day: "2026-03-05" })])
    await record([{ order: order({ id: "order_both" }), returns: [] }])
    expect(await record([{ order: order({ id: "order_both", lines: [] }), returns: [] }])).toMatchObject({ removed: 1 })
    expect((await database.stores.events.ofOrder("order_both")).map(({ eventId }) => eventId)).toEqual(["hash"])
  })

  it("follows an operator's decision about a line, but for a cancellation", async () => {
    const id = "order_card"
    const lines = [orderLine({ lineItemId: "c1", isGiftCard: true })]
    const key = { day: "2026-03-02", eventId: `${id}/c1` }
    await record([{ order: order({ id, lines }), returns: [] }])
    await database.stores.exclusions.restore([key], "user_1")
    await record([{ order: order({ id, lines, regionId: "reg_2" }), returns: [] }])
    const state = () => database.dataSource.query<{ reason: string; out: boolean }[]>("SELECT reason, restored_at IS NULL AS out FROM foresight.excluded_line WHERE event_id = $1", [key.eventId])
    expect(await state()).toEqual([{ reason: "non_product", out: false }])
    await record([{ order: order({ id, lines, isCanceled: true }), returns: [] }])
    expect(await state()).toEqual([{ reason: "canceled_order", out: true }])
    await database.stores.exclusions.restore([key], "user_1")
    await record([{ order: order({ id, lines, isCanceled: true }), returns: [] }])
    expect(await state()).toEqual([{ reason: "canceled_order", out: false }])
  })

  it("tells whose orders went to another customer, and brings nobody back who was erased", async () => {
    const state = (customerId: string) => ({ order: order({ id: "order_moved", customerId }), returns: [] })
    await record([state("cus_guest")])
    expect(await record([state("cus_ada")])).toMatchObject({ changed: 1, moved: [{ from: "cus_guest", to: "cus_ada" }] })
    await database.stores.events.eraseCustomer("cus_ada")
    expect(await record([state("cus_ada")])).toEqual(nothing)
    expect((await database.stores.events.ofOrder("order_moved"))[0]).toMatchObject({ customerId: null, cartId: null })
  })

  it("brings nobody back who was erased after the order was read, also while it is being stored", async () => {
    const id = "order_late"
    const read = (lines = [orderLine({ lineItemId: "l1", quantity: 4 })]) => ({ orderId: id, ...orderEvents(order({ id, customerId: "cus_late", lines }), [], { timeZone }) })
    const people = async () => (await database.stores.events.ofOrder(id)).map(({ customerId, cartId, quantity }) => [customerId, cartId, quantity])
    await database.stores.orders.replace([read([orderLine({ lineItemId: "l1", quantity: 2 })])])
    const erasing = database.dataSource.createQueryRunner()
    await erasing.startTransaction()
    try {
      await erasing.query("UPDATE foresight.event SET customer_id = NULL, cart_id = NULL WHERE order_id = $1", [id])
      const storing = database.stores.orders.replace([read()])
      await waitsForALock()
      await erasing.commitTransaction()
      await storing
    } finally {
      if (erasing.isTransactionActive) await erasing.rollbackTransaction()
      await erasing.release()
    }
    expect(await people()).toEqual([[null, null, 4]])
    await database.stores.orders.replace([read([orderLine({ lineItemId: "l1", quantity: 5 }), orderLine({ lineItemId: "l2", quantity: 1 })])])
    expect((await people()).sort()).toEqual([[null, null, 1], [null, null, 5]])
  })

  it("makes the month's partition that is missing", async () => {
    expect(await record([{ order: order({ id: "order_old", placedAt: new Date("2011-05-05T12:00:00Z") }), returns: [] }])).toMatchObject({ added: 1 })
  })

  it("ends in one set of rows when two processes store the same orders at once", async () => {
    const other = await database.openAgain()
    const orders = Array.from({ length: 30 }, (_, at) => order({ id: `order_twin${at}` }))
    const states = orders.map((one) => ({ order: one, returns: [] }))
    const answers = await Promise.all([0, 1, 2, 3].map((at) => record(at % 2 ? states : [...states].reverse(), (at < 2 ? database : other).stores)))
    expect(answers.reduce((sum, { added }) => sum + added, 0)).toBe(30)
    expect(answers.every(({ removed }) => removed === 0)).toBe(true)
  })
})

describe("200 mixtures of late, doubled, lost and reordered events of two orders, each with a walk over the shop at its end", () => {
  let runs = 0
  const both = fc.tuple(orderHistory("first"), orderHistory("second")).chain(([first, second]) =>
    fc.record({ first: fc.constant(first), second: fc.constant(second), heardFirst: deliveries(first.length), heardSecond: deliveries(second.length), together: fc.boolean() })
  )
  /** Ids of a run's own, so that runs do not meet. */
  const own = (states: readonly OrderState[], name: string) => JSON.parse(JSON.stringify(states).replaceAll(/(first|second)/g, `$1_${name}`), dates) as OrderState[]
  const dates = (_: string, value: unknown) => (typeof value === "string" && /^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? new Date(value) : value)

  it("end in the rows of one who heard everything once and in order", async () => {
    await fc.assert(
      fc.asyncProperty(both, async ({ first, second, heardFirst, heardSecond, together }) => {
        const run = (runs += 1)
        const mixed = [own(first, `mixed${run}`), own(second, `mixed${run}`)] as const
        const ideal = [own(first, `ideal${run}`), own(second, `ideal${run}`)] as const
        const hear = async (states: readonly OrderState[]) => {
          for (const state of states) await record([state])
        }
        // the four orders side by side, as several requests bring them
        const heard = [heardFirst.map((at) => mixed[0][at]!), heardSecond.map((at) => mixed[1][at]!)]
        await Promise.all([...heard, ...ideal].map(hear))
        const walk = mixed.map((states) => states.at(-1)!)
        if (together) await record(walk)
        else await hear(walk)
        const named = async (states: readonly OrderState[], name: string) => JSON.stringify(await rowsOf(states[0]!.order.id)).replaceAll(`_${name}${run}`, "")
        for (const index of [0, 1] as const) expect(await named(mixed[index], "mixed")).toEqual(await named(ideal[index], "ideal"))
        const { events } = orderEvents(walk[0]!.order, walk[0]!.returns, { timeZone })
        expect(await rowsOf(walk[0]!.order.id)).toHaveLength(events.length)
      }),
      { numRuns: 200 }
    )
  })
})
