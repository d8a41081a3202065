import { randomUUID } from "node:crypto"
import { setTimeout } from "node:timers/promises"
import type { CartLine, CartStore } from "../../../../../src/database/stores/cart-store"
import type { StockNow } from "../../../../../src/database/stores/stock-store"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"
import { shopEvent } from "../../../../support/shop-event"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe("StockStore", () => {
  const level = (stocked: number, own: Partial<StockNow> = {}): StockNow => ({ inventoryItemId: "iitem_1", locationId: "sloc_1", stocked, reserved: 0, incoming: 0, assumed: false, ...own })
  /** Berlin, an hour ahead of UTC in March before the clocks change. */
  const note = (levels: StockNow[], at: string) => database.stores.stock.note(levels, new Date(`${at}+01:00`), "Europe/Berlin")
  const march = { fromDay: "2026-03-01", toDay: "2026-03-31" }
  const shares = async () => (await database.stores.stock.range({ ...march, inventoryItemIds: ["iitem_1"] })).flatMap(({ locationId, day, inStockFraction }) => (locationId === "sloc_1" ? [[day, inStockFraction]] : []))
  afterEach(() => database.dataSource.query("TRUNCATE foresight.stock_day, foresight.stock_change"))

  it("keeps the day's last figures, and the share of the day in stock by time", async () => {
    await note([level(5), level(7, { locationId: "sloc_2" })], "2026-03-02T00:00:00")
    await note([level(2, { reserved: 2, incoming: 10.5 })], "2026-03-02T18:00:00") // all reserved
    expect(await database.stores.stock.range(march)).toEqual([
      { ...level(2, { reserved: 2, incoming: 10.5 }), day: "2026-03-02", inStockFraction: 1 },
      { ...level(7, { locationId: "sloc_2" }), day: "2026-03-02", inStockFraction: 1 },
    ])
    await note([level(12)], "2026-03-03T12:00:00")
    // 18 of 24 hours; then the morning without stock
    expect(await shares()).toEqual([["2026-03-02", 0.75], ["2026-03-03", 0]])
    await note([level(12)], "2026-03-04T00:00:00")
    expect(await shares()).toEqual([["2026-03-02", 0.75], ["2026-03-03", 0.5], ["2026-03-04", 1]])
    expect((await database.stores.stock.range({ ...march, short: true })).map(({ day }) => day)).toEqual(["2026-03-02", "2026-03-03"])
    // 2 March 2026 is a Monday; sloc_2 was in stock
    expect(await database.stores.stock.inStockByWeekday(march)).toEqual([0.875, 0.5, 1, 1, 1, 1, 1])
  })

  it("ends in the same rows whatever the order of the notes, doubled or late", async () => {
    const notes: [string, number][] = [["2026-03-02T00:00:00", 5], ["2026-03-02T12:00:00", 0], ["2026-03-03T06:00:00", 3], ["2026-03-03T18:00:00", 0], ["2026-03-04T00:00:00", 0]]
    const expected = [["2026-03-02", 0.5], ["2026-03-03", 0.5], ["2026-03-04", 0]]
    // by one another, backwards, and mixed with doubles
    for (const order of [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 2, 1, 0, 3, 1]]) {
      for (const index of order) await note([level(notes[index]![1])], notes[index]![0])
      expect([order, await shares()]).toEqual([order, expected])
      const [day] = await database.stores.stock.range({ fromDay: "2026-03-03", toDay: "2026-03-03" })
      expect(day?.stocked).toBe(0)
      await database.dataSource.query("TRUNCATE foresight.stock_day, foresight.stock_change")
    }
  })

  it("forgets notes within the day once their shares are settled, but for the last of each place", async () => {
    for (const hour of ["08", "09", "10"]) await note([level(Number(hour)), level(1, { inventoryItemId: "iitem_2" })], `2026-03-02T${hour}:00:00`)
    expect(await database.stores.stock.forgetNotesBefore(new Date("2026-03-02T12:00:00Z"))).toBe(4)
    await note([level(0)], "2026-03-04T00:00:00")
    await note([level(0)], "2026-03-05T00:00:00")
    expect((await shares()).at(-2)).toEqual(["2026-03-04", 0])
  })

  it("notes a whole walk and single changes at the same time", async () => {
    const other = await database.openAgain()
    const all = Array.from({ length: 200 }, (_, index) => level(index % 3, { inventoryItemId: `iitem_${index}` }))
    await note(all, "2026-03-01T12:00:00")
    await Promise.all([
      note(all, "2026-03-02T12:00:00"),
      ...all.slice(0, 40).reverse().map((one, index) => other.stores.stock.note([one], new Date(`2026-03-02T1${index % 10}:30:00+01:00`), "Europe/Berlin")),
    ])
    expect(await database.stores.stock.range({ fromDay: "2026-03-02", toDay: "2026-03-02" })).toHaveLength(200)
  })
})

