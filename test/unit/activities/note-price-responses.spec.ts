import { notePriceResponses } from "../../../activities/note-price-responses"
import type { StoredPriceResponse } from "../../../src/database/stores/price-response-store"
import { priceResponses } from "../../../src/domain/demand/price-response"
import { aPanel, aSeries } from "../../support/demand-builders"

const computedAt = new Date("2023-07-03T02:00:00Z")

const noted = async (panel: Parameters<typeof priceResponses>[0]) => {
  const written: StoredPriceResponse[] = []
  const pages: number[] = []
  const removed: Date[] = []
  const store = {
    upsert: async (rows: readonly StoredPriceResponse[]) => {
      pages.push(rows.length)
      return written.push(...rows)
    },
    removeBefore: async (before: Date) => removed.push(before),
  }
  await notePriceResponses({ priceResponses: store } as unknown as Parameters<typeof notePriceResponses>[0], priceResponses(panel), computedAt, () => undefined)
  return { written, pages, removed }
}

describe("notePriceResponses()", () => {
  it("keeps a row a variant, and forgets those of earlier runs", async () => {
    const { written, removed } = await noted(aPanel([aSeries(new Array<number>(26).fill(100))]))
    expect(written).toMatchObject([{ variantId: "variant0", weeks: 26, usualPrice: 10, elasticity: null, promotionEffect: null, promotionWeeks: 0, computedAt }])
    expect(removed).toEqual([computedAt])
  })

  it("writes many in pages", async () => expect((await noted(aPanel(Array.from({ length: 501 }, () => aSeries([1, 1]))))).pages).toEqual([500, 1]))

  it("has nothing to write of an empty shop, and still forgets what was", async () => expect(await noted(aPanel([]))).toEqual({ written: [], pages: [], removed: [computedAt] }))
})
