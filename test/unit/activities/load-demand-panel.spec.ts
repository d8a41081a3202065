import { loadDemandPanel, type DemandPanelDeps } from "../../../activities/load-demand-panel"
import { addDays, type Day } from "../../../src/domain/day"
import type { Replacement } from "../../../src/domain/demand"
import { promotion, shopReader, variant } from "../../support/shop-builders"

type Demand = Awaited<ReturnType<DemandPanelDeps["stores"]["demand"]["rowsForPanel"]>>[number]
const sold = (own: Partial<Demand>): Demand => ({ variantId: "variant_1", locationId: "sloc_1", day: "2026-03-01", units: 3, returnedUnits: 0, orders: 1, unitPrice: 10, ...own })

const empty = (day: Day, inventoryItemId = "iitem_1") => ({ inventoryItemId, locationId: "sloc_1", day, stocked: 0, reserved: 0, incoming: 0, inStockFraction: 0, assumed: false })

interface Given {
  stock?: ReturnType<typeof empty>[]
  variants?: ReturnType<typeof variant>[]
  holidays?: DemandPanelDeps["holidays"]
  replacements?: Replacement[]
  promotions?: Awaited<ReturnType<DemandPanelDeps["stores"]["promotions"]["seenBetween"]>>
}

const panelOf = (demand: Demand[], { stock = [], variants = [variant()], holidays = () => [], replacements = [], promotions = [] }: Given = {}) => {
  const stores = {
    demand: { rowsForPanel: async ({ variantIds = [] }: { variantIds?: readonly string[] }) => demand.filter(({ variantId }) => variantIds.includes(variantId)) },
    stock: { range: async ({ inventoryItemIds = [] }: { inventoryItemIds?: readonly string[] }) => stock.filter(({ inventoryItemId }) => inventoryItemIds.includes(inventoryItemId)) },
    replacements: { active: async () => replacements },
    promotions: { seenBetween: async () => promotions },
    prices: { listed: async () => [] },
  } as unknown as DemandPanelDeps["stores"]
  // two pages, so that the walk is seen
  const reader = shopReader({ variantsOf: async (ids) => variants.filter(({ id }) => ids.includes(id)), variantsPage: async (after) => (after ? { rows: variants.slice(1), next: null } : { rows: variants.slice(0, 1), next: "more" }) })
  return loadDemandPanel({ stores, reader, timeZone: "UTC", holidays }, "2026-03-14", () => undefined)
}