describe("CartStore", () => {
  const line = (variantId: string, quantity: number) => ({ variantId, productId: "prod_1", quantity })
  /** Stores lines; what the cart held before. */
  const hold = async (carts: CartStore, cartId: string, lines: readonly CartLine[]) => {
    const held: CartLine[] = []
    await carts.exchange(cartId, (before) => {
      held.push(...before)
      return Promise.resolve({ lines, events: [] })
    })
    return held
  }

  it("answers what the cart held before and keeps what it holds now", async () => {
    const { carts } = database.stores
    expect(await hold(carts, "cart_1", [line("a", 1), line("b", 2.5)])).toEqual([])
    expect(await hold(carts, "cart_1", [line("b", 3)])).toEqual([line("a", 1), line("b", 2.5)])
    expect(await hold(carts, "cart_2", [])).toEqual([])
    expect(await carts.exchange("cart_1", () => Promise.resolve(null))).toBe(0)
    expect(await hold(carts, "cart_1", [])).toEqual([line("b", 3)])
    expect(await hold(carts, "cart_1", [])).toEqual([])
  })

  it("lets one caller look at a time, so that a cart that only grows never shrinks", async () => {
    const stores = [database.stores, (await database.openAgain()).stores]
    let inShop = 0
    const told: number[] = []
    const look = async ([before]: CartLine[]) => {
      const quantity = inShop
      await setTimeout(5)
      told.push(quantity - (before?.quantity ?? 0))
      return { lines: [line("a", quantity)], events: [] }
    }
    const update = async (round: number) => {
      await setTimeout(round)
      inShop += 1
      await stores[round % 2]?.carts.exchange("cart_3", look)
    }
    await Promise.all(Array.from({ length: 12 }, (_, round) => update(round)))
    expect(Math.min(...told)).toBeGreaterThanOrEqual(0)
    expect(told.reduce((sum, change) => sum + change, 0)).toBe(12)
  })

  it("holds what it held when the events cannot be added, so that the next look tells the change", async () => {
    const { carts } = database.stores
    await hold(carts, "cart_5", [line("a", 1)])
    const events = [shopEvent({ eventId: "cart/cart_5", name: "add_to_cart", day: "2026-02-30", occurredAt: new Date() })]
    await expect(carts.exchange("cart_5", () => Promise.resolve({ lines: [line("a", 2)], events }))).rejects.toMatchObject({ code: "invalid_event" })
    expect(await hold(carts, "cart_5", [line("a", 2)])).toEqual([line("a", 1)])
  })

  it("adds events of a month that has no partition yet", async () => {
    const events = [shopEvent({ eventId: "cart/cart_6", name: "add_to_cart", day: "1999-07-04" })]
    expect(await database.stores.carts.exchange("cart_6", () => Promise.resolve({ lines: [line("a", 2)], events }))).toBe(1)
    expect(await hold(database.stores.carts, "cart_6", [])).toEqual([line("a", 2)])
    expect(await database.dataSource.query("SELECT name FROM foresight.event WHERE event_id = 'cart/cart_6'")).toEqual([{ name: "add_to_cart" }])
  })

  it("forgets old carts", async () => {
    const { carts } = database.stores
    await hold(carts, "cart_4", [line("a", 1)])
    expect(await carts.forgetBefore(new Date(Date.now() - 3_600_000))).toBe(0)
    expect(await carts.forgetBefore(new Date(Date.now() + 3_600_000))).toBeGreaterThan(0)
    expect(await hold(carts, "cart_4", [])).toEqual([])
  })
})

