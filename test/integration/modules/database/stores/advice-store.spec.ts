import { randomUUID } from "node:crypto"
import type { AdviceRow } from "../../../../../src/database/stores/advice-store"
import type { Advice, DemandOutlook } from "../../../../../src/domain/replenishment/types"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() => database.dataSource.query("TRUNCATE foresight.advice, foresight.protection_forecast, foresight.forecast, foresight.model_version"))

const settings = { leadTimeDays: 14, leadTimeSdDays: 0, reviewDays: 7, serviceLevel: 0.95, coverDays: 14, moq: 0, packSize: 6 }
const advice = (overrides: Partial<Advice> = {}): Advice => ({
  inventoryItemId: "iitem_1",
  locationId: "sloc_1",
  day: "2026-03-02",
  status: "order",
  orderQuantity: 12,
  orderBy: "2026-03-04",
  reorderPoint: 20,
  orderUpTo: 30.5,
  expectedDemand: 15.25,
  safetyStock: 4.75,
  daysOfCover: 9,
  daysOfCoverLow: null,
  stockoutProbability: 0.4,
  ledger: [
    { label: "expected_demand", quantity: 15.25 },
    { label: "on_hand", quantity: -3.25 },
  ],
  reason: 'Order 12: "soon"',
  assumed: ["leadTimeDays", "openingStock"],
  overriddenBy: ["user_1"],
  stock: { onHand: 3.25, reserved: 0, incoming: 0 },
  settings,
  modelVersionId: null,
  ...overrides,
})
const computedAt = new Date("2026-03-02T02:15:00Z")
const row = (overrides: Partial<Advice> = {}, labels: Partial<AdviceRow> = {}): AdviceRow => ({
  advice: advice(overrides),
  computedAt,
  sku: "SHIRT-S",
  title: "Shirt, small",
  thumbnail: null,
  locationName: "Berlin",
  productIds: ["prod_1", 'prod "2", {x}'],
  ...labels,
})

describe("AdviceStore", () => {
  it("gives back what was stored, with the model it came from", async () => {
    const model = await database.stores.modelVersions.add({
      id: randomUUID(),
      kind: "demand",
      algorithm: "mixture",
      parameters: {},
      backtest: { validationFrom: "", testFrom: "", models: {}, choice: "",
        served: { ndcg10: 0, hr10: 0, hr20: 0, mrr20: 0, coverage20: 0, users: 0, seconds: 0 } },
      gate: { metric: "sum_wql", value: 0.3, baselines: {}, promote: true, reason: "first" },
      dataFrom: "2024-03-01",
      dataTo: "2026-03-01",
      seed: 42,
      seconds: 1,
      backend: "wasm",
      bytes: new Uint8Array(),
    })
    const given = row({ modelVersionId: model.id })
    expect(await database.stores.advice.upsert([given, row({ locationId: "sloc_2" })])).toBe(2)
    expect(await database.stores.advice.ofItems(["iitem_1", "iitem_2"])).toEqual([
      { ...given, model: { id: model.id, kind: "demand", version: 1, algorithm: "mixture" } },
      { ...row({ locationId: "sloc_2" }), model: null },
    ])
  })

  it("never lets an older computation replace a newer one", async () => {
    const store = database.stores.advice
    await store.upsert([row()])
    const earlier = new Date(computedAt.getTime() - 1000)
    const later = new Date(computedAt.getTime() + 1000)
    expect(await store.upsert([row({ orderQuantity: 1 }, { computedAt: earlier })])).toBe(0)
    expect(await store.recompute(advice({ orderQuantity: 2 }), earlier)).toBe(false)
    expect(await store.recompute(advice({ orderQuantity: 3, stock: { onHand: 9, reserved: 1, incoming: 0 } }), later)).toBe(true)
    expect(await store.recompute(advice({ inventoryItemId: "unknown" }), later)).toBe(false)
    expect(await store.ofItems(["iitem_1"])).toMatchObject([{ advice: { orderQuantity: 3, stock: { onHand: 9 } }, title: "Shirt, small", computedAt: later }])
    expect(await store.summary()).toEqual({ computedAt: later, count: 1 })
  })

  it("keeps every field when recomputed", async () => {
    const changed = advice({
      day: "2026-03-03",
      status: "too_few_sales",
      orderQuantity: 0,
      orderBy: null,
      reorderPoint: 1,
      orderUpTo: 2,
      expectedDemand: 3,
      safetyStock: 4,
      daysOfCover: null,
      daysOfCoverLow: 5,
      stockoutProbability: null,
      ledger: [{ label: "not_due", quantity: 0 }],
      reason: "too few sales",
      assumed: [],
      overriddenBy: [],
      settings: { ...settings, moq: 3 },
      modelVersionId: randomUUID(),
    })
    await database.stores.advice.upsert([row()])
    await database.stores.advice.recompute(changed, computedAt)
    expect((await database.stores.advice.ofItems(["iitem_1"]))[0]?.advice).toEqual(changed)
  })

  it("lists by risk, filtered, searched, paged and counted", async () => {
    const store = database.stores.advice
    await store.upsert([
      row({ inventoryItemId: "a", stockoutProbability: 0.2 }, { title: "Trousers 100%", sku: "TR" }),
      row({ inventoryItemId: "b", stockoutProbability: 0.9, locationId: "sloc_2" }),
      row({ inventoryItemId: "c", stockoutProbability: null, status: "too_few_sales" }, { title: "apron", sku: null }),
      row({ inventoryItemId: "d", stockoutProbability: 0.2, orderBy: "2026-03-03", status: "not_due" }),
    ])
    const ids = async (filter: Partial<Parameters<typeof store.list>[0]>) =>
      (await store.list({ limit: 10, offset: 0, ...filter })).advice.map((one) => one.advice.inventoryItemId).join("")
    expect(await ids({})).toBe("bdac") // equal risk: d has to be ordered first; no risk known: last
    expect(await ids({ order: "stockout_probability" })).toBe("dabc")
    expect(await ids({ order: "title" })).toBe("cdba") // apron, Shirt (twice: d has to be ordered first), Trousers
    expect(await ids({ limit: 2, offset: 1 })).toBe("da")
    expect(await ids({ q: "shirt" })).toBe("bd")
    expect(await ids({ q: "100%" })).toBe("a")
    expect(await ids({ q: "%" })).toBe("a")
    expect(await ids({ q: "tr" })).toBe("a")
    expect(await ids({ locationId: "sloc_2" })).toBe("b")
    expect(await store.list({ q: "shirt", status: "order", limit: 10, offset: 0 })).toMatchObject({
      advice: [{ advice: { inventoryItemId: "b" } }],
      count: 1,
      counts: { order: 1, not_due: 1, surplus: 0, too_few_sales: 0 },
    })
    expect((await store.list({ limit: 1, offset: 0 })).count).toBe(4)
  })

  it("streams all rows in the list's order, and a reader who leaves early gives the connection back", async () => {
    const store = database.stores.advice
    const given = Array.from({ length: 1203 }, (_, index) => row({ inventoryItemId: `i${index}`, stockoutProbability: index / 1203 }))
    expect(await store.upsert(given)).toBe(1203)
    const sizes: number[] = []
    const risks: (number | null)[] = []
    for await (const page of store.stream({})) {
      sizes.push(page.length)
      risks.push(...page.map((one) => one.advice.stockoutProbability))
    }
    expect(sizes).toEqual([500, 500, 203])
    expect(risks).toEqual([...risks].sort((a, b) => Number(b) - Number(a)))
    for (let reader = 0; reader < 10; reader += 1) { // more readers than the pool has connections
      const pages = store.stream({ status: "order" })
      expect((await pages.next()).done).toBe(false)
      await pages.return(undefined)
    }
    expect((await store.summary()).count).toBe(1203)
  })

  it("removes what a full refresh did not write again", async () => {
    const store = database.stores.advice
    await store.upsert([row({ inventoryItemId: "gone" }, { computedAt: new Date(computedAt.getTime() - 1) }), row()])
    expect(await store.removeBefore(computedAt)).toBe(1)
    expect(await store.ofItems(["gone", "iitem_1"])).toHaveLength(1)
  })
})

