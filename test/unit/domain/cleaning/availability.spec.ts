import { inStockShare, variantShare } from "../../../../src/domain/cleaning/availability"
import fc from "../../../support/properties"

const HOUR = 3_600_000
const at = (hour: number, available: number) => ({ at: hour * HOUR, available })
const share = (moments: Parameters<typeof inStockShare>[0], from = 0, to = 24) => inStockShare(moments, from * HOUR, to * HOUR)

describe("inStockShare()", () => {
  it("weights by time", () => expect(share([at(0, 5), at(6, 0), at(18, 12)])).toBe(0.5)) // 6 h before, 6 h after
  it("begins with what was so the evening before", () => expect(share([at(-3, 0), at(12, 4)])).toBe(0.5))
  it("counts only the time it knows", () => expect(share([at(12, 4), at(18, 0)])).toBe(0.5)) // 12 h known, 6 of them in stock
  it("knows nothing where nobody looked", () => {
    expect(share([])).toBeNull()
    expect(share([at(30, 5)])).toBeNull()
  })
  it("takes one look for the whole while no time has passed", () => {
    expect(share([at(0, 0)], 0, 0)).toBe(0)
    expect(share([at(0, 3)], 0, 0)).toBe(1)
  })
  it("sells nothing that is all reserved", () => expect(share([at(0, 0), at(6, -2)])).toBe(0))

  const moments = fc.array(fc.record({ at: fc.integer({ min: -48, max: 48 }), available: fc.integer({ min: -2, max: 3 }) }), { maxLength: 12 })
  const distinct = fc.uniqueArray(fc.record({ at: fc.integer({ min: -48, max: 48 }), available: fc.integer({ min: -2, max: 3 }) }), { selector: (moment) => moment.at, maxLength: 12 })
  it("lies in [0, 1], and adds up over the parts of a day (10,000 cases)", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 23 }), (given, middle) => {
        const known = [{ at: -100, available: 1 }, ...given]
        const whole = inStockShare(known, 0, 24) as number
        expect(whole >= 0 && whole <= 1).toBe(true)
        const parts = ((inStockShare(known, 0, middle) as number) * middle + (inStockShare(known, middle, 24) as number) * (24 - middle)) / 24
        expect(parts).toBeCloseTo(whole, 9)
      }),
      { numRuns: 10_000 }
    )
  })
  it("does not depend on the order of notes, nor on a note twice (10,000 cases)", () => {
    fc.assert(
      fc.property(distinct, (given) => {
        const expected = inStockShare(given, 0, 24)
        expect(inStockShare([...given].reverse(), 0, 24)).toBe(expected)
        expect(inStockShare([...given, ...given], 0, 24)).toBe(expected)
      }),
      { numRuns: 10_000 }
    )
  })
})

describe("variantShare()", () => {
  it.each([
    [[1], 1],
    [[0.75, 0.25], 0.25],
    [[1, 0], 0],
    [[1, null], null],
    [[0, null], 0], // whatever the other part was, the kit could not be sold
    [[null], null],
    [[], null],
  ])("of %j is %j", (items, expected) => expect(variantShare(items)).toBe(expected))
})
