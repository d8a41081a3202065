import { createWeightedDraw, Random } from "../../../../demo/simulator/random"

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const draw = (times: number, one: () => number) => Array.from({ length: times }, one)

describe("Random", () => {
  it("repeats for a seed, and differs between seeds and streams", () => {
    const first = (seed: number, stream: number) => {
      const random = new Random(seed, stream)
      return draw(5, () => random.unit())
    }
    expect(first(1, 2)).toEqual(first(1, 2))
    expect(first(1, 2)).not.toEqual(first(2, 2))
    expect(first(1, 2)).not.toEqual(first(1, 3))
  })
  // Standard errors at 20,000 draws are below 0.03 in each case; the bounds are more than four of them.
  it("has the means and spreads it names", () => {
    const random = new Random(7)
    expect(mean(draw(20_000, () => random.unit()))).toBeCloseTo(0.5, 1)
    expect(Math.abs(mean(draw(20_000, () => random.poisson(3))) - 3)).toBeLessThan(0.06)
    expect(Math.abs(mean(draw(20_000, () => random.geometric(2.5))) - 2.5)).toBeLessThan(0.08)
    const gamma = draw(20_000, () => random.gammaMeanOne(8))
    expect(Math.abs(mean(gamma) - 1)).toBeLessThan(0.015)
    expect(Math.abs(mean(gamma.map((value) => (value - 1) ** 2)) - 1 / 8)).toBeLessThan(0.01)
    const normal = draw(20_000, () => random.normal())
    expect(Math.abs(mean(normal))).toBeLessThan(0.03)
    expect(Math.abs(mean(normal.map((value) => value ** 2)) - 1)).toBeLessThan(0.05)
  })
  it("draws by weight, both ways", () => {
    const random = new Random(3)
    const alias = createWeightedDraw([1, 0, 3])
    for (const one of [() => random.weighted([1, 0, 3]), () => alias(random)]) {
      const drawn = draw(20_000, one)
      expect(drawn).not.toContain(1)
      expect(Math.abs(drawn.filter((index) => index === 2).length / 20_000 - 0.75)).toBeLessThan(0.015)
    }
  })
})
