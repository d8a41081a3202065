import { createRandom, nextNormal } from "../../../src/domain/random"

describe("createRandom()", () => {
  // First numbers of the published mulberry32 for seed 42, computed with its reference code.
  it("gives mulberry32's numbers", () => {
    const random = createRandom(42)
    expect([random(), random(), random()]).toEqual([0.6011037519201636, 0.44829055899754167, 0.8524657934904099])
  })
  it("gives the same numbers for the same seed and others for another", () => {
    const [one, same, other] = [createRandom(7), createRandom(7), createRandom(8)].map((random) => [random(), random(), random()])
    expect(one).toEqual(same)
    expect(one).not.toEqual(other)
  })
})

describe("nextNormal()", () => {
  it("has mean 0 and standard deviation 1", () => {
    const random = createRandom(1)
    const values = Array.from({ length: 20_000 }, () => nextNormal(random))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(values.length)) // four standard errors
    expect(Math.abs(sd - 1)).toBeLessThan(4 / Math.sqrt(2 * values.length))
  })
})
