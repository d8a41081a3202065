import type { NewcomerRow } from "../../../../../src/database/stores/newcomer-store"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"

const computedAt = new Date("2026-03-02T02:00:00Z")
const newcomer = (own: Partial<NewcomerRow> = {}): NewcomerRow => ({
  variantId: "v1",
  productId: "prod_1",
  sku: "CUP",
  title: "Cup",
  thumbnail: null,
  inventoryItemIds: ["iitem_1"],
  knownWeeks: 0,
  mean: 4.5,
  between: 9.25,
  dispersion: 0.5,
  hasCategory: true,
  ofCategory: 18,
  ofPrice: 6,
  ofTitle: [{ variantId: "v9", title: "Owl's \"cup\", {blue}", sku: null }],
  computedAt,
  ...own,
})

describe("NewcomerStore", () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  beforeEach(() => database.dataSource.query("TRUNCATE foresight.newcomer"))
  afterAll(() => database.close())

  it("gives back pages, the unsold first and of them the youngest", async () => {
    const store = database.stores.newcomers
    await store.upsert([newcomer({ variantId: "v3", knownWeeks: 5 }), newcomer(), newcomer({ variantId: "v2", sku: null, hasCategory: false, ofTitle: [] })])
    const { rows, count } = await store.page({ limit: 2, offset: 0 })
    expect([rows.map(({ variantId }) => variantId), count]).toEqual([["v2", "v1"], 3])
    expect(rows[1]).toEqual(newcomer())
    expect((await store.page({ limit: 2, offset: 2 })).rows.map(({ variantId }) => variantId)).toEqual(["v3"])
    expect(await store.page({ variantId: "v3", limit: 2, offset: 0 })).toMatchObject({ rows: [{ knownWeeks: 5 }], count: 1 })
    expect(await store.page({ variantId: "' OR true --", limit: 2, offset: 0 })).toEqual({ rows: [], count: 0 })
  })

  it("keeps the newest, and removes what a run did not write again", async () => {
    const store = database.stores.newcomers
    await store.upsert([newcomer(), newcomer({ variantId: "old" })])
    const later = new Date(computedAt.getTime() + 60_000)
    expect(await store.upsert([newcomer({ mean: 3, computedAt: later })])).toBe(1)
    expect(await store.upsert([newcomer({ mean: 1 })])).toBe(0) // a retry of the run before comes late
    expect(await store.removeBefore(later)).toBe(1)
    expect((await store.page({ limit: 9, offset: 0 })).rows).toMatchObject([{ variantId: "v1", mean: 3 }])
  })
})

describe("PriceStore.asked()", () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())

  it("gives what a unit costs now by the variant's own price, in the currency of most sales", async () => {
    const { stores, dataSource } = database
    const sell = (currency: string, units: number, day: string) =>
      dataSource.query(
        `INSERT INTO foresight.demand_day (variant_id, location_id, sales_channel_id, currency_code, day, units, returned_units, orders, revenue, unit_price) VALUES ('sold', 'sloc_1', '', $1, $2, $3, 0, 1, 0, 10)`,
        [currency, day, units]
      )
    await sell("eur", 5, "2026-03-01")
    await sell("usd", 3, "2026-02-28")
    await sell("gbp", 90, "2025-03-01") // long ago
    const price = { variantId: "v1", currencyCode: "eur", regionId: null, priceListId: null, priceListType: null, minQuantity: null, rules: {}, amount: 12.5, validFrom: computedAt, validTo: null }
    await stores.prices.note(
      [
        { ...price, priceId: "own" },
        { ...price, priceId: "dollars", currencyCode: "usd", amount: 14 },
        { ...price, priceId: "dozen", minQuantity: 12, amount: 9 },
        { ...price, priceId: "sale", priceListId: "plist_1", priceListType: "sale", amount: 8 },
        { ...price, priceId: "region", regionId: "reg_1", amount: 13 },
        { ...price, priceId: "group", rules: { "customer.groups.id": "cusgroup_1" }, amount: 7 },
        { ...price, priceId: "gone", variantId: "v2" },
        { ...price, priceId: "abroad", variantId: "v3", currencyCode: "usd" },
      ],
      computedAt
    )
    await stores.prices.end(["gone"], new Date(computedAt.getTime() + 1000))
    expect(await stores.prices.asked(["v1", "v2", "v3"])).toEqual([{ variantId: "v1", amount: 12.5 }])
    await stores.prices.note([{ ...price, priceId: "own", amount: 11 }], new Date(computedAt.getTime() + 2000))
    expect(await stores.prices.asked(["v1"])).toEqual([{ variantId: "v1", amount: 11 }])
    expect(await stores.prices.asked([])).toEqual([])
  })
})
