import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import { demandWhatIf } from "../../../../src/modules/foresight/demand-what-if"
import type { PictureSeries } from "../../../../src/modules/foresight/demand-picture"

/** Ten a week for sure over four weeks, and the same history. */
const place = (own: Partial<PictureSeries> = {}) =>
  ({
    variantId: "v",
    locationId: "l",
    index: 0,
    mean: [10, 10, 10, 10],
    quantiles: [1, 2, 3, 4].flatMap(() => QUANTILE_LEVELS.map(() => 10)),
    correlation: 0,
    demand: new Array<number>(30).fill(10),
    ...own,
  }) as PictureSeries
const response = {
  variantId: "v",
  weeks: 52,
  usualPrice: 5,
  elasticity: -2,
  elasticitySd: 0,
  priceWeeks: 6,
  lowestPrice: 0.8,
  highestPrice: 1,
  promotionEffect: null,
  promotionSd: null,
  promotionWeeks: 0,
}

describe("demandWhatIf()", () => {
  it("adds up the weeks that were asked for, over all places", () => {
    const { without, with: changed, revenue } = demandWhatIf([place(), place({ locationId: "m", index: 1 })], 2, { priceChange: -0.2 }, response)
    expect(without).toEqual({ mean: 40, low: expect.closeTo(40, 9) as number, high: expect.closeTo(40, 9) as number })
    // 0.8⁻² = 1.5625 times as many at four fifths of the price
    expect(changed?.mean).toBeCloseTo(62.5, 9)
    expect(revenue).toMatchObject({ without: 200, with: expect.closeTo(250, 9) as number, change: { mean: expect.closeTo(50, 9) as number } })
  })

  it("goes on like the last week beyond the forecast's end", () => expect(demandWhatIf([place()], 6, { priceChange: -0.2 }, response).without.mean).toBe(60))

  it("knows nothing before a run has looked", () => expect(demandWhatIf([place()], 1, { promotion: true }, null)).toMatchObject({ refusal: "not_known", without: { mean: 10 } }))
})
