import { QUANTILE_LEVELS } from "../../../src/domain/demand/types"
import { calibrationFactors } from "../../../src/learning/level-calibration"
import { smallPanel } from "../../support/demand-panels"

const LEVELS = QUANTILE_LEVELS.length
const MEDIAN = QUANTILE_LEVELS.indexOf(0.5)

describe("calibrationFactors()", () => {
  const panel = smallPanel({ series: 3, periods: 10 })
  for (const [index, sold] of [10, 20, 90].entries()) panel.series[index]?.units.fill(sold)
  /** Every level of every series says 20. */
  const forecasts = panel.series.map(({ seriesId }) => ({ seriesId, mean: new Float64Array(2).fill(20), quantiles: new Float64Array(2 * LEVELS).fill(20) }))
  const past = [{ origin: 8, forecasts, series: [0, 1, 2], weight: 1 }]

  // Ratios 0.5, 1 and 4.5, each twice: the median is 1, the 0.01-quantile 0.5, the 0.99-quantile 4.5 (cut to 2). Six targets: trust 6 / 206.
  it("is the weighted quantile of sold over forecast at each level, cut to 0.5 … 2 and trusted by the number of targets", () => {
    const factors = calibrationFactors(panel, past, 10)
    expect(factors[MEDIAN]).toBe(1)
    expect(factors[0]).toBeCloseTo(1 - 0.5 * (6 / 206), 12)
    expect(factors[LEVELS - 1]).toBeCloseTo(1 + 6 / 206, 12)
  })

  it("reads nothing from `until` on, and is 1 where nothing is known", () => {
    expect([...calibrationFactors(panel, past, 8)]).toEqual(Array.from({ length: LEVELS }, () => 1))
    const later = smallPanel({ series: 3, periods: 10 })
    for (const [index, series] of later.series.entries()) series.units.set(panel.series[index]!.units.subarray(0, 9))
    expect(calibrationFactors(later, past, 9)).toEqual(calibrationFactors(panel, past, 9))
  })

  // The series with twice the weight moves the median: ratios 0.5 (weight 1), 4.5 (weight 3).
  it("weighs forecasts by their set's weight", () => {
    const sets = [
      { origin: 8, forecasts: forecasts.slice(0, 1), series: [0], weight: 1 },
      { origin: 8, forecasts: forecasts.slice(2), series: [2], weight: 3 },
    ]
    expect(calibrationFactors(panel, sets, 10)[MEDIAN]).toBeCloseTo(1 + 4 / 204, 12)
  })
})
