import { randomUUID } from "node:crypto"
import type { StoredPriceResponse } from "../../../../../src/database/stores/price-response-store"
import type { NewVariantReplacement } from "../../../../../src/database/stores/replacement-store"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() => database.dataSource.query("TRUNCATE foresight.variant_replacement, foresight.price_response, foresight.demand_day"))

const createdAt = new Date("2026-03-02T09:00:00Z")
const sell = (variantId: string, currency: string, units: number) =>
  database.dataSource.query(
    `INSERT INTO foresight.demand_day (variant_id, location_id, sales_channel_id, currency_code, day, units, returned_units, orders, revenue, unit_price) VALUES ($1, 'l1', '', $2, '2026-03-01', $3, 0, 1, 0, 10)`,
    [variantId, currency, units]
  )

describe("ReplacementStore", () => {
  const replacement = (replacedVariantId: string, variantId: string, own: Partial<NewVariantReplacement> = {}): NewVariantReplacement => ({
    id: randomUUID(),
    replacedVariantId,
    variantId,
    fromDay: "2026-03-01",
    createdBy: "user_1",
    createdAt,
    ...own,
  })

  it("keeps who took whose place, and finds it from both sides", async () => {
    const store = database.stores.replacements
    const [first, second] = [replacement("a", "b"), replacement("b", "c", { createdAt: new Date(createdAt.getTime() + 1) })]
    await store.add(first)
    await store.add(second)
    expect(await store.active()).toEqual([first, second].map((one) => ({ ...one, endedBy: null, endedAt: null })))
    const page = { isActive: true, limit: 10, offset: 0 }
    expect((await store.list({ ...page, variantId: "b" })).replacements.map(({ id }) => id)).toEqual([second.id, first.id]) // newest first
    expect((await store.list({ ...page, variantId: "c" })).count).toBe(1)
    expect(await store.list({ ...page, offset: 1, limit: 1 })).toMatchObject({ count: 2, replacements: [{ id: first.id }] })
  })

  it("ends one once, keeps it, and lets the two be linked again", async () => {
    const store = database.stores.replacements
    const one = replacement("a", "b")
    await store.add(one)
    const at = new Date("2026-03-03T00:00:00Z")
    expect(await store.end(one.id, "user_2", at)).toMatchObject({ endedBy: "user_2", endedAt: at })
    expect(await store.end(one.id, "user_3", new Date())).toMatchObject({ endedBy: "user_2", endedAt: at })
    expect(await store.active()).toEqual([])
    expect((await store.list({ isActive: false, limit: 10, offset: 0 })).count).toBe(1)
    await store.add(replacement("b", "a"))
    await expect(store.end(randomUUID(), "u", at)).rejects.toMatchObject({ code: "not_found" })
  })

  it("refuses what does not fit, and of two that fit only alone takes one", async () => {
    const store = database.stores.replacements
    await store.add(replacement("a", "b"))
    await expect(store.add(replacement("a", "c"))).rejects.toMatchObject({ code: "conflict" })
    await expect(store.add(replacement("b", "a"))).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("circle") as string })
    // together they would close a circle: x → y → z → x
    await store.add(replacement("x", "y"))
    const both = await Promise.allSettled([store.add(replacement("y", "z")), store.add(replacement("z", "x"))])
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
    expect(await store.active()).toHaveLength(3)
  })

  it("has a second lock in the table itself", async () => {
    const insert = (id: string, variantId: string) =>
      database.dataSource.query("INSERT INTO foresight.variant_replacement (id, variant_id, replaced_variant_id, from_day, created_by, created_at) VALUES ($1, $2, 'a', '2026-03-01', 'u', now())", [id, variantId])
    await insert(randomUUID(), "b")
    await expect(insert(randomUUID(), "c")).rejects.toThrow(/variant_replacement_replaced/)
  })

  it("knows what was ever sold, whatever became of it", async () => {
    await sell("gone", "eur", 1)
    expect(await database.stores.replacements.wasSold("gone")).toBe(true)
    expect(await database.stores.replacements.wasSold("never")).toBe(false)
  })
})

describe("PriceResponseStore", () => {
  const response = (own: Partial<StoredPriceResponse> = {}): StoredPriceResponse => ({
    variantId: "v1",
    weeks: 52,
    usualPrice: 9.5,
    elasticity: -2.25,
    elasticitySd: 0.5,
    priceWeeks: 6,
    lowestPrice: 0.75,
    highestPrice: 1,
    promotionEffect: null,
    promotionSd: null,
    promotionWeeks: 0,
    computedAt: createdAt,
    ...own,
  })

  it("gives back what was found, with the currency in which the variant sells most", async () => {
    const store = database.stores.priceResponses
    await store.upsert([response(), response({ variantId: "v2", elasticity: null, elasticitySd: null, lowestPrice: null, highestPrice: null, usualPrice: null })])
    await sell("v1", "eur", 3)
    await sell("v1", "usd", 4)
    expect(await store.of("v1")).toEqual({ ...response(), currencyCode: "usd" })
    expect(await store.of("v2")).toMatchObject({ elasticity: null, usualPrice: null, currencyCode: null })
    expect(await store.of("v3")).toBeNull()
  })

  it("keeps the newest, and removes what a run did not write again", async () => {
    const store = database.stores.priceResponses
    await store.upsert([response(), response({ variantId: "old" })])
    const later = new Date(createdAt.getTime() + 60_000)
    expect(await store.upsert([response({ elasticity: -3, computedAt: later })])).toBe(1)
    expect(await store.upsert([response({ elasticity: -1 })])).toBe(0) // a retry of the run before comes late
    expect(await store.removeBefore(later)).toBe(1)
    expect(await store.of("v1")).toMatchObject({ elasticity: -3 })
    expect(await store.of("old")).toBeNull()
  })
})
