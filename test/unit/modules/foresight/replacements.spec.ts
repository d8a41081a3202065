import type { NewVariantReplacement, VariantReplacement } from "../../../../src/database/stores/replacement-store"
import { Replacements } from "../../../../src/modules/foresight/replacements"
import type { ShopQuery } from "../../../../src/shop/shop-query"
import { shopReader, variant } from "../../../support/shop-builders"

const query = {} as ShopQuery
const now = new Date("2026-03-04T23:30:00Z") // the 5th in Berlin
const wish = { variantId: "new", replacedVariantId: "old", fromDay: "2026-03-05" }
const held = (replacedVariantId: string, variantId: string): VariantReplacement => ({ ...wish, id: `${replacedVariantId}>${variantId}`, replacedVariantId, variantId, createdBy: "u", createdAt: now, endedBy: null, endedAt: null })

function setUp({ there = ["new", "old"], sold = [] as string[], active = [] as VariantReplacement[] } = {}) {
  const added: NewVariantReplacement[] = []
  const replacements = {
    add: async (one: NewVariantReplacement) => void added.push(one),
    end: async (id: string, by: string, at: Date) => ({ ...held("old", "new"), id, endedBy: by, endedAt: at }),
    active: async () => active,
    wasSold: async (id: string) => sold.includes(id),
    list: async () => ({ replacements: active, count: active.length }),
  }
  const reader = shopReader({ variantsOf: async (ids) => ids.filter((id) => there.includes(id)).map((id) => variant({ id, sku: id.toUpperCase(), title: "Small", productTitle: `Cup ${id}` })) })
  return { desk: new Replacements({ replacements }, "Europe/Berlin", () => now, () => reader), added }
}

describe("Replacements", () => {
  it("keeps who took whose place, since when, and who said so", async () => {
    const { desk, added } = setUp()
    expect(await desk.add(query, wish, "user_1")).toMatchObject({ variant: { title: "Cup new – Small", sku: "NEW" }, replacedVariant: { sku: "OLD" }, endedAt: null })
    expect(added).toMatchObject([{ ...wish, createdBy: "user_1", createdAt: now }])
  })

  it("takes one that is gone from the shop where it was ever sold", async () => {
    expect(await setUp({ there: ["new"], sold: ["old"] }).desk.add(query, wish, "u")).toMatchObject({ replacedVariant: null })
    await expect(setUp({ there: ["new"] }).desk.add(query, wish, "u")).rejects.toMatchObject({ code: "not_found", message: expect.stringContaining("old") as string })
  })

  it("refuses an heir that the shop does not have, and a day that is still ahead", async () => {
    const { desk, added } = setUp({ there: ["old"] })
    await expect(desk.add(query, wish, "u")).rejects.toMatchObject({ code: "not_found" })
    await expect(setUp().desk.add(query, { ...wish, fromDay: "2026-03-06" }, "u")).rejects.toMatchObject({ code: "invalid_settings", message: expect.stringContaining("2026-03-05") as string })
    expect(added).toEqual([])
  })

  it("ends one with who did it", async () => expect(await setUp().desk.end(query, "r1", "user_2")).toMatchObject({ id: "r1", endedBy: "user_2", endedAt: now }))

  it("tells from whom a variant inherits, the nearest first, and who inherits from it", async () => {
    const { desk } = setUp({ active: [held("a", "b"), held("b", "c"), held("c", "d"), held("x", "y")], there: ["a"] })
    const around = await desk.around(query, "c")
    expect(around.inheritsFrom.map(({ replacedVariantId, replacedVariant }) => [replacedVariantId, replacedVariant?.sku])).toEqual([["b", undefined], ["a", "A"]])
    expect(around.replacedBy?.variantId).toBe("d")
    expect(await desk.around(query, "z")).toEqual({ inheritsFrom: [], replacedBy: null })
  })
})
