import type { PriceResponse } from "../../../../src/domain/demand/price-response"
import { whatIf } from "../../../../src/domain/demand/what-if"
import fc from "../../../support/properties"

const response = (own: Partial<PriceResponse> = {}): PriceResponse => ({
  variantId: "v",
  weeks: 52,
  usualPrice: 10,
  elasticity: -2,
  elasticitySd: 0.2,
  priceWeeks: 6,
  lowestPrice: 0.8,
  highestPrice: 1.05,
  promotionEffect: Math.log(3),
  promotionSd: 0.1,
  promotionWeeks: 4,
  ...own,
})
/** Two weeks' units: 0, 1, … 99. */
const futures = { units: Float64Array.from({ length: 100 }, (_, path) => path), mean: 49.5, seed: 1 }

describe("whatIf()", () => {
  // a tenth cheaper at an elasticity of −2: 0.9⁻² = 1.2346, with the mean of a log-normal: · e^((ln 0.9 · 0.2)² / 2) = 1.00022
  it("multiplies what sells by what the price does, and says what that is worth", () => {
    const { without, with: changed, factor, revenue, refusal, isBeyondSeen } = whatIf(response(), { priceChange: -0.1 }, futures)
    expect([refusal, isBeyondSeen]).toEqual([null, false])
    expect(without).toEqual({ mean: 49.5, low: 9, high: 89 })
    expect(factor?.mean).toBeCloseTo(1.2346 * 1.00022, 4)
    // elasticities from −2.329 to −1.671: 0.9^−1.671 and 0.9^−2.329
    expect([factor?.low, factor?.high]).toEqual([expect.closeTo(0.9 ** -1.671, 3), expect.closeTo(0.9 ** -2.329, 3)])
    expect(changed?.mean).toBeCloseTo(49.5 * 1.23484, 2)
    expect(changed?.high).toBeGreaterThan(100)
    // 495 at 10 each; 61.12 at 9 each
    expect(revenue).toMatchObject({ without: 495, with: expect.closeTo(550.12, 1) as number, change: { mean: expect.closeTo(55.12, 1) as number } })
    expect(revenue!.change.low).toBeLessThan(revenue!.change.mean)
    expect(revenue!.change.high).toBeGreaterThan(revenue!.change.mean)
  })

  it("knows the way a higher price goes, too", () => {
    const { with: changed, factor } = whatIf(response(), { priceChange: 0.05 }, futures)
    expect(factor?.high).toBeLessThan(1)
    expect(changed?.mean).toBeLessThan(49.5)
  })

  it("multiplies by past promotions' uplift, and says nothing of money at a price nobody named", () => {
    const { with: changed, revenue } = whatIf(response(), { promotion: true }, futures)
    expect(changed?.mean).toBeCloseTo(49.5 * 3 * Math.exp(0.005), 6)
    expect(revenue).toBeNull()
  })

  it("asks of a promotion only what none is planned for yet", () => {
    // half of the units are in one already: √3 times as many of all
    expect(whatIf(response({ promotionSd: 0 }), { promotion: true }, { ...futures, planned: 0.5 }).with?.mean).toBeCloseTo(49.5 * Math.sqrt(3), 6)
    expect(whatIf(response(), { promotion: true }, { ...futures, planned: 1 })).toMatchObject({ refusal: "planned", with: null })
    expect(whatIf(response(), { priceChange: -0.1 }, { ...futures, planned: 1 }).refusal).toBeNull()
  })

  it("has a wider band the less is known of the effect", () => {
    const width = (elasticitySd: number) => {
      const { with: changed } = whatIf(response({ elasticity: -4, elasticitySd }), { priceChange: -0.3 }, { units: new Float64Array(400).fill(10), mean: 10, seed: 3 })
      return changed!.high - changed!.low
    }
    expect(width(0)).toBeCloseTo(0, 9)
    expect(width(2)).toBeGreaterThan(width(1))
  })

  it.each([
    ["never_moved", response({ elasticity: null, elasticitySd: null }), { priceChange: -0.1 }],
    ["no_promotion", response({ promotionEffect: null, promotionSd: null }), { promotion: true as const }],
    ["not_known", null, { priceChange: -0.1 }],
    ["not_shown", response({ elasticity: -1, elasticitySd: 1 }), { priceChange: -0.1 }], // the history fits both ways
  ])("gives no number but the reason %s", (refusal, known, question) =>
    expect(whatIf(known, question, futures)).toEqual({ without: { mean: 49.5, low: 9, high: 89 }, with: null, factor: null, revenue: null, refusal, isBeyondSeen: false }))

  it("says when a price was never seen", () => {
    expect(whatIf(response(), { priceChange: -0.5 }, futures).isBeyondSeen).toBe(true)
    expect(whatIf(response(), { priceChange: 0.2 }, futures).isBeyondSeen).toBe(true)
    expect(whatIf(response(), { priceChange: -0.2 }, futures).isBeyondSeen).toBe(false)
  })

  it("leaves the futures it was given alone, and answers the same again", () => {
    const units = Float64Array.from([3, 1, 2])
    const answer = whatIf(response(), { priceChange: -0.1 }, { units, mean: 2, seed: 1 })
    expect([...units]).toEqual([3, 1, 2])
    expect(whatIf(response(), { priceChange: -0.1 }, { units, mean: 2, seed: 1 })).toEqual(answer)
  })

  it("answers with finite, ordered bands for any effect and price", () =>
    fc.assert(
      fc.property(
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.double({ min: -0.9, max: 2, noNaN: true }).filter((change) => change !== 0),
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (elasticity, elasticitySd, priceChange, paths) => {
          const { without, with: changed } = whatIf(response({ elasticity, elasticitySd }), { priceChange }, { units: Float64Array.from(paths), mean: 1, seed: 1 })
          for (const band of [without, changed]) {
            if (!band) continue
            expect(band.low).toBeGreaterThanOrEqual(0)
            expect(band.high).toBeGreaterThanOrEqual(band.low)
            expect(Number.isFinite(band.high) && Number.isFinite(band.mean)).toBe(true)
          }
        }
      )
    ))
})
