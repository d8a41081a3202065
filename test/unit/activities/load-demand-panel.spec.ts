import { loadDemandPanel, type PanelSource } from "../../../activities/load-demand-panel"
import { addDays, type Day } from "../../../src/domain/day"
import { shopReader, variant } from "../../support/shop-builders"

type Demand = Awaited<ReturnType<PanelSource["stores"]["demand"]["rowsForPanel"]>>[number]
const sold = (own: Partial<Demand>): Demand => ({ variantId: "variant_1", locationId: "sloc_1", day: "2026-03-01", units: 3, returnedUnits: 0, orders: 1, unitPrice: 10, ...own })

const empty = (day: Day, inventoryItemId = "iitem_1") => ({ inventoryItemId, locationId: "sloc_1", day, stocked: 0, reserved: 0, incoming: 0, inStockFraction: 0, assumed: false })

const panelOf = (demand: Demand[], { stock = [], variants = [variant()], holidays = () => [] }: { stock?: ReturnType<typeof empty>[]; variants?: ReturnType<typeof variant>[]; holidays?: PanelSource["holidays"] } = {}) => {
  const stores = {
    demand: { rowsForPanel: async ({ variantIds = [] }: { variantIds?: readonly string[] }) => demand.filter(({ variantId }) => variantIds.includes(variantId)) },
    stock: { range: async ({ inventoryItemIds = [] }: { inventoryItemIds?: readonly string[] }) => stock.filter(({ inventoryItemId }) => inventoryItemIds.includes(inventoryItemId)) },
  } as unknown as PanelSource["stores"]
  // two pages, so that the walk is seen
  const reader = shopReader({ variantsPage: async (after) => (after ? { rows: variants.slice(1), next: null } : { rows: variants.slice(0, 1), next: "more" }) })
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