describe("OutlookStore", () => {
  const outlook = (overrides: Partial<DemandOutlook> = {}): DemandOutlook => ({
    inventoryItemId: "iitem_1",
    locationId: "sloc_1",
    day: "2026-03-02",
    expectedDemand: 15.25,
    coverDemand: 10,
    protectionQuantiles: [0, 1.5, 1e-9, 1e12],
    leadTimeQuantiles: [0, 1],
    medianCurve: [0, 0.5],
    highCurve: [0, 1],
    serviceCurve: [2, 3],
    settings,
    assumed: ["leadTimeDays", "openingStock"],
    overriddenBy: ["user_1", "user_2"],
    modelVersionId: null,
    historyWeeks: 60,
    ...overrides,
  })

  it("gives back what was stored, pages by item and location, and keeps the newest", async () => {
    const store = database.stores.outlooks
    const all = [outlook(), outlook({ locationId: "sloc_2" }), outlook({ inventoryItemId: "iitem_2", assumed: [] })]
    expect(await store.upsert([...all].reverse(), computedAt)).toBe(3)
    expect(await store.upsert([outlook({ expectedDemand: 1 })], new Date(computedAt.getTime() - 1))).toBe(0)
    expect(await store.get("iitem_1", "sloc_1")).toEqual(outlook())
    expect(await store.get("iitem_1", "elsewhere")).toBeNull()
    expect(await store.ofItems(["iitem_1"])).toEqual(all.slice(0, 2))
    const first = await store.page({ limit: 2 })
    expect(first).toEqual(all.slice(0, 2))
    expect(await store.page({ after: first[1], limit: 2 })).toEqual(all.slice(2))
    expect(await store.removeBefore(new Date(computedAt.getTime() + 1))).toBe(3)
  })
})

describe("ForecastStore", () => {
  it("gives back what was stored and keeps the newest", async () => {
    const store = database.stores.forecasts
    const forecast = {
      variantId: "variant_1",
      locationId: "",
      firstDay: "2026-03-02",
      frequency: "week" as const,
      horizon: 2,
      mean: [1.5, 2],
      quantiles: [0, 1, 2, 0, 1.25, 3],
      correlation: 0.15,
      historyWeeks: 52,
      reasons: { periods: 2, longRun: 1.5, reasons: [{ group: "trend" as const, units: 0.75 }, { group: "other" as const, units: -0.25 }] },
      modelVersionId: randomUUID(),
      computedAt,
    }
    expect(await store.upsert([forecast, { ...forecast, variantId: "variant_2", mean: [] }])).toBe(2)
    expect(await store.upsert([{ ...forecast, horizon: 9, computedAt: new Date(computedAt.getTime() - 1) }])).toBe(0)
    expect(await store.ofVariants(["variant_1"])).toEqual([forecast])
    expect(await store.removeBefore(computedAt)).toBe(0)
  })
})
