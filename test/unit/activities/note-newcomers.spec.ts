import { noteNewcomers } from "../../../activities/note-newcomers"
import type { NewcomerRow } from "../../../src/database/stores/newcomer-store"
import type { ShopVariant } from "../../../src/shop/shop-reader"
import { aPanel, aSeries } from "../../support/demand-builders"
import { variant } from "../../support/shop-builders"

const WEEKS = 30
const firstDay = "2023-07-31"
const computedAt = new Date("2023-07-31T02:00:00Z")
/** Six items of a category that began ten weeks into the panel and sell four a week; `variant0@location` … */
const panel = aPanel(Array.from({ length: 6 }, () => aSeries(Array.from({ length: WEEKS }, (_, week) => (week < 10 ? NaN : 4)), { category: "pcat_1", title: "Owl cup" })))
const sold = panel.series.map((_, at) => variant({ id: `variant${at}`, productTitle: `Owl ${at}`, title: "Default variant" }))

const noted = async (created: ShopVariant[], pageSize = 500) => {
  const written: NewcomerRow[] = []
  const removed: Date[] = []
  const asked: string[][] = []
  const since: string[] = []
  let pulses = 0
  await noteNewcomers(
    {
      stores: {
        newcomers: { upsert: async (rows: readonly NewcomerRow[]) => written.push(...rows), removeBefore: async (before: Date) => removed.push(before) },
        prices: {
          asked: async (ids: readonly string[]) => {
            asked.push([...ids])
            return ids.map((variantId) => ({ variantId, amount: 10 }))
          },
        },
      } as unknown as Parameters<typeof noteNewcomers>[0]["stores"],
      reader: {
        variantsOf: async (ids) => [...sold, ...created].filter(({ id }) => ids.includes(id)),
        variantsCreatedSince: async (from, after) => {
          since.push(from.toISOString())
          const start = after === null ? 0 : created.findIndex(({ id }) => id === after) + 1
          const rows = created.slice(start, start + pageSize)
          return { rows, next: start + pageSize < created.length ? (rows.at(-1)?.id ?? null) : null }
        },
      },
    },
    panel,
    { firstDay, computedAt },
    () => void pulses++
  )
  return { written, removed, asked, since, pulses }
}

describe("noteNewcomers()", () => {
  it("writes what others of its category and price sold when they were new, and which they were", async () => {
    const { written, removed, since } = await noted([variant({ id: "young", productTitle: "Owl jug", title: "Blue" })])
    expect(written).toMatchObject([
      { variantId: "young", productId: "prod_1", title: "Owl jug – Blue", sku: "CUP", inventoryItemIds: ["iitem_1"], knownWeeks: 0, mean: 4, hasCategory: true, ofCategory: 6, ofPrice: 6, computedAt },
    ])
    expect(removed).toEqual([computedAt])
    expect(since).toEqual(["2023-06-05T00:00:00.000Z"]) // eight weeks before
  })

  it("leaves out what is not offered, and what sells already", async () => {
    const created = [variant({ id: "draft", isPublished: false }), variant({ id: "gift", isGiftCard: true }), variant({ id: "variant0" }), variant({ id: "young" })]
    expect((await noted(created)).asked).toEqual([["young"]])
  })

  it("reads page by page, and takes the youngest of thousands", async () => {
    const { written, asked, pulses } = await noted(Array.from({ length: 2_001 }, (_, at) => variant({ id: `young${String(at).padStart(4, "0")}` })))
    expect(asked[0]).toHaveLength(2_000)
    expect(asked[0]?.[0]).toBe("young0001")
    expect(written).toHaveLength(2_000)
    expect(pulses).toBe(5 + 4)
  })

  it("forgets those of earlier runs where nothing is new", async () => expect(await noted([])).toMatchObject({ written: [], removed: [computedAt] }))
})
