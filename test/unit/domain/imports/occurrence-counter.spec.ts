import { OccurrenceCounter } from "../../../../src/domain/imports/occurrence-counter"
import fc from "../../../support/properties"

describe("OccurrenceCounter", () => {
  it("counts as a map would, in any order", () =>
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 200 }), (texts) => {
        const counter = new OccurrenceCounter()
        const map = new Map<string, number>()
        for (const text of texts) {
          map.set(text, (map.get(text) ?? 0) + 1)
          expect(counter.next(text)).toBe(map.get(text))
        }
      }),
      { numRuns: 300 }
    ))

  it("tells 300,000 order lines apart while it grows, and knows them all afterwards", () => {
    const counter = new OccurrenceCounter()
    const texts = Array.from({ length: 300_000 }, (_, at) => `${536_365 + (at >> 4)}\0SKU${at % 4000}`)
    const distinct = new Set(texts).size
    expect(texts.filter((text) => counter.next(text) === 1)).toHaveLength(distinct)
    expect(texts.filter((text) => counter.next(text) === 1)).toHaveLength(0)
  })

  it("counts beyond a byte", () => {
    const counter = new OccurrenceCounter()
    let last = 0
    for (let times = 0; times < 1000; times += 1) last = counter.next("x")
    expect(last).toBe(1000)
    expect(counter.next("y")).toBe(1)
  })
})
