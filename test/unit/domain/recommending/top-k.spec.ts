import { createRandom } from "../../../../src/domain/random"
import { TopK } from "../../../../src/domain/recommending/top-k"

describe("TopK", () => {
  it("keeps the same as a full sort, equal values by index, whatever the order of offers", () => {
    const next = createRandom(3)
    const offers = Array.from({ length: 500 }, (_, index) => ({ index, value: Math.floor(next() * 40) }))
    const expected = [...offers].sort((one, two) => two.value - one.value || one.index - two.index).slice(0, 17)
    for (const order of [offers, [...offers].reverse()]) {
      const best = new TopK(17)
      for (const { index, value } of order) best.offer(index, value)
      expect(best.drain()).toEqual(expected)
      expect(best.drain()).toEqual([])
    }
  })

  it("keeps nothing when k is 0", () => {
    const best = new TopK(0)
    best.offer(1, 1)
    expect(best.drain()).toEqual([])
  })
})
