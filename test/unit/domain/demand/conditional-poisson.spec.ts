import { believedSlope, causeEffect, VAGUE_SLOPE } from "../../../../src/domain/demand/conditional-poisson"
import fc from "../../../support/properties"

const even = [1, 1, 1, 1]

describe("causeEffect()", () => {
  // twice as many with the cause: slope ln 2; shares 1/6, 1/6, 1/3, 1/3 of 60: information 60 · (2/3 · 1/3) = 13.33, no residual, so variance 1 / 13.34
  it("finds the ratio of units with and without", () => {
    const effect = causeEffect([{ units: [10, 10, 20, 20], exposure: even, cause: [0, 0, 1, 1] }])
    expect(effect?.mean).toBeCloseTo(Math.log(2), 2)
    expect(effect?.variance).toBeCloseTo(1 / 13.3433, 4)
  })

  // the same sums. Quasi-Poisson: residual 4 + 4 + 25 + 25 = 58 over 60 · (2 · 5/36 + 2 · 2/9) = 43.33, times 4 periods over 2 free ones: φ = 2.677, 2.677 / 13.34 = 0.2006.
  // Robust, the larger: all four have the leverage 1/2: 4 · (8 · 4/9 + 50 · 1/9) / 13.34² = 0.2047
  it("is less sure the more units vary", () => expect(causeEffect([{ units: [8, 12, 15, 25], exposure: even, cause: [0, 0, 1, 1] }])?.variance).toBeCloseTo(0.2047, 3))

  it("divides by what moves all at once", () =>
    expect(causeEffect([{ units: [10, 20, 40, 20], exposure: [1, 2, 2, 1], cause: [0, 0, 1, 1] }])?.mean).toBeCloseTo(Math.log(2), 3))

  it("does not take a level that changes from stratum to stratum for an effect", () => {
    const before = { units: [10, 10, 20], exposure: [1, 1, 1], cause: [0, 0, 1] }
    const later = { units: [500, 500, 1000], exposure: [1, 1, 1], cause: [1, 1, 2] } // dearer, and sold more for other reasons
    expect(causeEffect([before, later])?.mean).toBeCloseTo(Math.log(2), 3)
  })

  it("stays finite where everything fell on one side", () => {
    const effect = causeEffect([{ units: [0, 0, 9, 9], exposure: even, cause: [0, 0, 1, 1] }])
    expect(effect?.mean).toBeGreaterThan(2)
    expect(effect?.mean).toBeLessThan(50)
    expect(Math.sqrt(effect?.variance ?? 0)).toBeGreaterThan(2) // and nobody may believe it
  })

  it.each([
    ["the cause never varied", [{ units: [1, 2], exposure: [1, 1], cause: [3, 3] }]],
    ["it varied between strata only", [{ units: [1, 2], exposure: [1, 1], cause: [0, 0] }, { units: [5, 6], exposure: [1, 1], cause: [1, 1] }]],
    ["nothing was sold", [{ units: [0, 0], exposure: [1, 1], cause: [0, 1] }]],
    ["there is nothing", []],
  ])("says nothing where %s", (_case, strata) => expect(causeEffect(strata)).toBeNull())

  it("gives finite numbers for any sales", () => {
    const period = fc.record({ units: fc.oneof(fc.nat({ max: 100_000 }), fc.constant(0)), exposure: fc.double({ min: 1e-6, max: 50, noNaN: true }), cause: fc.double({ min: -3, max: 3, noNaN: true }) })
    const stratum = fc.array(period, { minLength: 1, maxLength: 13 }).map((periods) => ({ units: periods.map(({ units }) => units), exposure: periods.map(({ exposure }) => exposure), cause: periods.map(({ cause }) => cause) }))
    fc.assert(
      fc.property(fc.array(stratum, { maxLength: 6 }), (strata) => {
        const effect = causeEffect(strata)
        if (!effect) return
        expect(Number.isFinite(effect.mean)).toBe(true)
        expect(effect.variance).toBeGreaterThan(0)
        expect(Number.isFinite(effect.variance)).toBe(true)
      })
    )
  })
})

describe("believedSlope()", () => {
  const stratum = { units: [10, 10, 20, 20], exposure: even, cause: [0, 0, 1, 1] }
  it("is what its own sales say where nobody knew anything", () => {
    const own = causeEffect([stratum])
    const believed = believedSlope([stratum], VAGUE_SLOPE, 1)
    expect([believed.mean, believed.variance]).toEqual([expect.closeTo(own?.mean ?? NaN, 6), expect.closeTo(own?.variance ?? NaN, 6)])
  })
  it("is what was known before where its own sales say nothing", () => expect(believedSlope([], { mean: -2, variance: 0.3 }, 1)).toEqual({ mean: -2, variance: expect.closeTo(0.3, 9) as number }))
  it("lies between the two, nearer to what was known the more its sales vary", () => {
    const prior = { mean: 0, variance: 0.1 }
    const [steady, varying] = [believedSlope([stratum], prior, 1), believedSlope([stratum], prior, 20)]
    expect(steady.mean).toBeLessThan(Math.log(2))
    expect(varying.mean).toBeLessThan(steady.mean)
    expect(varying.mean).toBeGreaterThan(0)
    expect(varying.variance).toBeGreaterThan(steady.variance)
  })
})
