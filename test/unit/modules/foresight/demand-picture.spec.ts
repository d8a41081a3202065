import type { Stores } from "../../../../src/database/stores"
import { DemandPictures } from "../../../../src/modules/foresight/demand-picture"
import type { ShopQuery } from "../../../../src/shop/shop-query"

const query = { graph: async () => ({ data: [] }) } as unknown as ShopQuery

function setUp() {
  const state = { stamp: "run 1", time: Date.UTC(2026, 2, 2, 10), reads: 0, fails: false }
  const stores = {
    demandSeries: {
      stamp: async () => state.stamp,
      outlooks: async () => {
        state.reads += 1
        if (state.fails) throw new Error("away")
        return []
      },
    },
    demandOverrides: { stamp: async () => "", active: async () => [] },
    demandWeeks: { soldByVariant: async () => new Map() },
  } as unknown as Stores
  return { state, pictures: new DemandPictures(stores, "UTC", () => new Date(state.time)) }
}

describe("DemandPictures", () => {
  it("reads a run once, for all who ask at the same moment too", async () => {
    const { state, pictures } = setUp()
    await Promise.all([pictures.current(query), pictures.current(query)])
    await pictures.current(query)
    expect(state.reads).toBe(1)
  })

  it("waits for a new run, and for a new day", async () => {
    const { state, pictures } = setUp()
    const first = await pictures.current(query)
    state.stamp = "run 2"
    expect(await pictures.current(query)).not.toBe(first)
    state.time += 86_400_000
    await pictures.current(query)
    expect(state.reads).toBe(3)
  })

  it("answers with what it has while newer sales are read behind the answer", async () => {
    const { state, pictures } = setUp()
    const first = await pictures.current(query)
    state.time += 60_000
    expect(await pictures.current(query)).toBe(first)
    expect(state.reads).toBe(2)
    await new Promise((resolve) => setImmediate(resolve))
    expect(await pictures.current(query)).not.toBe(first)
  })

  it("does not remember a failed reading", async () => {
    const { state, pictures } = setUp()
    state.fails = true
    await expect(pictures.current(query)).rejects.toThrow("away")
    state.fails = false
    expect((await pictures.current(query)).firstDay).toBeNull()
  })
})
