import { exactDuplicates, type ComparableLine } from "../../../../src/domain/cleaning/exact-duplicates"
import fc from "../../../support/properties"

const line = (key: string, own: Partial<ComparableLine> = {}): ComparableLine => ({ key, orderId: "536409", name: "purchase", sku: "21866", quantity: 1, unitPrice: 1.25, customer: "17908", at: 0, ...own })

describe("exactDuplicates()", () => {
  it("finds all but one of the same lines", () => expect(exactDuplicates([line("b"), line("a"), line("c"), line("d", { sku: "22866" })])).toEqual(["b", "c"]))
  it.each<[string, Partial<ComparableLine>]>([
    ["another order", { orderId: "536410" }],
    ["a return", { name: "refund" }],
    ["another quantity", { quantity: 2 }],
    ["another price", { unitPrice: 1.26 }],
    ["another customer", { customer: null }],
    ["another moment", { at: 60_000 }],
  ])("takes %s for another line", (_case, own) => expect(exactDuplicates([line("a"), line("b", own)])).toEqual([]))

  it("finds the same lines in any order, and nothing more in what is left (10,000 cases)", () => {
    const some = fc.uniqueArray(fc.record({ key: fc.string({ minLength: 1, maxLength: 3 }), quantity: fc.integer({ min: 1, max: 3 }), at: fc.integer({ min: 0, max: 1 }) }), { selector: ({ key }) => key, maxLength: 12 })
    fc.assert(
      fc.property(some, (given) => {
        const lines = given.map(({ key, ...own }) => line(key, own))
        const found = exactDuplicates(lines)
        expect(exactDuplicates([...lines].reverse()).sort()).toEqual([...found].sort())
        expect(exactDuplicates(lines.filter(({ key }) => !found.includes(key)))).toEqual([])
        expect(lines.length - found.length).toBe(new Set(lines.map(({ quantity, at }) => `${quantity} ${at}`)).size)
      }),
      { numRuns: 10_000 }
    )
  })
})
