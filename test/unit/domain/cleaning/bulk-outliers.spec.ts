import { BULK_FLOOR, bulkDetail, bulkOutliers } from "../../../../src/domain/cleaning/bulk-outliers"
import fc from "../../../support/properties"

const lines = (...pairs: [quantity: number, lines: number][]) => new Map(pairs)
/** A shop that sells singles and dozens: median 1, half of all lines within ln 2 of it, so that lines above 2 · 2⁴ = 16 units are far outside. */
const SHOP = lines([1, 600], [2, 200], [12, 100])

describe("bulkOutliers()", () => {
  it("finds a line far outside what the item and the shop sell", () => {
    // 30 lines of 1 to 4: the item's limit is 1 · 2⁵ = 32 units, below the floor of 50
    expect(bulkOutliers(lines([1, 20], [2, 8], [4, 2], [80_995, 1]), SHOP)).toEqual([80_995])
  })
  it("leaves a buyer alone who comes again with as much", () => {
    expect(bulkOutliers(lines([1, 30], [300, 1]), SHOP)).toEqual([300])
    expect(bulkOutliers(lines([1, 30], [300, 3]), SHOP)).toEqual([])
    expect(bulkOutliers(lines([1, 30], [300, 1], [240, 1], [120, 1]), SHOP)).toEqual([]) // 120 is more than a third of 300
  })
  it("keeps an item's own way of selling: cartons of 144 among singles of other items", () => {
    expect(bulkOutliers(lines([144, 25], [288, 4], [720, 1]), SHOP)).toEqual([]) // limit 144 · 2⁵ = 4,608
  })
  it("asks the shop alone where the item has few lines", () => {
    expect(bulkOutliers(lines([74_215, 1]), SHOP)).toEqual([74_215])
    expect(bulkOutliers(lines([48, 1]), SHOP)).toEqual([]) // outside, but below the floor
  })
  it("is as wide as the shop where the shop's quantities are wide", () => {
    // ln quantity: median ln 10, half of the lines a factor of 10 away: s = 1.4826 · ln 10; limit 10 · e^(4 s) ≈ 8.5 million
    expect(bulkOutliers(lines([10_000, 1]), lines([1, 30], [10, 40], [100, 30], [1000, 10]))).toEqual([])
  })
  it("finds nothing in nothing", () => expect(bulkOutliers(lines(), lines())).toEqual([]))

  const quantities = fc.array(fc.tuple(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 40 })), { maxLength: 12 })
  it("does not depend on the order of lines, names only what was sold, and never a small line (10,000 cases)", () => {
    fc.assert(
      fc.property(quantities, quantities, (item, shop) => {
        const found = bulkOutliers(new Map(item), new Map(shop))
        expect(bulkOutliers(new Map([...new Map(item)].reverse()), new Map([...new Map(shop)].reverse()))).toEqual(found)
        for (const quantity of found) {
          expect(new Map(item).has(quantity)).toBe(true)
          expect(quantity).toBeGreaterThan(BULK_FLOOR)
        }
        expect(found.length).toBeLessThanOrEqual(2)
      }),
      { numRuns: 10_000 }
    )
  })
})

describe("bulkDetail()", () => {
  it("compares with the item, or with the shop where the item is new", () => {
    expect(bulkDetail(80_995, lines([1, 15], [12, 10], [48, 5], [80_995, 1]), SHOP)).toBe("80,995 units in one line; this item's lines are usually 1–48")
    expect(bulkDetail(74_215, lines([74_215, 1]), SHOP)).toBe("74,215 units in one line; this shop's lines are usually 1–12")
    expect(bulkDetail(500.5, lines([1, 40]), SHOP)).toBe("500.5 units in one line; this item's lines are usually 1")
  })
})
