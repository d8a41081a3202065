import { DemandLists, pageOfLines, pathDraws, type DemandLine } from "../../../../src/modules/foresight/demand-list"
import { NO_CATEGORY, type DemandLevel, type DemandPicture } from "../../../../src/modules/foresight/demand-picture"
import { pictureSeries as series } from "../../../support/picture-series"

const picture = (): DemandPicture => ({
  firstDay: "2026-03-02",
  series: [
    series({}, 0),
    series({ locationId: "l2", historyWeeks: 9 }, 1),
    series({ variantId: "v2", sku: null, variantTitle: "Default variant", productId: "p2", productTitle: "hat", categoryId: null, demandClass: "lumpy" }, 2),
  ],
  categories: new Map([["c1", "Kitchen"]]),
  overrides: [],
  soldLately: new Map([["v1", 50]]),
})

describe("DemandLists", () => {
  const linesOf = async (level: DemandLevel) => new DemandLists().of(picture(), level)

  it("add up locations, variants and categories; sales of a variant count once", async () => {
    expect(await linesOf("variant")).toMatchObject([
      { id: "v1", title: "Cup – Small", sku: "CUP-S", series: 2, demandClass: "smooth", historyWeeks: 52, sold: 50, next: { mean: 80, low: 80, high: 80 }, change: 80 / 50 - 1 },
      { id: "v2", title: "hat", sku: null, series: 1, demandClass: "lumpy", sold: 0, next: { mean: 40 }, change: null },
    ])
    expect((await linesOf("product")).map(({ id, title, demandClass }) => [id, title, demandClass])).toEqual([["p1", "Cup", null], ["p2", "hat", null]])
    expect((await linesOf("category")).map(({ id, title }) => [id, title])).toEqual([["c1", "Kitchen"], [NO_CATEGORY, null]])
    expect(await linesOf("shop")).toMatchObject([{ id: "all", title: null, series: 3, sold: 50, next: { mean: 120, low: 120, high: 120 } }])
  })

  it("work each level of a picture out once", async () => {
    const lists = new DemandLists()
    const one = picture()
    expect(await lists.of(one, "product")).toBe(await lists.of(one, "product"))
    expect(await lists.of(picture(), "product")).not.toBe(await lists.of(one, "product"))
  })
})

describe("a line's range", () => {
  it("is drawn when somebody reads it, and once", async () => {
    const ranks = jest.spyOn(pathDraws, "ranks")
    try {
      const [line] = await new DemandLists().of(picture(), "variant")
      expect([line?.expected, ranks.mock.calls.length]).toEqual([80, 0])
      expect(line?.next).toEqual({ mean: 80, low: 80, high: 80 })
      const { length } = ranks.mock.calls
      expect(length).toBeGreaterThan(0)
      expect(line?.next.mean).toBe(80)
      expect(ranks.mock.calls).toHaveLength(length)
    } finally {
      ranks.mockRestore()
    }
  })

  it("is drawn of all lines beforehand where they are to be sorted by it", async () => {
    const lists = new DemandLists()
    const one = picture()
    const lines = await lists.drawn(one, "product")
    const ranks = jest.spyOn(pathDraws, "ranks")
    expect(lines.map(({ next }) => next.mean)).toEqual([80, 40])
    expect(ranks).not.toHaveBeenCalled()
    ranks.mockRestore()
    expect(await lists.of(one, "product")).toBe(lines)
  })
})

describe("pageOfLines()", () => {
  const line = (id: string, own: Partial<DemandLine>): DemandLine => ({ id, title: id, sku: null, thumbnail: null, productId: null, series: 1, demandClass: "smooth", historyWeeks: 9, sold: 1, expected: own.next?.mean ?? 1, next: { mean: 1, low: 0, high: 2 }, change: 0, isOverridden: false, ...own })
  const lines = [line("b", { sku: "X-1", change: null, next: { mean: 0, low: 0, high: 0 } }), line("a", { change: 0.5, next: { mean: 9, low: 8, high: 10 } }), line("c", { demandClass: "new", sold: 7 })]
  const ids = (own: Partial<Parameters<typeof pageOfLines>[1]>) => pageOfLines(lines, { order: "-expected", limit: 10, offset: 0, ...own }).lines.map(({ id }) => id).join("")

  it("sorts either way, ties by title, what has no value last", () => {
    expect(ids({})).toBe("acb")
    expect(ids({ order: "expected" })).toBe("bca")
    expect(ids({ order: "-change" })).toBe("acb")
    expect(ids({ order: "change" })).toBe("cab")
    expect(ids({ order: "-uncertainty" })).toBe("cab")
    expect(ids({ order: "-sold" })).toBe("cab")
    expect(ids({ order: "title" })).toBe("abc")
  })
  it("searches titles and SKUs, filters and pages", () => {
    expect(ids({ q: "x-" })).toBe("b")
    expect(ids({ demandClass: "new" })).toBe("c")
    expect(pageOfLines(lines, { order: "title", limit: 1, offset: 1 })).toMatchObject({ lines: [{ id: "b" }], count: 3 })
  })
})
