import { randomUUID } from "node:crypto"
import type { StockDay } from "../../../../../src/database/stores/stock-store"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe("StockStore", () => {
  const stock = (overrides: Partial<StockDay> = {}): StockDay => ({
    inventoryItemId: "iitem_1",
    locationId: "sloc_1",
    day: "2026-03-02",
    stocked: 10.5,
    reserved: 1,
    incoming: 0,
    inStockFraction: null,
    assumed: false,
    ...overrides,
  })

  it("keeps one row a day, the last one written, and finds days and the newest of each location", async () => {
    const store = database.stores.stock
    const opening = stock({ day: "2026-03-01", assumed: true, inStockFraction: 0.5 })
    expect(await store.record([opening, stock(), stock({ stocked: 9 })])).toBe(2) // one key twice: the last one counts
    await store.record([stock({ locationId: "sloc_2" }), stock({ inventoryItemId: "iitem_2", day: "2026-02-01" })])
    const march = await store.range({ fromDay: "2026-03-01", toDay: "2026-03-02", inventoryItemIds: ["iitem_1"] })
    expect(march).toEqual([opening, stock({ stocked: 9 }), stock({ locationId: "sloc_2" })])
    expect(await store.range({ fromDay: "2026-02-01", toDay: "2026-02-28" })).toHaveLength(1)
    expect(await store.latest(["iitem_1"])).toEqual([stock({ stocked: 9 }), stock({ locationId: "sloc_2" })])
    expect(await store.latest()).toHaveLength(3)
  })
})

describe("CartStore", () => {
  const line = (variantId: string, quantity: number) => ({ variantId, productId: "prod_1", quantity })

  it("answers what the cart held before and keeps what it holds now", async () => {
    const { carts } = database.stores
    expect(await carts.exchange("cart_1", [line("a", 1), line("b", 2.5)])).toEqual([])
    expect(await carts.exchange("cart_1", [line("b", 3)])).toEqual([line("a", 1), line("b", 2.5)])
    expect(await carts.exchange("cart_2", [])).toEqual([])
    expect(await carts.exchange("cart_1", [])).toEqual([line("b", 3)])
    expect(await carts.exchange("cart_1", [])).toEqual([])
  })

  it("shows one change to one caller only", async () => {
    const other = await database.openAgain()
    await database.stores.carts.exchange("cart_3", [line("a", 1)])
    const answers = await Promise.all([0, 1, 2, 3, 4, 5].map((round) => (round % 2 ? other.stores : database.stores).carts.exchange("cart_3", [line("a", 2)])))
    expect(answers.map(([before]) => before?.quantity).sort()).toEqual([1, 2, 2, 2, 2, 2])
  })

  it("forgets old carts", async () => {
    const { carts } = database.stores
    await carts.exchange("cart_4", [line("a", 1)])
    expect(await carts.forgetBefore(new Date(Date.now() - 60_000))).toBe(0)
    expect(await carts.forgetBefore(new Date(Date.now() + 60_000))).toBeGreaterThan(0)
    expect(await carts.exchange("cart_4", [])).toEqual([])
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