describe("loadDemandPanel()", () => {
  it("makes a series of each variant and location that was ever sold, by week up to the last full day", async () => {
    const panel = await panelOf([sold({}), sold({ day: "2026-03-10", units: 1 }), sold({ variantId: "variant_2", locationId: "sloc_2" })], { variants: [variant(), variant({ id: "variant_2", categoryId: null }), variant({ id: "variant_3" })] })
    expect(panel.series.map(({ seriesId, category }) => [seriesId, category])).toEqual([["variant_1@sloc_1", "pcat_1"], ["variant_2@sloc_2", null]])
    expect(panel.periods.at(-1)).toBe("2026-03-08")
    // weeks that end on 14 March and 7 March
    expect([...(panel.series[0]?.units ?? [])].slice(-2)).toEqual([3, 1])
  })

  it("counts sales without a place where the shop sells by default", async () =>
    expect((await panelOf([sold({ locationId: "" })])).series.map(({ seriesId }) => seriesId)).toEqual(["variant_1@sloc_1"]))

  it("leaves products out that are gone from the shop", async () => expect((await panelOf([sold({ variantId: "variant_gone" })])).series).toEqual([]))

  it("does not know the demand of a week without stock, unless the variant sells without it", async () => {
    const week = Array.from({ length: 7 }, (_, at) => empty(addDays("2026-03-08", at)))
    const lastWeek = async (own: Parameters<typeof variant>[0]) => (await panelOf([sold({})], { stock: week, variants: [variant(own)] })).series[0]?.units.at(-1)
    expect(await lastWeek({})).toBeNaN()
    expect(await lastWeek({ allowBackorder: true })).toBe(0)
    expect(await lastWeek({ manageInventory: false })).toBe(0)
  })

  it("cannot sell a kit while one of its parts is out", async () => {
    const use = (inventoryItemId: string) => ({ inventoryItemId, variantId: "variant_1", requiredQuantity: 1 })
    const kit = variant({ items: [use("iitem_1"), use("iitem_2")] })
    const week = Array.from({ length: 7 }, (_, at) => empty(addDays("2026-03-08", at), "iitem_2"))
    expect((await panelOf([sold({})], { stock: week, variants: [kit] })).series[0]?.units.at(-1)).toBeNaN()
  })

  describe("with a variant that took another's place", () => {
    const first = variant({ createdAt: new Date("2026-02-22T00:00:00Z") })
    const heir = variant({ id: "variant_2", categoryId: "pcat_2", createdAt: new Date("2026-03-05T00:00:00Z") })
    const replacements = [{ replacedVariantId: "variant_1", variantId: "variant_2", fromDay: "2026-03-08" }]
    const demand = [sold({ day: "2026-02-22", units: 5 }), sold({ day: "2026-03-02", units: 4 }), sold({ day: "2026-03-09", units: 2 }), sold({ variantId: "variant_2", day: "2026-03-10", units: 3 })]

    it("gives it the history of the other, and keeps that apart from the day on", async () => {
      const panel = await panelOf(demand, { variants: [first, heir], replacements })
      expect(panel.periods).toEqual(["2026-02-22", "2026-03-01", "2026-03-08"])
      expect(panel.series.map(({ seriesId, category, units }) => [seriesId, category, ...units])).toEqual([["variant_2@sloc_1", "pcat_2", 5, 4, 3]])
      expect(panel.retired?.map(({ seriesId, units }) => [seriesId, ...units])).toEqual([["variant_1@sloc_1", NaN, NaN, 2]])
    })

    it("forecasts it before it ever sold", async () =>
      expect((await panelOf(demand.slice(0, 2), { variants: [first, heir], replacements })).series.map(({ seriesId, units }) => [seriesId, ...units])).toEqual([["variant_2@sloc_1", 5, 4, 0]]))

    it("keeps the sales of one that is gone from the shop", async () => {
      const panel = await panelOf(demand, { variants: [heir], replacements })
      expect(panel.series.map(({ seriesId, units }) => [seriesId, ...units])).toEqual([["variant_2@sloc_1", 5, 4, 3]])
      expect(panel.retired).toBeUndefined()
    })

    it("lets the other stand for itself again when the heir is gone", async () => {
      const panel = await panelOf(demand, { variants: [first], replacements })
      expect(panel.series.map(({ seriesId, units }) => [seriesId, ...units])).toEqual([["variant_1@sloc_1", 5, 4, 2]])
    })

    it("tells holidays for those series only that are forecast", async () => {
      const { known, series } = await panelOf(demand, { variants: [first, heir], replacements, holidays: () => [{ day: "2026-03-09", name: "A day off", kind: "public" }] })
      expect([known?.[0]?.values.length, series.length]).toEqual([1, 1])
    })
  })

  it("tells promotions, past and ahead, from the day on which they were made active", async () => {
    const { id: promotionId, ...planned } = promotion({ startsAt: new Date("2026-03-01T00:00:00Z"), endsAt: new Date("2026-03-08T00:00:00Z") })
    const next = { startsAt: new Date("2026-03-17T00:00:00Z"), endsAt: new Date("2026-03-22T00:00:00Z"), activeFrom: new Date("2026-03-12T00:00:00Z") }
    const promotions = [
      { promotionId, withdrawnAt: null, ...planned, activeFrom: new Date("2026-02-20T00:00:00Z") },
      { promotionId: "promo_2", withdrawnAt: null, ...planned, ...next },
    ]
    const createdAt = new Date("2026-02-15T00:00:00Z")
    const sales = [sold({ day: "2026-02-15" }), sold({ variantId: "variant_2", day: "2026-02-15" })]
    const { periods, known } = await panelOf(sales, { variants: [variant({ createdAt }), variant({ id: "variant_2", productId: "prod_2", createdAt })], promotions })
    expect(periods).toEqual(["2026-02-15", "2026-02-22", "2026-03-01", "2026-03-08"])
    expect(known?.map(({ name }) => name)).toEqual(["promotion"])
    // Tuesday to Saturday of the first week ahead: five days of seven
    expect([...(known?.[0]?.values[0] ?? [])].slice(0, 6)).toEqual([0, 0, 1, 0, 5 / 7, 0])
    expect([...(known?.[0]?.since?.[0] ?? [])].slice(0, 6)).toEqual([0, 0, 1, 0, 4, 0])
    expect(new Set(known?.[0]?.values[1])).toEqual(new Set([0]))
    expect((await panelOf(sales, { promotions: promotions.slice(1) })).known).toBeUndefined()
  })

  it("tells the holidays of its weeks and of half a year ahead, and nothing where the shop names no country", async () => {
    // weeks end on Saturdays: Good Friday falls into the third week after 14 March
    const panel = await panelOf([sold({})], { holidays: () => [{ day: "2026-04-03", name: "Good Friday", kind: "public" }] })
    expect(panel.known).toEqual([{ name: "holidays", values: [expect.any(Float64Array)] }])
    const weeks = [...(panel.known?.[0]?.values[0] ?? [])]
    expect(weeks).toHaveLength(panel.periods.length + 27)
    expect(weeks.indexOf(1) - panel.periods.length).toBe(2)
    expect((await panelOf([sold({})])).known).toBeUndefined()
  })
})
