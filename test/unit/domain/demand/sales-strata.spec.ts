import { isOtherPrice, salesStrata } from "../../../../src/domain/demand/sales-strata"
import { aPanel, aSeries } from "../../../support/demand-builders"

const QUARTER = 13
const tens = (weeks = QUARTER) => new Array<number>(weeks).fill(10)
const only = (units: number[], price: number[]) => salesStrata(aPanel([aSeries(units, { price: Float64Array.from(price) })]), [])[0]!
const at = (values: number[], changes: Record<number, number>) => values.map((value, week) => changes[week] ?? value)

describe("salesStrata()", () => {
  it("cuts a series into quarters from its end", () => {
    const quarters = only(tens(20), tens(20))
    expect(quarters.map(({ units, quartersBack, usualPrice }) => [units.length, quartersBack, usualPrice])).toEqual([
      [13, 0, 10],
      [7, 1, 10],
    ])
  })

  it("begins with the series and leaves a quarter without a sale out", () => {
    const units = [...new Array<number>(10).fill(NaN), ...new Array<number>(3).fill(0), ...tens()]
    expect(only(units, units.map((sold) => (sold > 0 ? 10 : NaN)))).toHaveLength(1)
  })

  // the other sold 12 · 10 + 20 in 13 weeks: 10.77 is usual. Its strong week: shop (20 + 20) / (10.77 + 20) = 1.3; category (20 + 20 · 1.3) / (10.77 + 20) = 1.495
  it("takes from others, not from the item itself, what a week was like", () => {
    const [own] = salesStrata(aPanel([aSeries(at(tens(), { 4: 99 })), aSeries(at(tens(), { 2: 20 }))]), [])[0]!
    expect(own?.exposure[2]).toBeCloseTo(1.495, 3)
    expect(own?.exposure[4]).toBe(own?.exposure[5])
  })

  it("does not take others' offers for the season", () => {
    const offer = aSeries(at(tens(), { 2: 50 }), { price: Float64Array.from(at(tens(), { 2: 7 })) })
    const [own] = salesStrata(aPanel([aSeries(tens()), offer]), [])[0]!
    expect(own?.exposure[2]).toBeCloseTo(1, 9)
  })

  it("says a week without a sale had the price on both sides of it, else the usual one", () => {
    // week 4 stands between two sales at 8, week 8 between one at 10 and one at 7; what is not sold at is carried forward
    const [quarter] = only(at(tens(), { 4: 0, 8: 0 }), at(tens(), { 3: 8, 4: 8, 5: 8, 8: 10, 9: 7 }))
    expect(quarter?.price.map((price) => Number(Math.exp(price).toFixed(3)))).toEqual(at(new Array<number>(QUARTER).fill(1), { 3: 0.8, 4: 0.8, 5: 0.8, 9: 0.7 }))
  })

  it("leaves out the week in which the price changed, and those of which nobody knows the demand", () => {
    const mixed = only(tens(), at(tens(), { 2: 9, 3: 8, 4: 8 }))
    expect(mixed[0]?.units).toHaveLength(12)
    expect(only(at(tens(), { 6: NaN }), tens())[0]?.units).toHaveLength(12)
    const madeUp = Float64Array.from(at(new Array<number>(QUARTER).fill(0), { 6: 3, 7: 0.1 }))
    expect(salesStrata(aPanel([aSeries(tens(), { madeUp })]), [])[0]?.[0]?.units).toHaveLength(12)
  })

  it("counts a week as promoted by its known days, or by a price at which people speak of an offer", () => {
    const promoted = Float64Array.from(at(new Array<number>(QUARTER).fill(0), { 1: 3 / 7 }))
    const price = Float64Array.from(at(tens(), { 5: 9.4, 9: 9.7 }))
    const [quarter] = salesStrata(aPanel([aSeries(tens(), { price })]), [promoted])[0]!
    expect(quarter?.promotion).toEqual(at(new Array<number>(QUARTER).fill(0), { 1: 3 / 7, 5: 1 }))
  })
})

describe("isOtherPrice()", () => {
  it("lets prices within 2% pass as the same", () => expect([Math.log(0.97), Math.log(0.99), 0, Math.log(1.03)].map(isOtherPrice)).toEqual([true, false, false, true]))
})