describe("CursorStore", () => {
  it("remembers where each walk stands", async () => {
    const { cursors } = database.stores
    expect(await cursors.get("orders")).toBeNull()
    const cursor = { updatedAt: new Date("2026-03-02T10:00:00.123Z"), lastId: "order_1" }
    await cursors.set("orders", { ...cursor, lastId: "order_0" })
    await cursors.set("orders", cursor)
    expect(await cursors.get("orders")).toEqual(cursor)
    expect(await cursors.get("returns")).toBeNull()
  })
})

describe("SettingStore", () => {
  const none = { leadTimeDays: null, leadTimeSdDays: null, reviewDays: null, serviceLevel: null, coverDays: null, moq: null, packSize: null }

  it("changes what is named, gives a default back for null, and leaves the rest", async () => {
    const { settings } = database.stores
    expect(await settings.set("iitem_1", "sloc_1", { leadTimeDays: 21.5, packSize: 6 })).toEqual({ ...none, leadTimeDays: 21.5, packSize: 6 })
    const own = { ...none, packSize: 6, moq: 0, serviceLevel: 0.99 }
    expect(await settings.set("iitem_1", "sloc_1", { leadTimeDays: null, moq: 0, serviceLevel: 0.99 })).toEqual(own)
    expect(await settings.set("iitem_2", "sloc_1", {})).toEqual(none)
    expect(await settings.of(["iitem_1"])).toEqual([{ inventoryItemId: "iitem_1", locationId: "sloc_1", settings: own }])
    expect(await settings.of()).toHaveLength(2)
  })
})

describe("RecommendationStore", () => {
  it("keeps neighbours per model version until they are dropped", async () => {
    const { recommendations } = database.stores
    const [old, current] = [randomUUID(), randomUUID()]
    const neighbours = { productId: "p1", neighbourIds: ["p2", "p 3"], scores: [0.5, 0.25], sources: ["ease" as const, "item_knn" as const] }
    await recommendations.saveNeighbours(old, [neighbours])
    expect(await recommendations.saveNeighbours(current, [neighbours, { ...neighbours, productId: "p2", neighbourIds: [], scores: [], sources: [] }])).toBe(2)
    await recommendations.saveNeighbours(current, [{ ...neighbours, scores: [0.75, 0.25] }])
    expect(await recommendations.neighbours(current, ["p1"])).toEqual([{ ...neighbours, scores: [0.75, 0.25] }])
    expect(await recommendations.dropNeighboursExcept([current])).toBe(1)
    expect(await recommendations.neighbours(old)).toEqual([])
    expect(await recommendations.neighbours(current)).toHaveLength(2)
  })

  it("keeps one vector a customer", async () => {
    const { recommendations } = database.stores
    const vector = { customerId: "cus_1", productIds: ["p1", "p2"], weights: [1, 0.5], purchasedIds: ["p1"] }
    const first = new Date("2026-03-01T00:00:00Z")
    await recommendations.saveVectors([vector, { ...vector, customerId: "cus_0" }], first)
    await recommendations.saveVectors([{ ...vector, purchasedIds: [] }], new Date("2026-03-02T00:00:00Z"))
    expect(await recommendations.vector("cus_1")).toEqual({ ...vector, purchasedIds: [] })
    expect(await recommendations.customersWithVector(5)).toEqual(["cus_0", "cus_1"])
    expect(await recommendations.removeVectorsBefore(new Date("2026-03-01T12:00:00Z"))).toBe(1)
    expect(await recommendations.vector("cus_0")).toBeNull()
  })

  it("replaces the popular list of one scope as a whole", async () => {
    const { recommendations } = database.stores
    const now = new Date()
    await recommendations.savePopular("", [{ productId: "b", score: 3 }, { productId: "a", score: 2 }, { productId: "c", score: 1.5 }], now)
    await recommendations.savePopular("sc_1", [{ productId: "z", score: 1 }], now)
    await recommendations.savePopular("", [{ productId: "c", score: 9 }, { productId: "b", score: 3 }], now)
    expect(await recommendations.popular("", 5)).toEqual([{ productId: "c", score: 9 }, { productId: "b", score: 3 }])
    expect(await recommendations.popular("sc_1", 5)).toEqual([{ productId: "z", score: 1 }])
    expect(await recommendations.popular("", 1)).toHaveLength(1)
  })
})
