import { forEachClass } from "../../../../src/domain/demand/class-of"
import { plainAccuracy } from "../../../../src/domain/insight/plain-accuracy"
import type { DemandBacktest, DemandMetrics } from "../../../../src/domain/demand/types"

const metrics = (wape: number): DemandMetrics => ({ sumWql: 0.3, wql: 0.4, wape, bias: -0.1, coverage90: 0.88, mase: 0.9, rmsse: 0.8, seconds: 1 })
const backtest: DemandBacktest = {
  ...{ frequency: "week", horizon: 8, sumPeriods: 3, seriesCount: 5, reasons: [], losses: {} },
  origins: ["2025-10-06", "2025-12-01"],
  weights: { ...forEachClass(() => ({})), smooth: { lstm: 0.25, boosted: 0.7, ridge: 0.05, tsb: 0 } },
  served: { ...metrics(0.45), byClass: { smooth: { ...metrics(0.31), seriesCount: 4 }, new: { ...metrics(0.9), seriesCount: 0 } } },
  heldOut: { origins: ["2025-12-01"], models: { lstm: metrics(0.5), "seasonal-naive": metrics(0.66) }, gains: {} },
}

describe("plainAccuracy()", () => {
  it("tells of what is served, the simplest rule beside it, and each class with the members that forecast it", () =>
    expect(plainAccuracy(backtest)).toEqual({
      sumWeeks: 3,
      origins: ["2025-10-06", "2025-12-01"],
      heldOutOrigins: ["2025-12-01"],
      overall: { off: 0.45, bias: -0.1, belowUpper: 0.88 },
      naive: { off: 0.66, bias: -0.1, belowUpper: 0.88 },
      classes: [{ demandClass: "smooth", series: 4, model: "boosted 70%, lstm 25%, ridge 5%", off: 0.31, bias: -0.1, belowUpper: 0.88 }],
    }))
  it("says nothing of what it does not understand", () => {
    expect(plainAccuracy({ validationFrom: "2026-01-01", models: {} })).toBeNull()
    expect(plainAccuracy(null)).toBeNull()
  })
})
