import { chanceOfReaching, protectionQuantile } from "../../../../src/domain/replenishment/protection-quantile"
import { SUM_LEVELS } from "../../../../src/domain/replenishment/types"

/** Units at level q are 100 q. */
const line = SUM_LEVELS.map((level) => 100 * level)

describe("protectionQuantile()", () => {
  it("takes a stored level as it is and interpolates between two", () => {
    expect(protectionQuantile(line, 0.95)).toBe(95)
    expect(protectionQuantile(line, 0.93)).toBeCloseTo(93, 10)
    expect(protectionQuantile(line, 0.001)).toBeCloseTo(0.1, 10)
  })
  // Last step 0.99 → 0.995 is 0.5 units while the remaining chance halves; 0.999 leaves 0.001 = 0.005 / 5: log2(5) steps more
  it("goes on as an exponential tail above the highest level", () => expect(protectionQuantile(line, 0.999)).toBeCloseTo(99.5 + 0.5 * Math.log2(5), 10))
})

describe("chanceOfReaching()", () => {
  it.each([
    [95, 0.05],
    [93, 0.07],
    [0.2, 0.998],
    [0, 1],
    [-3, 1],
    [100, 0.0025], // one step of 0.5 above 99.5: half of 0.005
  ])("of %d units", (units, chance) => expect(chanceOfReaching(line, units)).toBeCloseTo(chance, 10))

  it("undoes protectionQuantile()", () => {
    for (const level of [0.01, 0.33, 0.5, 0.92, 0.995, 0.9999]) expect(1 - chanceOfReaching(line, protectionQuantile(line, level))).toBeCloseTo(level, 10)
  })
  it("counts demand of exactly what is there as running out", () => {
    const count = SUM_LEVELS.map((level) => (level < 0.5 ? 0 : level < 0.9 ? 1 : 2))
    expect(chanceOfReaching(count, 1)).toBeCloseTo(0.5, 10)
    expect(chanceOfReaching(count, 2)).toBeCloseTo(0.1, 10)
  })
  it("is 0 for stock that no future reaches", () => expect(chanceOfReaching(SUM_LEVELS.map(() => 4), 5)).toBe(0))
})
