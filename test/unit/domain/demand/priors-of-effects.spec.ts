import { priorsOfEffects } from "../../../../src/domain/demand/priors-of-effects"

const effect = (group: string, mean: number, variance = 1) => ({ group, mean, variance })

describe("priorsOfEffects()", () => {
  it("says nothing of an item without others", () => expect(priorsOfEffects([effect("a", -2, 4)], 0.5)).toEqual([null]))
  it("says nothing of nothing", () => expect(priorsOfEffects([], 0.5)).toEqual([]))

  // the squares, 1 / (1 + τ²) each, add up to the one free value at τ² = 1; the other item is known with 1 + 1, and an item of its group varies by 1 more
  it("tells of an item what the others of its group say", () => {
    const [one, two] = priorsOfEffects([effect("a", -1), effect("a", -3)], 0.1)
    expect([one?.mean, two?.mean]).toEqual([expect.closeTo(-3, 9), expect.closeTo(-1, 9)])
    expect(one?.variance).toBeCloseTo(3, 6)
  })

  // τ² = 1 (least); means vary by 1 + 1; ω² = 0.25 (least): the other group is known with 2 + 0.25, this one varies from it by 0.25 and the item by 1 more
  it("tells of a group of one what the other groups say", () => expect(priorsOfEffects([effect("a", -2), effect("b", -4)], 1)[0]).toEqual({ mean: expect.closeTo(-4, 9) as number, variance: expect.closeTo(3.5, 9) as number }))

  it("never uses an item's own sales for what it says of it", () => {
    const others = [effect("a", -2, 0.1), effect("a", -2.4, 0.3), effect("b", -1, 0.2)]
    // one that is too unsure to move what is thought of how alike items are
    const [mild] = priorsOfEffects([effect("a", -2, 1e6), ...others], 0.5)
    const [wild] = priorsOfEffects([effect("a", 900, 1e6), ...others], 0.5)
    expect(wild?.mean).toBeCloseTo(mild?.mean ?? NaN, 3)
  })

  it("does not believe items to be more alike than the least", () => {
    const [first] = priorsOfEffects(Array.from({ length: 40 }, () => effect("a", -2, 0.01)), 0.5)
    expect(first?.mean).toBeCloseTo(-2, 9)
    expect(first?.variance).toBeGreaterThan(0.25)
    expect(first?.variance).toBeLessThan(0.27)
  })
})
